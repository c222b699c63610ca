"""Numbers of series: each given once, without gaps."""

from django.db.models import F

from certbody.cases.models import Counter


def next_number(series: str) -> int:
    """Return the next number of a series; waits while another transaction takes one of it."""
    Counter.objects.bulk_create([Counter(series=series)], ignore_conflicts=True)
    counter = Counter.objects.select_for_update().get(pk=series)
    Counter.objects.filter(pk=series).update(last=F("last") + 1)
    return counter.last + 1

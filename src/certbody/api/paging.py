"""Lists in bounded pages: by the number of the last one seen, so that a page is quick anywhere."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from django.db.models import Model, QuerySet
from ninja import Query

M = TypeVar("M", bound=Model)
MOST = 200

Limit = Annotated[int, Query(50, ge=1, le=MOST, description="how many at most")]
After = Annotated[
    int,
    Query(0, ge=0, le=2**63 - 1, description="only those after this one: `next` of the last page"),
]


def paged(
    found: QuerySet[M], after: int, limit: int, told: Callable[[M], dict[str, Any]]
) -> dict[str, Any]:
    """Return one page in the order of numbers, and where the next begins; None at the end."""
    rows = list(found.filter(pk__gt=after).order_by("pk")[: limit + 1])
    shown = rows[:limit]
    following = shown[-1].pk if len(rows) > limit else None
    return {"items": [told(one) for one in shown], "next": following}

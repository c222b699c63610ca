"""Verifying the log after somebody has laid hands on it. ISO/IEC 17065:2012, 7.12."""

import inspect
import json
import re
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certbody.records import verify as verifying
from certbody.records.digests import canonical, digest
from certbody.records.models import Chain, Event, Seal, Unsealed
from certbody.records.sealing import seal
from certbody.records.verify import head, verify
from certbody.records.writing import record
from certbody.words import LANGUAGES
from certbody.words.rendering import sentence
from tests.people import NOON, open_account
from tests.records.tampering import sql, unprotected

pytestmark = pytest.mark.django_db

TEXTS = ("stream", "what", "text", "digest")
MOMENTS = ("at", "written_at")
SEALED = 16  # events of the fixture: four openings and three assignments in each of four cases


def found():
    """What verifying finds first."""
    first = verify().faults[0]
    return first.code, first.stream, first.number, first.event


def forged(event: Event, **changes: object) -> tuple[str, str]:
    """The text of an event with something else in it, and the digest that fits it."""
    text = canonical({**json.loads(event.text), **changes})
    return text, digest(text)


def rewrite(event: Event, **changes: object) -> None:
    text, mark = forged(event, **changes)
    sql("UPDATE records_event SET text = %s, digest = %s WHERE id = %s", text, mark, event.pk)


@pytest.mark.requirement("P-K1")
def test_a_log_that_nobody_touched_is_whole(cases):
    finding = verify()

    assert finding.faults == []
    assert (finding.events, finding.chains, finding.seals) == (SEALED, len(cases), 3)
    assert (finding.unsealed, finding.head) == (0, head())


def test_what_waits_for_its_seal_is_no_fault(cases):
    record("case.unassigned", stream=cases[0].stream, by=person(), at=NOON, person="x", part="y")

    finding = verify()
    assert (finding.faults, finding.unsealed) == ([], 1)
    assert seal() == 1
    assert (verify().faults, verify().unsealed) == ([], 0)


def person():
    return open_account("somebody")


@pytest.mark.usefixtures("cases")
@pytest.mark.requirement("P-K1")
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_change_of_any_column_of_any_event_is_named(data):
    event = data.draw(st.sampled_from(list(Event.objects.order_by("pk"))))
    column = data.draw(st.sampled_from([*TEXTS, *MOMENTS, "actor", "number"]))
    value = data.draw(other(event, column))

    with unprotected():
        sql(f"UPDATE records_event SET {column} = %s WHERE id = %s", value, event.pk)  # noqa: S608
        faults = verify().faults
        assert ("event_changed", event.pk) in {(one.code, one.event) for one in faults}
        assert min(one.event for one in faults if one.event) == event.pk
    assert verify().faults == []


def other(event: Event, column: str) -> st.SearchStrategy[object]:
    """Values for a column that are not those it has, and that its table takes."""
    now = getattr(event, column)
    if column in MOMENTS:
        return st.timedeltas(timedelta(seconds=1), timedelta(days=9000)).map(lambda by: now - by)
    if column in TEXTS:
        letters = st.characters(codec="utf-8", exclude_characters="\0")
        limit = {"stream": 40, "what": 60, "digest": 64}.get(column, 200)
        return st.text(letters, min_size=1, max_size=limit).filter(lambda text: text != now)
    return st.integers(100, 2**31 - 1).filter(lambda number: number != now)


@pytest.mark.requirement("P-K1")
def test_a_text_with_the_digest_that_fits_it_is_named(cases):
    event = Event.objects.get(stream=cases[1].stream, number=2)
    with unprotected():
        rewrite(event, facts={"person": "某人", "part": "leader"})
        assert found() == ("event_changed", event.stream, 2, event.pk)


def test_a_chain_rewritten_to_its_end_is_named_by_its_seals(cases):
    stream = cases[0].stream
    with unprotected():
        previous = Event.objects.get(stream=stream, number=1).digest
        for event in Event.objects.filter(stream=stream, number__gte=2).order_by("number"):
            rewrite(event, previous=previous, facts={"person": "某人", "part": "leader"})
            event.refresh_from_db()
            previous = event.digest
        Chain.objects.filter(pk=stream).update(head=previous)
        assert found()[:3] == ("event_changed", stream, 2)


@pytest.mark.requirement("P-K1")
@pytest.mark.parametrize("number", [1, 2, 4])
def test_a_removed_event_is_named(cases, number):
    event = Event.objects.get(stream=cases[2].stream, number=number)
    with unprotected():
        sql("DELETE FROM records_event WHERE id = %s", event.pk)
        assert found() == ("event_removed", event.stream, number, event.pk)


def test_a_last_event_removed_before_its_seal_is_named(cases):
    last = record(
        "case.unassigned", stream=cases[0].stream, by=person(), at=NOON, person="", part=""
    )
    with unprotected():
        Unsealed.objects.all().delete()
        sql("DELETE FROM records_event WHERE id = %s", last.pk)
        assert found() == ("event_removed", last.stream, last.number, None)


@pytest.mark.requirement("P-K1")
def test_a_whole_case_removed_with_its_chain_is_named(cases):
    stream = cases[3].stream
    first = Event.objects.get(stream=stream, number=1)
    with unprotected():
        sql("DELETE FROM records_event WHERE stream = %s", stream)
        Chain.objects.filter(pk=stream).delete()
        assert found() == ("event_removed", stream, 1, first.pk)


@pytest.mark.requirement("P-K1")
def test_an_inserted_event_is_named_however_well_it_is_made(cases):
    last = Event.objects.get(stream=cases[0].stream, number=4)
    text, mark = forged(last, number=5, previous=last.digest)
    with unprotected():
        forgery = Event.objects.create(
            stream=last.stream,
            number=5,
            what=last.what,
            at=last.at,
            written_at=last.written_at,
            actor=last.actor,
            text=text,
            digest=mark,
        )
        assert "chain_end_differs" in {one.code for one in verify().faults}
        Chain.objects.filter(pk=last.stream).update(length=5, head=mark)
        assert found() == ("event_without_seal", last.stream, 5, forgery.pk)


def test_a_text_that_is_no_event_is_named(cases):
    event = Event.objects.get(stream=cases[0].stream, number=1)
    for text in ("[]", "{", "{}", '{"actor": 1}'):
        with unprotected():
            mark = digest(text)
            sql(
                "UPDATE records_event SET text = %s, digest = %s WHERE id = %s",
                text,
                mark,
                event.pk,
            )
            assert found() == ("event_changed", event.stream, 1, event.pk)


@pytest.mark.usefixtures("cases")
@pytest.mark.requirement("P-K1")
@pytest.mark.parametrize("column", ["text", "digest"])
def test_a_changed_seal_is_named(column):
    with unprotected():
        sql(f"UPDATE records_seal SET {column} = %s WHERE number = 2", "x")  # noqa: S608
        assert found() == ("seal_changed", "seal", 2, None)


@pytest.mark.usefixtures("cases")
@pytest.mark.parametrize("events", [[], [[1, 2]], "abc", [["x", "s", 1, "m"]], None])
def test_a_seal_made_anew_is_named(events):
    text = canonical({"number": 2, "previous": Seal.objects.get(pk=1).digest, "events": events})
    with unprotected():
        sql("UPDATE records_seal SET text = %s, digest = %s WHERE number = 2", text, digest(text))
        assert found() == ("seal_changed", "seal", 2, None)


@pytest.mark.usefixtures("cases")
@pytest.mark.requirement("P-K1")
def test_a_seal_that_follows_another_one_is_named():
    third = json.loads(Seal.objects.get(pk=3).text)
    text = canonical({**third, "previous": digest("another log")})
    with unprotected():
        sql("UPDATE records_seal SET text = %s, digest = %s WHERE number = 3", text, digest(text))
        assert found() == ("seal_does_not_follow", "seal", 3, None)


@pytest.mark.usefixtures("cases")
def test_a_removed_seal_is_named():
    with unprotected():
        sql("DELETE FROM records_seal WHERE number = 2")
        assert found() == ("seal_removed", "seal", 2, None)


@pytest.mark.usefixtures("cases")
def test_a_removed_last_seal_leaves_events_without():
    with unprotected():
        sql("DELETE FROM records_seal WHERE number = 3")
        assert found()[0] == "event_without_seal"


def test_a_missing_end_of_a_chain_is_named(cases):
    with unprotected():
        Chain.objects.filter(pk=cases[0].stream).delete()
        assert found() == ("chain_end_missing", cases[0].stream, 4, None)


@pytest.mark.usefixtures("cases")
@pytest.mark.requirement("P-K1")
def test_an_end_rewritten_with_its_seals_is_told_by_a_head_kept_elsewhere():
    kept = head()
    with unprotected():
        ids = [one[0] for one in json.loads(Seal.objects.get(pk=3).text)["events"]]
        sql("DELETE FROM records_seal WHERE number = 3")
        for event in ids:
            sql("DELETE FROM records_event WHERE id = %s", event)
        Chain.objects.update(length=1)
        for chain in Chain.objects.all():
            only = Event.objects.get(stream=chain.pk)
            Chain.objects.filter(pk=chain.pk).update(head=only.digest)
        assert verify().faults == []  # the log itself cannot tell any more
        assert [one.code for one in verify([kept]).faults] == ["head_not_in_chain"]
    assert verify([kept]).faults == []


@pytest.mark.usefixtures("cases")
def test_heads_of_long_ago_stay_in_the_chain():
    assert verify(list(Seal.objects.values_list("digest", flat=True))).faults == []


def test_every_fault_has_a_sentence_in_both_languages():
    facts = {"stream": "case:1", "number": 3, "event": 17}
    for code in re.findall(r'Fault\("(\w+)"', inspect.getsource(verifying)):
        assert all("3" in sentence(code, facts, language) for language in LANGUAGES)

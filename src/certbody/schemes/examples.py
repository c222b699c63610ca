"""Worked examples in rulebook files, run against the rules.

An example says what it asks, what is given, and what must come out: ``gives`` (a value,
or a mapping of which only the named keys are compared), ``refused`` or ``bad_input``
(the codes, all of them), ``warns`` (the codes of the notes). ``under`` asks it with
other readings chosen, so that the options not chosen are worked out too; ``on`` is the
day of the question, for editions and standards that end.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from certbody.rules.numbers import in_figures
from certbody.rules.terms import BadInput, Refused
from certbody.schemes.asking import Circumstances, ask_edition
from certbody.schemes.faults import Fault
from certbody.schemes.loader import Rulebook, under
from certbody.schemes.shapes import Edition, Example
from certbody.words import plain


def failures(rulebook: Rulebook, subject: str, around: Circumstances) -> Iterator[Fault]:
    """Give what each failing example of a subject gave instead of what it says."""
    file = rulebook.files[subject]
    for number, example in enumerate(rulebook.edition.subjects[subject].examples):
        difference = difference_of(under(rulebook, example.under), example, around)
        if difference:
            place = file.place(("examples", number))
            yield Fault(place, f"example {number + 1} ({example.ask}): {difference}")


def difference_of(edition: Edition, example: Example, around: Circumstances) -> str:
    """Return how an example's answer differs; an empty text if it does not."""
    asked = around if example.on is None else replace(around, on=example.on)
    try:
        answer = plain(ask_edition(edition, example.ask, example.given, asked), "en")
    except Refused as refused:
        codes = sorted(refusal.code for refusal in refused.refusals)
        return _compared_codes("refused", example.refused, codes)
    except BadInput as bad:
        codes = sorted(problem.code for problem in bad.problems)
        return _compared_codes("bad_input", example.bad_input, codes)
    if example.refused is not None or example.bad_input is not None:
        return f"answered {answer['value']} instead of refusing"
    warned = [note["code"] for note in answer["warnings"]]
    if example.warns is not None and sorted(example.warns) != sorted(warned):
        return f"warns {warned}, not {list(example.warns)}"
    if "gives" not in example.model_fields_set:
        return ""
    expected = _as_plain(example.gives)
    wanted = expected if isinstance(expected, dict) else {"value": expected}
    return _difference(wanted, answer, "")


def _compared_codes(how: str, expected: tuple[str, ...] | None, codes: list[str]) -> str:
    if expected is not None and sorted(expected) == codes:
        return ""
    return f"{how} {codes}"


def _difference(wanted: object, found: object, where: str) -> str:
    """Compare what is named in ``wanted``, and nothing else."""
    if isinstance(wanted, dict) and isinstance(found, Mapping):
        inner = (_difference(wanted[k], found.get(k), f"{where}.{k}") for k in wanted)
        return next((text for text in inner if text), "")
    both_lists = isinstance(wanted, list) and isinstance(found, list)
    if both_lists and len(wanted) == len(found):  # type: ignore[arg-type]
        pairs = zip(wanted, found, strict=True)  # type: ignore[call-overload]
        inner = (_difference(w, f, f"{where}[{i}]") for i, (w, f) in enumerate(pairs))
        return next((text for text in inner if text), "")
    if wanted == found:
        return ""
    return f"{where.lstrip('.')} is {found!r}, not {wanted!r}"


def _as_plain(value: object) -> object:
    """Write an example's expectation as answers are written: figures and dates as text."""
    match value:
        case None | bool() | str():
            return value
        case int() | Decimal():
            return in_figures(Fraction(value))
        case date():
            return value.isoformat()
        case dict():
            return {key: _as_plain(one) for key, one in value.items()}
        case list() | tuple():
            return [_as_plain(one) for one in value]
        case _:
            return str(value)

"""Results of criteria: what an auditor found, read and checked.

A result is ``met``, ``not_met``, ``not_applicable``, a grading of the rulebook's own
scale, so many samples of which so many failed, or points given outright.

Units      the share of a criterion that was reached, a fraction from 0 to 1
Errors     ``BadInput`` naming each unknown, missing or malformed result; ``Refused`` with
           ``score_above_maximum``
Source     ISO/IEC 17065:2012, 7.4.9 (results of evaluation are documented)
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from certbody.rules.criteria import Criterion
from certbody.rules.numbers import number_from
from certbody.rules.terms import BadInput, Problem, Refusal, Refused


@dataclass(frozen=True, slots=True)
class Result:
    """One criterion's result: the share reached, or that it does not apply."""

    criterion: Criterion
    share: Fraction
    applies: bool = True
    samples: tuple[Fraction, Fraction] | None = None  # how many, how many failed

    @property
    def met(self) -> bool:
        """Whether nothing is missing."""
        return self.share == 1


Scale = Mapping[str, Fraction]


def read_results(
    leaves: Sequence[Criterion], given: object, where: str = "results", scale: Scale | None = None
) -> dict[str, Result]:
    """Return one result for each leaf; name everything that is wrong at once."""
    if not isinstance(given, Mapping):
        raise BadInput([Problem(where, "not_an_object", {"name": where, "value": given})])
    known = {leaf.id: leaf for leaf in leaves}
    problems = list(_strangers(known, given, where))
    read: dict[str, Result] = {}
    refusals: list[Refusal] = []
    for name, leaf in known.items():
        try:
            if name in given:
                read[name] = _read(leaf, given[name], f"{where}.{name}", scale or {})
        except BadInput as bad:
            problems += bad.problems
        except Refused as refused:
            refusals += refused.refusals
    if problems:
        raise BadInput(problems)
    if refusals:
        raise Refused(refusals)
    return read


def _strangers(
    known: Mapping[str, Criterion], given: Mapping[str, object], where: str
) -> Iterator[Problem]:
    """Give each result of no criterion, and the criteria without one."""
    for name in given:
        if name not in known:
            yield Problem(f"{where}.{name}", "unknown_criterion", {"name": name})
    left_out = [name for name in known if name not in given]
    if left_out:
        said = {"names": left_out, "number": Fraction(len(left_out))}
        yield Problem(where, "criteria_left_out", said)


def _read(leaf: Criterion, raw: object, where: str, scale: Scale) -> Result:
    if isinstance(raw, str) and raw in scale:
        return Result(leaf, scale[raw])
    match raw:
        case "met":
            return Result(leaf, Fraction(1))
        case "not_met":
            return Result(leaf, Fraction(0))
        case "not_applicable":
            return Result(leaf, Fraction(0), applies=False)
        case {"samples": samples, "failed": failed} if _only(raw, 2):
            return _of_samples(leaf, samples, failed, where)
        case {"points": points} if _only(raw, 1):
            return _of_points(leaf, points, where)
        case _:
            raise _bad(where, "not_a_result", value=raw)


def _only(raw: object, keys: int) -> bool:
    """Tell whether a mapping holds just the keys that were matched."""
    return isinstance(raw, Mapping) and len(raw) == keys


def _of_samples(leaf: Criterion, samples: object, failed: object, where: str) -> Result:
    number, missed = _figure(samples, where), _figure(failed, where)
    if number < 1 or not 0 <= missed <= number or {number.denominator, missed.denominator} != {1}:
        raise _bad(where, "not_a_sample", samples=samples, failed=failed)
    return Result(leaf, (number - missed) / number, samples=(number, missed))


def _of_points(leaf: Criterion, raw: object, where: str) -> Result:
    points = _figure(raw, where)
    if leaf.points is None:
        raise _bad(where, "no_points_here", value=raw)
    if points < 0:
        raise _bad(where, "below_least", value=points, bound=Fraction(0), what=leaf.words)
    if points > leaf.points:
        said = {"name": leaf.id, "what": leaf.words, "value": points, "bound": leaf.points}
        raise Refused([Refusal("score_above_maximum", leaf.clause, said)])
    return Result(leaf, points / leaf.points if leaf.points else Fraction(1))


def _figure(raw: object, where: str) -> Fraction:
    try:
        return number_from(raw)
    except ValueError as error:
        raise _bad(where, "not_a_number", value=raw) from error


def _bad(where: str, code: str, **facts: object) -> BadInput:
    return BadInput([Problem(where, code, {"name": where, **facts})])

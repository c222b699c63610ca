"""Time actually spent, against the least that a rulebook asks for.

Units      the unit of the sum (man-days)
Errors     ``Refused`` with ``spent_below_minimum``; ``BadInput`` for malformed entries
Source     ISO/IEC 17065:2012, 7.4; IAF MD 5 (who does not count)
"""

from dataclasses import replace
from fractions import Fraction

from certbody.rules.facts import Facts, Input
from certbody.rules.sums import Sum
from certbody.rules.terms import Answer, Refusal, Refused, Step, open_in_rulebook

_SPENT = {
    "spent": Input(
        zh="实际人日",
        en="time spent",
        type="list",
        items={
            "role": Input(zh="角色", en="role", type="text"),
            "days": Input(zh="人日", en="man-days", type="number", at_least=Fraction(0)),
        },
    )
}


def with_time_spent(section: Sum, answer: Answer, spent: object) -> Answer:
    """Return the answer with the time that counts; refuse where it is below the least."""
    if spent is None:
        return answer
    entries = Facts(_SPENT, {"spent": spent})["spent"]
    roles = {row.id: row for row in section.not_counted}
    steps, counted = [], Fraction(0)
    for entry in entries:
        row = roles.get(entry["role"])
        if row is None:
            counted += entry["days"]
        else:
            said = {"what": row.words, "days": entry["days"]}
            steps.append(Step("not_counted", said, Fraction(0), row.clause))
    least = answer.more["minimum"]
    if least is None:
        raise open_in_rulebook(section.words, section.clause)
    if counted < least:
        said = {"what": section.words, "value": counted, "bound": least}
        raise Refused([Refusal("spent_below_minimum", section.clause, said)])
    more = {**answer.more, "counted": counted}
    return replace(answer, steps=[*answer.steps, *steps], more=more)

"""How many sites are visited: IAF MD 1 worked out, monotone, and exact for any number of sites."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from certbody.rules.samples import Sample, Take, sample_of
from certbody.rules.terms import Answer
from tests.rules.making import cited, declared, facts, faults, figure, notes, refused, row, said

UP = {"up_to": 1}
FACTORS = {"initial": "1", "surveillance": "3/5", "recertification": "4/5"}
INPUTS: dict[str, Any] = {
    "sites": {"type": "count", "at_least": 0},
    "activity": {"type": "choice", "of": {one: {"zh": one, "en": one} for one in FACTORS}},
    "never_sampled": {"type": "count", "at_least": 0},
    "conditions": "list",
}
# sites: initial, surveillance, recertification (IAF MD 1)
MD1 = {
    1: (1, 1, 1),
    2: (2, 1, 2),
    3: (2, 2, 2),
    5: (3, 2, 2),
    9: (3, 2, 3),
    10: (4, 2, 3),
    16: (4, 3, 4),
    25: (5, 3, 4),
    26: (6, 4, 5),
    50: (8, 5, 6),
    100: (10, 6, 8),
    101: (11, 7, 9),
}


def plan(**more: Any) -> Sample:
    """A plan by IAF MD 1, with what else the test is about."""
    rows = [
        cited(when={"activity": name}, root={"factor": factor}, rounding=UP)
        for name, factor in FACTORS.items()
    ]
    inputs = declared(**INPUTS)
    return Sample.model_validate(said(unit="site", inputs=inputs, rows=rows) | more)


def drawn(section: Sample, **given: object) -> Answer:
    return sample_of(section, facts({"activity": "initial", **given}, **INPUTS))


def taking(**how: Any) -> Sample:
    return plan(rows=[cited(**how)])


@pytest.mark.parametrize(("sites", "expected"), MD1.items())
def test_the_vectors_of_md_1(sites, expected):
    found = [drawn(plan(), sites=sites, activity=name).value for name in FACTORS]
    assert tuple(found) == expected


@given(st.integers(0, 10**10), st.sampled_from(list(FACTORS)))
def test_the_smallest_number_whose_square_is_enough(sites, activity):
    answer = drawn(plan(), sites=sites, activity=activity)
    factor, number = Fraction(FACTORS[activity]), figure(answer)
    assert number**2 >= factor**2 * sites
    assert number == 0 or (number - 1) ** 2 < factor**2 * sites


@given(st.integers(0, 10**10), st.integers(0, 10**6), st.sampled_from(list(FACTORS)))
def test_more_sites_never_need_a_smaller_sample_and_never_more_than_all(sites, more, activity):
    fewer = figure(drawn(plan(), sites=sites, activity=activity))
    found = figure(drawn(plan(), sites=sites + more, activity=activity))
    assert fewer <= found <= sites + more


@given(st.integers(0, 10**6), st.integers(0, 50), st.integers(0, 50))
def test_never_sampled_sites_and_the_head_office_are_visited_besides(sites, never, head):
    section = plan(
        never_sampled=[row("franchise")],
        on_top=[row("head_office", number=head), row("other", number=9, when={"sites": 10**7})],
    )
    answer = drawn(section, sites=sites, never_sampled=never)
    assert answer.value == drawn(plan(), sites=sites).value
    assert answer.more["visit"] == answer.value + never + head


def test_never_sampled_sites_count_only_where_the_rulebook_knows_them():
    answer = drawn(plan(), sites=9, never_sampled=4)
    assert answer.more["visit"] == answer.value == 3


CONDITIONS = [row("same_service"), row("central_control"), row("own_audits")]


@pytest.mark.parametrize(
    ("shown", "number", "missing"),
    [
        (None, 16, ["same_service", "central_control", "own_audits"]),
        ([], 16, ["same_service", "central_control", "own_audits"]),
        (["central_control"], 16, ["same_service", "own_audits"]),
        (["same_service", "central_control", "own_audits"], 4, []),
        (["all"], 4, []),
        (["all", "own_audits"], 4, []),
    ],
)
def test_without_every_condition_all_sites_are_visited(shown, number, missing):
    answer = drawn(plan(conditions=CONDITIONS), sites=16, conditions=shown)
    assert answer.value == number
    assert answer.more["formula"] == ("all" if missing else "⌈√16⌉")
    assert answer.more["conditions_not_shown"] == missing
    assert notes(answer) == ["sampling_condition_not_shown"] * len(missing)


def test_conditions_matter_only_where_a_sample_may_be_drawn_and_the_activity_always():
    section = plan(conditions=CONDITIONS, rows=[cited(all=True, when={"activity": "initial"})])
    assert drawn(section, sites=16).more["conditions_not_shown"] == []
    assert faults(drawn, section, sites=16, activity="party") == [("activity", "not_a_choice")]
    assert refused(drawn, section, sites=16, activity="surveillance") == ["not_covered"]


def test_an_unknown_condition_is_a_fault_and_not_a_condition_shown():
    said_so = {"sites": 16, "conditions": ["all", "nearby"]}
    assert faults(drawn, plan(conditions=CONDITIONS), **said_so) == [("conditions", "not_a_choice")]


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({"all": True}, (7, "all")),
        ({"fixed": 3}, (3, "3")),
        ({"fixed": 9}, (7, "9")),
        ({"share": "30%", "rounding": UP}, (3, "⌈0.3 × 7⌉")),
        ({"share": "30%", "rounding": {"down_to": 1}}, (2, "⌊0.3 × 7⌋")),
        ({"share": "1/2", "rounding": {"nearest": 1}}, (4, "[0.5 × 7]")),
        ({"root": {}, "rounding": UP}, (3, "⌈√7⌉")),
        ({"root": {}, "rounding": {"down_to": 1}}, (2, "⌊√7⌋")),
        ({"root": {"factor": "3/5"}, "rounding": UP}, (2, "⌈0.6 × √7⌉")),
        ({"root": {}, "rounding": UP, "at_least": 5}, (5, "⌈√7⌉")),
        ({"root": {}, "rounding": UP, "at_least": 9}, (7, "⌈√7⌉")),
        ({"root": {}, "rounding": UP, "at_most": 2}, (2, "⌈√7⌉")),
    ],
)
def test_each_way_to_draw_from_seven_sites(how, expected):
    answer = drawn(taking(**how), sites=7)
    assert (answer.value, answer.more["formula"]) == expected


@pytest.mark.parametrize("sites", [9, 16, 10**20])
def test_a_whole_root_needs_no_rounding(sites):
    assert figure(drawn(taking(root={}), sites=sites)) ** 2 == sites


@pytest.mark.parametrize("how", [{"root": {}}, {"share": "1/2"}, {"open": True}])
def test_a_rounding_or_a_number_that_is_not_stated_is_open(how):
    assert refused(drawn, taking(**how), sites=7) == ["open_in_rulebook"]


def test_where_no_row_holds_the_rulebook_does_not_cover_it():
    section = plan(rows=[cited(all=True, when={"activity": "surveillance"})])
    assert refused(drawn, section, sites=7) == ["not_covered"]


@given(st.integers(0, 10**6), st.fractions(0, 1))
def test_the_random_share_is_of_the_sample_and_rounded_up(sites, share):
    section = plan(random_share=row("random", at_least=share))
    answer = drawn(section, sites=sites)
    least = answer.more["random_at_least"]
    if answer.value == sites:
        assert least is None
    else:
        assert least - 1 < share * figure(answer) <= least


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"all": True, "fixed": 1},
        {"root": {}, "share": "1/2", "rounding": UP},
        {"root": {}, "rounding": "exact"},
        {"root": {}, "rounding": {"up_to": "1/2"}},
        {"root": {}, "rounding": {"up_to": 2}},
        {"root": {}, "rounding": {"nearest": "5/2"}},
    ],
)
def test_a_row_says_one_way_in_whole_sites(how):
    with pytest.raises(ValidationError, match=r"exactly one|round to 1"):
        Take.model_validate(cited(**how))


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"population": "branches"}, "branches"),
        ({"never_sampled": [row("a")], "never": "outlets"}, "outlets"),
        ({"conditions": CONDITIONS, "shown": "proven"}, "proven"),
        ({"on_top": [row("a", number=1, when={"risk": True})]}, "risk"),
    ],
)
def test_a_plan_names_only_inputs_it_declares(more, named):
    with pytest.raises(ValidationError, match=f"no input named {named}"):
        plan(**more)

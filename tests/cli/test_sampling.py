"""``calc sample``: how many sites each rulebook wants drawn, and visited in all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.running import calc

CONDITIONS = "same_service,same_process,central_control,data_and_measures"
# sites that may be sampled: drawn initially, at surveillance, at recertification (IAF MD 1)
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
    10**10 - 1: (10**5, 6 * 10**4, 8 * 10**4),
    10**10: (10**5, 6 * 10**4, 8 * 10**4),
}


@pytest.mark.requirement("C-6.4.3")
@pytest.mark.parametrize(("sites", "drawn"), MD1.items())
def test_ccai_draws_by_the_root_of_the_number_of_sites(sites, drawn):
    activities = ("initial", "surveillance", "recertification")
    ran = [
        calc("sample", "ccai", activity=one, sites=sites, conditions="all") for one in activities
    ]
    assert tuple(int(one.value) for one in ran) == drawn
    formulas = [one.found["formula"] for one in ran]
    assert formulas == [f"⌈√{sites}⌉", f"⌈0.6 × √{sites}⌉", f"⌈0.8 × √{sites}⌉"]
    clauses = [one.found["steps"][0]["clause"] for one in ran]
    assert clauses == ["6.4.3 1)", "6.4.3 2)", "6.4.3 3)"]


@pytest.mark.requirement("C-6.4.3")
@given(st.integers(1, 10**5), st.sampled_from(["initial", "surveillance", "recertification"]))
def test_ccai_tells_whole_squares_from_their_neighbours(root, activity):
    twenty_fifths = {"initial": 25, "surveillance": 9, "recertification": 16}[activity]
    for sites in {max(root * root - 1, 0), root * root, min(root * root + 1, 10**10)}:
        found = int(calc("sample", "ccai", activity=activity, sites=sites, conditions="all").value)
        assert 25 * found**2 >= twenty_fifths * sites
        assert sites == 0 or 25 * (found - 1) ** 2 < twenty_fifths * sites


@pytest.mark.requirement("C-6.4.1")
@pytest.mark.parametrize(
    ("options", "missing"),
    [
        ({}, 4),
        ({"conditions": ""}, 4),
        ({"conditions": "same_service"}, 3),
        ({"conditions": "same_service, same_process ,central_control"}, 1),
        ({"conditions": CONDITIONS}, 0),
        ({"conditions": "all"}, 0),
    ],
)
@pytest.mark.parametrize("activity", ["initial", "surveillance", "recertification"])
def test_ccai_visits_every_site_unless_all_four_conditions_are_shown(options, missing, activity):
    ran = calc("sample", "ccai", activity=activity, sites=16, **options)
    drawn = {"initial": "4", "surveillance": "3", "recertification": "4"}[activity]
    assert ran.value == ("16" if missing else drawn)
    assert ran.warned == ["sampling_condition_not_shown"] * missing
    assert len(ran.found["conditions_not_shown"]) == missing
    cited = {note["clause"] for note in ran.found["warnings"] if note["clause"]}
    assert cited <= {f"6.4.1.1 {number})" for number in range(1, 5)}
    if missing:
        assert ran.found["formula"] == "all"


@pytest.mark.requirement("C-6.4.1")
@pytest.mark.parametrize(("never", "visit"), {0: "5", 1: "6", 7: "12"}.items())
def test_ccai_visits_each_franchise_and_subsidiary_on_top(never, visit):
    options = {"activity": "initial", "sites": 25, "never_sampled": never}
    ran = calc("sample", "ccai", **options, conditions="all")
    assert (ran.value, ran.found["visit"]) == ("5", visit)
    unshown = calc("sample", "ccai", **options)
    assert (unshown.value, unshown.found["visit"]) == ("25", str(25 + never))


def test_ccai_with_no_site_to_draw_from_visits_those_never_sampled():
    options = {"activity": "initial", "sites": 0, "never_sampled": 3, "conditions": "all"}
    ran = calc("sample", "ccai", **options)
    assert (ran.value, ran.found["visit"]) == ("0", "3")


@pytest.mark.requirement("E-9.3a")
@pytest.mark.parametrize(
    ("sites", "drawn"), {0: 0, 1: 1, 2: 2, 4: 2, 5: 3, 25: 5, 26: 6, 10**10: 10**5}.items()
)
def test_ecpsc_samples_at_surveillance_only_and_visits_the_head_office_on_top(sites, drawn):
    ran = calc("sample", "ecpsc", activity="surveillance", sites=sites)
    assert (ran.value, ran.found["visit"]) == (str(drawn), str(drawn + 1))
    assert (ran.found["formula"], ran.warned) == (f"⌈√{sites}⌉", [])
    for activity in ("initial", "recertification"):
        every = calc("sample", "ecpsc", activity=activity, sites=sites)
        assert (every.value, every.found["visit"]) == (str(sites), str(sites + 1))
        assert every.found["formula"] == "all"


@pytest.mark.requirement("E-9.3a")
@given(st.integers(0, 10**10))
def test_ecpsc_rounds_the_root_up_for_any_number_of_branches(sites):
    found = int(calc("sample", "ecpsc", activity="surveillance", sites=sites).value)
    assert found**2 >= sites
    assert sites == 0 or (found - 1) ** 2 < sites


@pytest.mark.parametrize(
    "options", [{"conditions": "all"}, {"never_sampled": 4}, {"input": "weather=fine"}]
)
def test_ecpsc_names_what_it_does_not_use(options):
    ran = calc("sample", "ecpsc", activity="surveillance", sites=25, **options)
    assert (ran.value, ran.found["visit"], ran.warned) == ("5", "6", ["input_not_used"])


@pytest.mark.parametrize(
    ("scheme", "options", "code"),
    [
        ("ccai", {"sites": "-1"}, "below_least"),
        ("ccai", {"sites": "2.5"}, "not_a_count"),
        ("ccai", {"sites": "many"}, "not_a_number"),
        ("ccai", {"sites": ""}, "missing_input"),
        ("ccai", {"sites": 4, "never_sampled": "-1"}, "below_least"),
        ("ccai", {"sites": 4, "conditions": "all,nearby"}, "not_a_choice"),
        ("ccai", {"sites": 4, "activity": "party"}, "not_a_choice"),
        ("ecpsc", {"sites": "-1"}, "below_least"),
        ("ecpsc", {"sites": 10**10 + 1}, "above_most"),
        ("ecpsc", {"sites": "1e3"}, "not_a_number"),
    ],
)
def test_what_is_no_number_of_sites_is_named(scheme, options, code):
    ran = calc("sample", scheme, **{"activity": "surveillance", "conditions": "all", **options})
    assert (ran.code, ran.codes) == (2, [code])
    assert ran.found["refusals"][0]["where"] in {"sites", "never_sampled", "conditions", "activity"}

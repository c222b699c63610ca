"""``calc eligibility``: who may apply under each rulebook, with every reason against it."""

from typing import Any

import pytest

from tests.cli.running import Ran, asking

LICENCE = {"name": "食品经营许可", "valid_until": "2026-06-30"}
SHOP: dict[str, Any] = {
    "applied": "2026-06-30",
    "legal_status": True,
    "offering": "goods",
    "licences_complete": True,
    "licences": [LICENCE],
    "declaration_signed": True,
    "system_documented": True,
    "system_since": "2026-03-30",
    "incidents": [],
}


def ecpsc(*readings: str, **changed: object) -> Ran:
    return asking("eligibility", "ecpsc", SHOP | changed, *(f"--reading={r}" for r in readings))


def incident(day: str, **more: bool) -> dict[str, object]:
    return {"date": day, "major": True, "closed": True, **more}


def test_ecpsc_admits_who_meets_the_five_conditions():
    ran = ecpsc()
    assert (ran.code, ran.found["value"], ran.warned) == (0, True, [])
    assert {step["clause"] for step in ran.found["steps"]} >= {f"6.1({n})" for n in range(1, 6)}


@pytest.mark.parametrize(
    ("changed", "reason", "clause"),
    [
        pytest.param(
            {"legal_status": False},
            "legal_status",
            "6.1(1)",
            marks=pytest.mark.requirement("E-6.1.1"),
        ),
        ({"licences_complete": False}, "licences_held", "6.1(2)"),
        pytest.param(
            {"declaration_signed": False},
            "declaration",
            "6.1(3)",
            marks=pytest.mark.requirement("E-6.1.3"),
        ),
        pytest.param(
            {"system_documented": False},
            "system_documented",
            "6.1(4)",
            marks=pytest.mark.requirement("E-6.1.4"),
        ),
        pytest.param(
            {"offering": "none"},
            "after_sales_service",
            "4.1",
            marks=pytest.mark.requirement("E-4.1"),
        ),
    ],
)
def test_ecpsc_refuses_with_the_clause_of_each_condition(changed, reason, clause):
    ran = ecpsc(**changed)
    assert (ran.code, ran.codes) == (3, [reason])
    assert ran.found["refusals"][0]["clause"] == clause


@pytest.mark.requirement("E-4.1")
@pytest.mark.parametrize("offering", ["goods", "intangible", "on_goods_or_facilities"])
def test_ecpsc_admits_service_on_top_of_goods_or_facilities_too(offering):
    assert ecpsc(offering=offering).code == 0


@pytest.mark.requirement("E-6.1.2")
@pytest.mark.parametrize(
    ("licences", "admitted"),
    [
        ([], True),
        ([LICENCE], True),
        ([LICENCE | {"valid_until": "2026-06-29"}], False),
        ([LICENCE, LICENCE | {"valid_until": "2020-01-01"}], False),
        ([{"name": "营业执照", "no_end": True}], True),
    ],
)
def test_ecpsc_wants_every_licence_valid_on_the_day_of_application(licences, admitted):
    ran = ecpsc(licences=licences)
    assert ran.code == (0 if admitted else 3)
    if not admitted:
        assert ran.codes == ["licences_valid"]


@pytest.mark.requirement("E-6.1.4")
@pytest.mark.parametrize(
    ("since", "applied", "admitted"),
    [
        ("2026-03-30", "2026-06-30", True),
        ("2026-03-31", "2026-06-30", True),
        ("2026-04-01", "2026-06-30", False),
        ("2025-11-30", "2026-02-28", True),
        ("2025-11-30", "2026-02-27", False),
        ("2027-01-01", "2026-06-30", False),
    ],
)
def test_ecpsc_wants_a_system_that_has_run_three_months(since, applied, admitted):
    """Exactly three months are enough; the last day of a month stands for those it lacks."""
    ran = ecpsc(system_since=since, applied=applied, licences=[])
    assert ran.code == (0 if admitted else 3)
    if not admitted:
        assert ran.codes == ["system_has_run"]


@pytest.mark.requirement("E-6.1.5")
@pytest.mark.parametrize(
    ("incidents", "reasons"),
    [
        ([incident("2025-12-31")], []),
        ([incident("2025-12-31", closed=False)], ["earlier_incidents_closed"]),
        ([incident("2026-01-01")], ["no_major_incident"]),
        ([incident("2026-01-01", major=False, closed=False)], []),
        (
            [incident("2020-01-01"), incident("2019-01-01", closed=False, major=False)],
            ["earlier_incidents_closed"],
        ),
        (
            [incident("2026-06-30"), incident("2024-05-05", closed=False)],
            ["no_major_incident", "earlier_incidents_closed"],
        ),
    ],
)
def test_ecpsc_looks_at_incidents_of_this_calendar_year_and_at_open_ones_of_earlier_years(
    incidents, reasons
):
    ran = ecpsc(incidents=incidents)
    assert (ran.code, ran.codes if reasons else []) == (3 if reasons else 0, reasons)


@pytest.mark.parametrize(("day", "admitted"), {"2025-06-29": True, "2025-06-30": False}.items())
def test_ecpsc_under_the_other_reading_looks_back_a_rolling_year(day, admitted):
    assert ecpsc("A22=rolling_year", incidents=[incident(day)]).code == (0 if admitted else 3)
    assert ecpsc(incidents=[incident(day)]).code == 0


def test_ecpsc_gives_every_reason_at_once():
    ran = ecpsc(legal_status=False, declaration_signed="no", licences_complete=False)
    assert (ran.code, ran.codes) == (3, ["legal_status", "licences_held", "declaration"])


def test_ecpsc_names_every_fact_it_lacks_and_what_it_does_not_use():
    ran = ecpsc(legal_status=None, offering=None)
    assert (ran.code, ran.codes) == (2, ["missing_input"] * 2)
    ran = ecpsc(licences=[{"name": "x", "valid_until": "2026-02-30"}])
    assert (ran.code, ran.codes) == (2, ["not_a_date"])
    assert ran.found["refusals"][0]["where"] == "licences[1].valid_until"
    assert ecpsc(weather="fine").warned == ["input_not_used"]


MAKER: dict[str, Any] = {
    "applied": "2026-11-23",
    "organisation": ["manufacturer"],
    "activities": ["goods_after_sales"],
    "legal_status_evidenced": True,
    "licences": [{"held": True, "valid_until": "2026-11-23"}],
    "separate_provider": False,
    "system_in_use": True,
    "penalties": [],
    "dishonesty_list": False,
}
KINDS = (
    "wholesaler",
    "fee_or_contract_wholesaler",
    "non_exclusive_retailer",
    "exclusive_retailer",
    "mail_order_retailer",
    "non_store_retailer",
    "fee_or_contract_retailer",
    "manufacturer",
)


def ccai(**changed: object) -> Ran:
    return asking("eligibility", "ccai", MAKER | changed)


@pytest.mark.requirement("C-1")
@pytest.mark.parametrize("kind", KINDS)
def test_ccai_admits_every_kind_of_organisation_that_is_named(kind):
    ran = ccai(organisation=[kind])
    assert (ran.code, ran.warned) == (0, [])


@pytest.mark.requirement("C-1")
@pytest.mark.parametrize(
    ("activity", "reason"),
    {
        "scenic_spot": "no_scenic_spot",
        "catering": "no_catering",
        "hotel": "no_hotel",
        "mall": "no_mall",
        "other_on_top_of_goods": "nothing_on_top_of_goods",
    }.items(),
)
def test_ccai_refuses_the_activity_and_not_the_kind_of_company(activity, reason):
    ran = ccai(organisation=["non_exclusive_retailer"], activities=["goods_after_sales", activity])
    assert (ran.code, ran.codes) == (3, [reason])
    assert ran.found["refusals"][0]["clause"] == "1"
    assert ccai(activities=[activity]).codes == ["tangible_goods", reason]


def test_ccai_leaves_other_kinds_to_a_person():
    assert ccai(organisation=["other"]).warned == ["requirement_not_met"]


@pytest.mark.parametrize(
    ("changed", "reasons"),
    [
        ({"penalties": [{"day": "2025-11-22"}]}, []),
        ({"penalties": [{"day": "2025-11-23"}]}, ["no_penalty"]),
        ({"penalties": [{"day": "2026-11-23"}]}, ["no_penalty"]),
        ({"dishonesty_list": True}, ["not_listed"]),
        ({"separate_provider": True, "authorised": False}, ["authorisation"]),
        ({"separate_provider": True, "authorised": True}, []),
        ({"licences": [{"held": False}]}, ["licences_held"]),
        ({"licences": [{"held": True, "valid_until": "2026-11-22"}]}, ["licences_valid"]),
        ({"legal_status_evidenced": False}, ["legal_status"]),
        ({"system_in_use": False}, ["system"]),
    ],
)
def test_ccai_tests_what_the_documents_must_show(changed, reasons):
    ran = ccai(**changed)
    assert (ran.code, ran.codes if reasons else []) == (3 if reasons else 0, reasons)


def test_ccai_does_not_take_an_unknown_activity_for_an_eligible_one():
    ran = ccai(activities=["goods_after_sales", "karaoke"])
    assert (ran.code, ran.codes) == (2, ["not_a_choice"])

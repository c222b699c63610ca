"""Conditions, amounts and times as sentences, in both languages."""

from datetime import date

import pytest
from django.utils import translation

from certbody.rulebooks.telling.conditions import condition
from certbody.rulebooks.telling.figures import length, percent, rounding, with_rounded
from certbody.rules.conditions import condition_from
from certbody.rules.dates import Duration
from certbody.rules.facts import Input
from certbody.rules.numbers import Rounding, number_from

INPUTS = {
    "people": Input(zh="人数", en="headcount", type="count"),
    "rate": Input(zh="比率", en="rate", type="ratio"),
    "open": Input(zh="已开业", en="open for business", type="yes_no"),
    "kind": Input.model_validate(
        {
            "zh": "类型",
            "en": "kind",
            "type": "choice",
            "of": {"hall": {"zh": "大堂", "en": "hall"}, "stall": {"zh": "茶摊", "en": "stall"}},
        }
    ),
    "opened": Input(zh="开业日", en="opening", type="date"),
    "applied": Input(zh="申请日", en="application", type="date"),
    "staff": Input.model_validate(
        {
            "zh": "人员",
            "en": "staff",
            "type": "list",
            "items": {"grade": {"zh": "级别", "en": "grade", "type": "count"}},
        }
    ),
}


@pytest.mark.parametrize(
    ("raw", "chinese", "english"),
    [
        ({"people": {"at_least": 100}}, "人数 ≥ 100", "headcount ≥ 100"),
        (
            {"people": {"over": 1, "at_most": 9}},
            "人数 > 1，并且人数 ≤ 9",
            "headcount > 1; and headcount ≤ 9",
        ),
        ({"people": 3}, "人数 = 3", "headcount = 3"),
        ({"rate": {"at_least": number_from("95%")}}, "比率 ≥ 95 %", "rate ≥ 95 %"),
        ({"open": True}, "已开业：是", "open for business: yes"),
        ({"open": False}, "已开业：否", "open for business: no"),
        ({"kind": "hall"}, "类型 = 大堂", "kind = hall"),
        ({"kind": ["hall", "stall"]}, "类型为大堂、茶摊之一", "kind is one of: hall, stall"),
        ({"kind": {"none_of": ["hall"]}}, "类型不是大堂", "kind is none of: hall"),
        (
            {"opened": {"not_after": "applied"}},
            "开业日不晚于申请日",
            "opening is not after application",
        ),
        (
            {"opened": {"not_before": date(2026, 1, 1)}},
            "开业日不早于2026-01-01",
            "opening is not before 2026-01-01",
        ),
        (
            {"opened": {"standing": {"months": 3, "before": "applied"}}},
            "开业日至少在申请日之前 3 个月",
            "opening lies at least 3 months before application",
        ),
        (
            {"opened": {"within": {"years": 1, "before": "applied"}}},
            "开业日在申请日之前 1 年以内",
            "opening lies within 1 year before application",
        ),
        (
            {"opened": {"in_year_of": "applied"}},
            "开业日与申请日在同一日历年",
            "opening lies in the calendar year of application",
        ),
        ({"people": {"given": True}}, "给出人数", "headcount is given"),
        ({"people": {"given": False}}, "未给出人数", "headcount is not given"),
        ({"not": {"open": True}}, "并非（已开业：是）", "not (open for business: yes)"),
        (
            {"any": [{"open": True}, {"people": 1}]},
            "已开业：是，或者人数 = 1",
            "open for business: yes; or headcount = 1",
        ),
        ({"staff": {"every": {"grade": 3}}}, "每一项人员：级别 = 3", "each of staff: grade = 3"),
        (
            {"staff": {"some": {"grade": 3}}},
            "至少一项人员：级别 = 3",
            "at least one of staff: grade = 3",
        ),
        ({"staff": {"none": {"grade": 3}}}, "没有一项人员：级别 = 3", "none of staff: grade = 3"),
        (
            {"staff": {"count": {"where": {"grade": 3}, "at_least": 2}}},
            "人员中“级别 = 3”的数量 ≥ 2",
            "number of staff with “grade = 3” ≥ 2",
        ),
        ({"staff": {"count": {"at_least": 2}}}, "人员的数量 ≥ 2", "number of staff ≥ 2"),
        (
            {"some_of": {"conditions": [{"open": True}, {"people": 1}], "at_least": 1}},
            "下列各项中成立的数量 ≥ 1：已开业：是；人数 = 1",
            "how many of these hold ≥ 1: open for business: yes; headcount = 1",
        ),
    ],
)
def test_conditions_are_told(raw, chinese, english):
    told = condition_from(raw)

    with translation.override("zh-hans"):
        assert condition(told, INPUTS) == chinese
    with translation.override("en"):
        assert condition(told, INPUTS) == english


def test_an_unknown_fact_is_told_by_its_code():
    assert condition(condition_from({"mystery": 1}), {}) == "mystery = 1"


@pytest.mark.parametrize(
    ("given", "chinese", "english"),
    [
        ({"months": 3}, "3 个月", "3 months"),
        ({"months": 1}, "1 个月", "1 month"),
        ({"working_days": 10}, "10 个工作日", "10 working days"),
        ({"hours": 24}, "24 小时", "24 hours"),
        ({"months": 3, "before": True}, "之前 3 个月", "3 months before"),
        ({"days": 0}, "当日", "the same day"),
        (
            {"months": 1, "after": "month_end"},
            "自月末起 1 个月",
            "1 month from the end of the month",
        ),
    ],
)
def test_lengths_are_told(given, chinese, english):
    with translation.override("zh-hans"):
        assert length(Duration(**given)) == chinese
    with translation.override("en"):
        assert length(Duration(**given)) == english


def test_roundings_are_told():
    with translation.override("en"):
        assert rounding(Rounding(up_to=number_from("0.5"))) == "rounded up to 0.5"
        assert rounding(Rounding(up_to=number_from(1))) == "rounded up"
        assert rounding(Rounding()) == "not rounded"
        assert rounding(None) == "rounding not stated"


def test_endless_figures_are_told_exactly_and_about():
    assert with_rounded("7200/91") == "7200/91 ≈ 79.12"
    assert with_rounded("2.5") == "2.5"
    assert with_rounded("A/0") == "A/0"
    assert percent(number_from("1/3")) == "≈ 33.33 %"
    assert percent(number_from("0.975")) == "97.5 %"

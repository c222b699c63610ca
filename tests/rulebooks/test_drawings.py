"""Drawings are worked out from the data: nothing missing, nothing on top of another."""

from datetime import date
from fractions import Fraction
from itertools import combinations, pairwise

import pytest
from django.utils import translation

from certbody.calendars import CHINA
from certbody.rulebooks.drawing.grid import grid_of
from certbody.rulebooks.drawing.process import Diagram, drawn
from certbody.rulebooks.drawing.radar import radar_of
from certbody.rulebooks.drawing.text import broken, width
from certbody.rulebooks.drawing.timeline import timeline_of
from certbody.rules.process import Process
from certbody.schemes.asking import Circumstances, ask
from tests.rulebooks.shelf import NAMES, rulebook

PROCESSES = [
    (name, process, shape)
    for name in NAMES
    for process, shape in rulebook(name).edition.of_kind("processes").items()
]


@pytest.fixture(params=["zh-hans", "en"])
def tongue(request):
    with translation.override(request.param):
        yield request.param


@pytest.fixture(params=PROCESSES, ids=lambda p: f"{p[0]}-{p[1]}")
def diagram(request, tongue) -> Diagram:
    assert tongue
    return drawn(request.param[1], request.param[2])


def test_every_step_is_drawn_once_and_none_on_another(diagram):
    assert {node.step.id for node in diagram.boxes} == {step.id for step in diagram.process.steps}
    for one, other in combinations(diagram.boxes, 2):
        beside = one.right <= other.x or other.right <= one.x
        assert beside or one.bottom <= other.y or other.bottom <= one.y


def test_ways_out_stand_clear_of_steps(diagram):
    for node in diagram.boxes:
        for way in node.exits:
            for other in diagram.boxes:
                apart = (
                    way.x >= other.right
                    or way.x + way.width <= other.x
                    or way.y >= other.bottom
                    or way.y + way.height <= other.y
                )
                assert apart, (node.step.id, other.step.id)


def test_every_outcome_that_ends_or_returns_is_shown(diagram):
    for node in diagram.boxes:
        wanted = [o.id for o in node.step.outcomes if o.ends or o.back_to]
        assert [way.outcome.id for way in node.exits] == wanted


def test_time_runs_downwards(diagram):
    for step in diagram.process.steps:
        for before in step.after:
            assert diagram.nodes[before.step].y < diagram.nodes[step.id].y


def test_arrows_lead_from_a_step_to_a_step_and_cross_none(diagram):
    starts = {(node.middle, node.bottom) for node in diagram.boxes}
    ends = {(node.middle, node.y) for node in diagram.boxes}
    for line in diagram.lines:
        if not line.back:
            assert line.points[0] in starts
            assert line.points[-1] in ends
        for (x1, y1), (x2, y2) in pairwise(line.points):
            for node in diagram.boxes:
                across = min(x1, x2) < node.right and max(x1, x2) > node.x
                down = min(y1, y2) < node.bottom and max(y1, y2) > node.y
                assert not (across and down), node.step.id


def test_everything_lies_within_the_drawing(diagram):
    xs = [x for line in diagram.lines for x, _ in line.points]
    ys = [y for line in diagram.lines for _, y in line.points]
    assert 0 <= min(xs) <= max(xs) <= diagram.width
    assert 0 <= min(ys) <= max(ys) <= diagram.height
    bands = [(band.y, band.y + band.height) for band in diagram.bands]
    assert bands[0][0] == 0
    assert bands[-1][1] == diagram.height
    assert all(above[1] == below[0] for above, below in pairwise(bands))


def test_a_step_stands_in_the_band_of_its_stage(diagram):
    for node in diagram.boxes:
        (band,) = (b for b in diagram.bands if b.y <= node.y < b.y + b.height)
        assert band.stage == node.step.stage


def process_of(*steps: dict[str, object]) -> Process:
    common = {"clause": "1", "zh": "步", "en": "step", "stage": "application"}
    given = {"clause": "1", "zh": "流程", "en": "way", "steps": [{**common, **s} for s in steps]}
    return Process.model_validate(given)


def test_what_another_arrow_implies_is_not_drawn():
    after = [{"step": "a", "clause": "1"}, {"step": "b", "clause": "1"}]
    grid = grid_of(
        process_of(
            {"id": "a"},
            {"id": "b", "after": [{"step": "a", "clause": "1"}]},
            {"id": "c", "after": after},
        )
    )

    assert [(arrow.start, arrow.end) for arrow in grid.arrows] == [("a", "b"), ("b", "c")]


def test_a_long_chain_of_diamonds_is_laid_out_at_once():
    steps: list[dict[str, object]] = [{"id": "0"}]
    for number in range(1, 60):
        before = [{"step": f"{number - 1}", "clause": "1"}]
        left: dict[str, object] = {"id": f"{number}l", "after": before}
        right: dict[str, object] = {"id": f"{number}r", "after": before}
        joined = [{"step": f"{number}l", "clause": "1"}, {"step": f"{number}r", "clause": "1"}]
        steps += [left, right, {"id": f"{number}", "after": joined}]

    assert len(grid_of(process_of(*steps)).rows) == 119


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("短", ["短"]),
        ("服务保证能力现场审查的全部内容", ["服务保证能力", "现场审查的全", "部内容"]),
        ("review of all the documents", ["review of", "all the", "documents"]),
        ("一、二、三、四、五、六、七、八、九", ["一、二、三、", "四、五、六、", "七、八、九"]),
    ],
)
def test_words_break_as_they_are_read(text, lines):
    assert broken(text, 6, 9) == lines


def test_what_does_not_fit_ends_in_an_ellipsis():
    (line,) = broken("一二三四五六七八九十", 5, 1)

    assert line.endswith("…")
    assert width(line) <= 5


def calendar(**given: object):
    around = Circumstances(CHINA, date(2026, 11, 23))
    return ask(rulebook("teahouse/1"), "the_cycle", given, around)


def test_windows_are_drawn_where_their_days_are():
    answer = calendar(decided="2025-01-31", visit=["2025-11-20"], on="2026-11-23")
    drawing = timeline_of(answer, date(2026, 11, 23))

    assert drawing is not None
    first = drawing.bars[0]
    assert first.happened is not None
    assert first.start < first.happened < first.end < (drawing.on or 0)
    assert [mark[1:] for mark in drawing.marks] == [
        ("begins", "2025-01-31"),
        ("ends", "2028-01-30"),
    ]
    assert len(drawing.bars) == len(answer.more["events"])


def test_windows_at_the_end_of_time_are_drawn_too():
    assert timeline_of(calendar(decided="9990-01-31")) is not None


def test_a_radar_has_a_spoke_for_each_dimension():
    results = {"tea-water": "met", "tea-leaf": "not_met", "house-greeting": "met"}
    book = rulebook("teahouse/1")
    given = {"results": {**results, "house-quiet": "not_applicable"}}
    answer = ask(book, "met_rates", given, Circumstances(CHINA))
    radar = radar_of(answer, book.edition.of_kind("criteria")["cups"])

    assert radar is not None
    assert answer.more["dimensions"]["taste"] == Fraction(1, 2)
    assert [spoke.rate for spoke in radar.spokes] == ["50 %", "100 %", "—"]

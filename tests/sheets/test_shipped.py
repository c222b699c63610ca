"""The shipped criteria: the real tree and sums of the first scheme, samples of the second."""

from collections import Counter
from fractions import Fraction
from functools import cache

import pytest

from certbody.schemes.catalogue import directory_of
from certbody.schemes.loader import load

CHAPTERS = {
    "5.1": (40, "售后服务体系", "组织架构 人员配置 资源配置 规范要求 监督 改进 服务文化"),
    "5.2": (35, "商品服务", "商品信息 技术支持 配送 维修 质量保证 废弃商品回收"),
    "5.3": (25, "顾客服务", "顾客关系 投诉处理"),
}


@cache
def sets_of(scheme):
    return load(directory_of(scheme)).edition.of_kind("criteria")


@pytest.mark.requirement("E-4.4")
def test_the_tree_and_the_chapter_sums_are_the_standards():
    tree = sets_of("ecpsc")["service_evaluation"].tree

    assert {top.id: (top.points, top.zh) for top in tree} == {
        own: (points, zh) for own, (points, zh, _) in CHAPTERS.items()
    }
    for top in tree:
        names = CHAPTERS[top.id][2].split()
        numbered = [(f"{top.id}.{n}", name) for n, name in enumerate(names, start=1)]
        assert [(part.id, part.zh) for part in top.parts] == numbered


@pytest.mark.requirement("E-4.4")
def test_every_indicator_has_points_and_children_sum_to_their_parent():
    criteria = sets_of("ecpsc")["service_evaluation"]

    for one in criteria.walk():
        assert one.points is not None
        assert one.points > 0
        assert not one.parts or one.points == sum(part.points or 0 for part in one.parts)
    assert sum(leaf.points or 0 for leaf in criteria.leaves()) == criteria.full == 100
    assert len(criteria.leaves()) == 67


@pytest.mark.requirement("E-4.4")
def test_what_is_shipped_says_that_it_is_a_sample():
    criteria = sets_of("ecpsc")["service_evaluation"]

    assert criteria.sample
    assert "示例分值" in criteria.zh
    assert "sample points" in criteria.en


def test_an_indicator_of_four_points_is_there_for_the_worked_case_of_the_standard():
    points = [leaf.points for leaf in sets_of("ecpsc")["service_evaluation"].leaves()]

    assert Fraction(4) in points
    assert Fraction(1, 2) in points


def test_the_sample_of_characteristics_fills_every_tier_of_every_dimension():
    criteria = sets_of("ccai")["characteristics"]
    cells = Counter((leaf.tier, leaf.dimension) for leaf in criteria.leaves())

    wanted = {(tier.id, one.id) for tier in criteria.tiers for one in criteria.dimensions}
    assert set(cells) == wanted
    assert len(wanted) == 15
    assert cells.total() >= 66
    assert criteria.sample


def test_the_sample_of_capability_clauses_has_vetoes():
    criteria = sets_of("ccai")["capability"]

    assert len(criteria.leaves()) >= 24
    assert sum(leaf.veto for leaf in criteria.leaves()) >= 4
    assert criteria.sample

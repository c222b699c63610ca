"""Duties of the two rulebooks that the pages fulfil: who owns them, and how a case runs."""

import pytest

from tests.rulebooks.shelf import Page


def page(client, address: str) -> Page:
    return Page(client.get(address).text)


@pytest.mark.requirement("E-2")
def test_the_page_names_owner_version_and_revisions(client, language):
    assert language
    shown = page(client, "/rulebooks/ecpsc/A-0/").text

    for told in ("ZHDH", "A/0", "2023-09-20", "赵稳", "技术部"):
        assert told in shown


@pytest.mark.requirement("E-5")
def test_the_process_is_drawn_from_the_clauses_of_the_rulebook(client):
    found = page(client, "/rulebooks/ecpsc/A-0/process/")

    for step in (
        "申请评审",
        "文件评审",
        "服务管理审核",
        "服务特性测评",
        "复核",
        "认证决定",
        "颁发证书",
    ):
        assert step in found.text
    for clause in ("6.3", "7.3", "7.4.1", "7.4.2", "8", "11.1"):
        assert f"/rulebooks/ecpsc/A-0/#clause-{clause}" in found.links


@pytest.mark.requirement("C-4")
def test_the_five_steps_of_the_basic_process_are_in_the_diagram(client):
    shown = page(client, "/rulebooks/ccai/2021/process/").text

    steps = ("认证申请", "服务特性测评", "认证决定", "获证后监督", "再认证")
    places = [shown.find(step) for step in steps]
    assert all(place >= 0 for place in places)
    assert places == sorted(places)
    assert "服务保证能力" in shown[: places[1]]  # the audit's two parts, capability first

"""Small folders of requirements, tests and a rulebook, to be right or faulty as a test needs."""

from pathlib import Path

from certbody.traceability.folders import Folders

REQUIREMENTS = """
scheme: demo
source: the demo rulebook
requirements:
  - {id: D-1, clause: "4 范围", must: "Only repairs."}
  - {id: D-2, clause: "5.2 1)-2)", must: "Two documents."}
  - {id: D-3, clause: "-", must: "It can be read."}
"""

SCHEME = """
code: demo
zh: 演示
en: Demo
owner: {zh: 演示中心, en: Demo Centre}
type: "6"
current: "1"
"""

EDITION = """
subject: edition
zh: 版本
en: Edition
edition:
  clause: "1"
  zh: 演示规则
  en: Demo rules
  edition: "1"
  owner: {zh: 演示中心, en: Demo Centre}
  effective: 2026-01-01
  author: someone
  checked: 2026-01-01
  documents:
    某某条例: {zh: 某某条例, en: Some Regulation}
    "ISO/IEC 17065:2012": {zh: 产品认证机构要求, en: Bodies certifying products}
checklists:
  documents:
    clause: "5.2"
    zh: 申请文件
    en: Application documents
    items:
      - {id: form, clause: "5.2(1)", zh: 申请书, en: application form}
      - {id: licence, clause: "5.2(2)", zh: 执照, en: licence, also: ["某某条例: 第十二条"]}
      - {id: chart, clause: "5.2(3)", zh: 组织图, en: chart}
"""

STATE = """
states:
  D-2: {state: covered, why: Both documents are asked for one by one.}
"""

TEST = """
import pytest

@pytest.mark.requirement("D-2")
def test_two_documents():
    assert True
"""


def made(
    folder: Path,
    *,
    requirements: str = REQUIREMENTS,
    state: str = STATE,
    tests: dict[str, str] | None = None,
) -> Folders:
    """Write the folders; each argument takes the place of what is right."""
    files = {
        "docs/requirements/demo.yaml": requirements,
        "docs/requirements/state.yaml": state,
        "schemes/demo/scheme.yaml": SCHEME,
        "schemes/demo/1/edition.yaml": EDITION,
    }
    for name, text in ({"test_demo.py": TEST} if tests is None else tests).items():
        files[f"tests/{name}"] = text
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Folders(folder / "docs" / "requirements", folder / "schemes", folder / "tests")

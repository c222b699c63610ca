"""Papers are made from data: by many at once, from any text, and the same twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from certbody.documents.body import SAMPLE
from certbody.documents.glyphs import MISSING, shown
from certbody.documents.making import pdf

LETTER = {
    "number": "TZ-2026-00001",
    "subject": "受理通知书",
    "addressee": "杭州远帆电器服务有限公司",
    "day": "2026-06-30",
    "paragraphs": ["贵单位提交的认证申请经评审符合受理条件，现予受理。"],
    "points": ["缺少营业执照", "#panic() *不是* $命令$ @这里 <标签> \\"],
    "clause": "6.4.1",
    "rulebook": "实施规则",
    "body": SAMPLE,
}


def test_a_paper_is_pdf_a_with_its_fonts():
    made = pdf("letter", LETTER)

    assert made.startswith(b"%PDF-1.7")
    assert b"<pdfaid:part>3</pdfaid:part>" in made
    assert b"NotoSerifSC" in made


def test_the_same_data_of_the_same_time_are_the_same_bytes():
    at = datetime(2026, 6, 30, 4, tzinfo=UTC)

    assert pdf("letter", LETTER, at=at) == pdf("letter", LETTER, at=at)
    assert b"D:20260630" in pdf("letter", LETTER, at=at)


def test_many_at_once_each_get_their_own():
    numbers = [f"TZ-{n}" for n in range(24)]

    with ThreadPoolExecutor(8) as hands:
        made = list(hands.map(lambda number: pdf("letter", {**LETTER, "number": number}), numbers))

    assert made == [pdf("letter", {**LETTER, "number": number}) for number in numbers]


@pytest.mark.parametrize(
    "text",
    ["好😀", "𠮷野家", "a\0b", "\u200b零\u200d宽", "서울", "ﷺ", "\ud800", "e\u0301", "\ufffe"],
)
def test_no_text_stops_a_paper(text):
    assert pdf("letter", {**LETTER, "points": [text], "addressee": text, "subject": text})


@pytest.mark.parametrize(
    ("text", "as_shown"),
    [
        ("好😀", f"好{MISSING}"),
        ("a\0b\u200dc", "abc"),
        ("cafe\u0301😀", f"café{MISSING}"),
        ("一\u2028二", "一 二"),
        ("一\n二", "一\n二"),
        ("㙍、①", "㙍、①"),
    ],
)
def test_what_no_font_shows_is_seen_to_be_missing(text, as_shown):
    assert shown({"a": [text], "n": 1}) == {"a": [as_shown], "n": 1}


def test_a_template_that_is_not_there_is_named():
    with pytest.raises(LookupError, match="diploma"):
        pdf("diploma", {})

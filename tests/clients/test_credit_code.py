"""统一社会信用代码: GB 32100-2015, with the organisation code of GB 11714-1997 inside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certbody.clients.credit_code import (
    ALPHABET,
    LENGTH,
    checked,
    notes_on,
    organisation_check,
    plain,
    problems_of,
)
from certbody.words.rendering import plain_note, plain_problem

WEIGHTS = [3**place % 31 for place in range(17)]  # as the standard gives them
VALID = ["91350100M000100Y43", "91110000MAT00086X0", "91110000MAT000210Y", "91110000MAT0000935"]


def with_check(body: str) -> str:
    total = sum(ALPHABET.index(sign) * weight for sign, weight in zip(body, WEIGHTS, strict=True))
    return body + ALPHABET[(31 - total % 31) % 31]


CODES = st.text(ALPHABET, min_size=17, max_size=17).map(with_check)


def found(typed: str) -> list[tuple[str, dict[str, object]]]:
    return [(one.code, dict(one.facts)) for one in problems_of(typed)]


@pytest.mark.requirement("P-A2")
@pytest.mark.parametrize("code", VALID)
def test_known_codes_check(code):
    assert found(code) == []
    assert checked(code).code == code


@pytest.mark.requirement("P-A2")
@given(CODES)
def test_every_code_with_its_check_character_is_accepted(code):
    assert found(code) == []


@pytest.mark.requirement("P-A2")
@given(CODES, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_noticed(code, place, sign):
    wrong = code[:place] + sign + code[place + 1 :]
    assert (found(wrong) == []) is (wrong == code)


@pytest.mark.requirement("P-A2")
@given(CODES, st.integers(0, 16))
def test_two_neighbours_changed_about_are_always_noticed(code, place):
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert (found(swapped) == []) is (swapped == code)


def test_the_check_character_that_would_be_right_is_told():
    assert found("91350100M000100Y44") == [("code_check", {"value": "4", "wanted": "3"})]


@pytest.mark.parametrize("sign", "IOSVZ")
def test_a_letter_that_is_not_used_is_named_with_its_place(sign):
    code = f"9135010{sign}M000100Y43"
    assert found(code) == [("code_character", {"place": 8, "value": sign})]


def test_a_wrong_length_is_told_beside_the_letters():
    assert found("91350100M000100Y4") == [("code_length", {"length": 17, "bound": LENGTH})]
    assert [code for code, _ in found("9135O100M000100Y4")] == ["code_character", "code_length"]
    assert [code for code, _ in found(" - ")] == ["code_missing"]


@given(st.sampled_from(VALID), st.booleans())
def test_what_keyboards_make_of_it_is_put_right(code, full_width):
    typed = "".join(chr(ord(sign) + 0xFEE0) for sign in code) if full_width else code.lower()
    assert plain(f" {typed[:4]} {typed[4:]}\n") == code


@given(st.text(max_size=40))
def test_any_text_at_all_gets_an_answer(text):
    for problem in problems_of(text):
        for language in ("zh", "en"):
            assert plain_problem(problem, language)["message"]


@pytest.mark.parametrize(("eight", "check"), [("MAT00086", "X"), ("MAT00021", "0")])
def test_the_inner_check_is_ten_or_eleven(eight, check):
    assert organisation_check(eight) == check


def test_an_inner_digit_that_is_off_is_only_a_note():
    legacy = with_check("91350100M000100Y5")
    assert found(legacy) == []
    (note,) = notes_on(legacy, "350100")
    assert (note.code, note.facts["wanted"]) == ("code_inner_check", "4")
    assert "17" in str(plain_note(note, "en")["message"])


def test_another_region_than_that_of_the_code_is_only_a_note():
    assert [note.code for note in notes_on(VALID[0], "330106")] == ["code_region_differs"]
    assert notes_on(VALID[0], "350100") == notes_on(VALID[0], "") == []

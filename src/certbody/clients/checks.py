"""What is wrong with an organisation's particulars, and what is only unusual about them."""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from unicodedata import category, normalize

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from certbody.clients.credit_code import notes_on, problems_of
from certbody.clients.models import Client, longest
from certbody.rules.terms import Note, Problem, Words

WORDS: Mapping[str, Words] = {
    "name": Words("组织名称", "Name of the organisation"),
    "address": Words("注册地址", "Registered address"),
    "region": Words("行政区划代码", "Region code"),
    "legal_representative": Words("法定代表人", "Legal representative"),
    "contact": Words("联系人", "Contact person"),
    "phone": Words("电话", "Telephone"),
    "email": Words("电子邮箱", "E-mail"),
    "name_en": Words("英文名称", "Name in English"),
    "postcode": Words("邮政编码", "Postcode"),
    "industry": Words("行业代码", "Industry code"),
}
_OPTIONAL = {"name_en", "postcode", "industry", "region"}  # a region is that of the code
_SHAPES: Mapping[str, tuple[re.Pattern[str], str]] = {
    "region": (re.compile(r"[1-9][0-9]{5}"), "region_six_digits"),
    "postcode": (re.compile(r"[0-9]{6}"), "postcode_six_digits"),
    "industry": (re.compile(r"[A-T]?[0-9]{0,4}"), "industry_code"),
}
PEOPLE_AT_MOST = 10_000_000
_FORMS = re.compile(
    r"(有限责任公司|股份有限公司|有限公司|集团|公司|coltd|companylimited|limited|ltd|inc|llc)"
)
_NOT_LETTERS = re.compile(r"[\W_]+")
_ALIKE_ABOVE = 90  # percent of the letters, of names without their legal form
_LONG_ENOUGH = 4  # a shorter name is like many others


def problems_with(values: Mapping[str, object]) -> list[Problem]:
    """Return every fault of the particulars, by field."""
    found = problems_of(str(values["credit_code"]))
    for name, words in WORDS.items():
        found += _problems_of_text(name, words, str(values[name]))
    people = values["people"]
    if isinstance(people, int) and not 1 <= people <= PEOPLE_AT_MOST:
        code, bound = ("below_least", 1) if people < 1 else ("above_most", PEOPLE_AT_MOST)
        facts = {"name": Words("总人数", "People in all"), "value": people, "bound": bound}
        found.append(Problem("people", code, facts))
    return found


def _problems_of_text(name: str, words: Words, text: str) -> list[Problem]:
    bound = longest(Client, name)
    if not text:
        return [] if name in _OPTIONAL else [Problem(name, "missing_input", {"name": words})]
    if any(category(sign) in {"Cc", "Cs"} for sign in text):
        return [Problem(name, "unprintable", {"name": words})]
    shape = _SHAPES.get(name)
    if shape is not None and not shape[0].fullmatch(text):
        return [Problem(name, shape[1], {"value": text})]
    if len(text) > bound:
        facts = {"name": words, "length": len(text), "bound": bound}
        return [Problem(name, "text_too_long", facts)]
    return _problems_of_email(text) if name == "email" else []


def _problems_of_email(text: str) -> list[Problem]:
    try:
        validate_email(text)
    except ValidationError:
        return [Problem("email", "email_not_valid", {"value": text})]
    return []


def notes_for(client: Client) -> list[Note]:
    """Return what people should know of an organisation although nothing is refused."""
    return [*notes_on(client.credit_code, client.region), *_like_others(client)]


def veiled(name: str) -> str:
    """Show enough of a name to know one's own, not enough to learn another's."""
    return f"{name[:2]}…{name[-2:]}" if len(name) > 4 else "…"  # noqa: PLR2004  two of each end


def core(name: str) -> str:
    """Return a name as names are compared: letters only, without the legal form."""
    return _FORMS.sub("", _NOT_LETTERS.sub("", normalize("NFKC", name).casefold()))


def _like_others(client: Client) -> list[Note]:
    """Look through all names: it happens once for an organisation."""
    own = core(client.name)
    others = Client.objects.exclude(pk=client.pk).values_list("name", flat=True)
    return [
        Note("name_like_another", {"what": veiled(name)})
        for name in others.iterator(chunk_size=2000)
        if _alike(own, core(name))
    ][:1]


def _alike(one: str, other: str) -> bool:
    if one == other:
        return bool(one)
    if min(len(one), len(other)) < _LONG_ENOUGH or abs(len(one) - len(other)) > 1:
        return False
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return 2 * sum(block.size for block in blocks) * 100 >= _ALIKE_ABOVE * (len(one) + len(other))

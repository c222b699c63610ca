"""The columns of a client's lists, described once: for table, sheet, API and reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from django.db.models import TextChoices
from django.utils import translation

from certbody.clients.models import Incident, Site
from certbody.rules.terms import Words

_LANGUAGES = ("zh-hans", "en")
FLAGS = (("true", Words("是", "yes")), ("false", Words("否", "no")))


class Kind(Enum):
    """What a cell holds."""

    TEXT = auto()
    CHOICE = auto()
    FLAG = auto()
    COUNT = auto()
    DAY = auto()
    HOURS = auto()
    NUMBER = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name for programs, its words, what its cells hold."""

    name: str
    words: Words
    kind: Kind = Kind.TEXT
    needed: bool = False
    default: str = ""
    choices: type[TextChoices] | None = None
    hint: Words | None = None
    example: str = ""

    @property
    def options(self) -> list[tuple[str, Words]]:
        """What may be chosen: the value and its words; nothing for a column of free text."""
        if self.kind is Kind.FLAG:
            return list(FLAGS)
        return [(one.value, _labels(one)) for one in self.choices or ()]


Columns = tuple[Column, ...]

SITES: Columns = (
    Column(
        "number",
        Words("序号", "No."),
        Kind.NUMBER,
        hint=Words(
            "已登记场所的序号；新场所留空", "Of a site registered already; blank for a new one"
        ),
    ),
    Column(
        "name",
        Words("名称", "Name"),
        needed=True,
        hint=Words("场所名称", "What the site is called"),
        example="杭州西湖服务网点",
    ),
    Column(
        "address",
        Words("地址", "Address"),
        needed=True,
        hint=Words("详细到门牌号，审查员据此到访", "With the house number: auditors travel there"),
        example="浙江省杭州市西湖区文三路 1 号",
    ),
    Column(
        "service_content",
        Words("服务内容", "Service content"),
        needed=True,
        hint=Words("此场所提供的服务", "What service the site provides"),
        example="家用电器安装、维修",
    ),
    Column(
        "kind",
        Words("种类", "Kind"),
        Kind.CHOICE,
        default=Site.Kind.OWN,
        choices=Site.Kind,
        hint=Words("留空即自有", "Blank means own"),
        example="自有场所",
    ),
    Column(
        "head_office",
        Words("总部", "Head office"),
        Kind.FLAG,
        default="false",
        hint=Words("有且只有一个场所为“是”", "“Yes” for exactly one site"),
        example="否",
    ),
    Column(
        "people",
        Words("人数", "People"),
        Kind.COUNT,
        hint=Words("此场所的服务人员数，整数", "Who works for the service here, a whole number"),
        example="12",
    ),
    Column(
        "opening_hours",
        Words("营业时间", "Opening hours"),
        Kind.HOURS,
        hint=Words(
            "例如：周一至周五 09:00-18:00; 周六 10:00-16:00",
            "For example: Mon-Fri 09:00-18:00; Sat 10:00-16:00",
        ),
        example="周一至周五 09:00-18:00; 周六 10:00-16:00",
    ),
)
LICENCES: Columns = (
    Column("name", Words("证照名称", "Name"), needed=True),
    Column("number", Words("证照编号", "Number")),
    Column("held", Words("已取得", "Held"), Kind.FLAG, default="true"),
    Column("no_end", Words("长期有效", "Without end"), Kind.FLAG, default="false"),
    Column("valid_until", Words("有效期至", "Valid until"), Kind.DAY),
)
INCIDENTS: Columns = (
    Column("kind", Words("种类", "Kind"), Kind.CHOICE, needed=True, choices=Incident.Kind),
    Column("date", Words("日期", "Date"), Kind.DAY, needed=True),
    Column("what", Words("情况", "What happened"), needed=True),
    Column("major", Words("重大", "Major"), Kind.FLAG, needed=True),
    Column("closed", Words("已处理完毕", "Dealt with"), Kind.FLAG, needed=True),
)
MANAGERS: Columns = (
    Column("name", Words("姓名", "Name"), needed=True),
    Column("certificate_number", Words("证书编号", "Certificate number"), needed=True),
    Column("valid_until", Words("有效期至", "Valid until"), Kind.DAY, needed=True),
)
LISTS: Mapping[str, Columns] = {
    "sites": SITES,
    "licences": LICENCES,
    "incidents": INCIDENTS,
    "managers": MANAGERS,
}


def _labels(choice: TextChoices) -> Words:
    found = []
    for language in _LANGUAGES:
        with translation.override(language):
            found.append(str(choice.label))
    return Words(*found)

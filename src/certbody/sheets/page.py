"""What is written on one sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from certbody.rules.criteria import CriteriaSet

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """The set a sheet is for, its title, its rows, and whether it is a sample."""

    like: CriteriaSet
    records: Sequence[Record]
    zh: str
    en: str
    sample: bool

"""Short names of codes: what an answer holds besides its value, parts, states."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

from certbody.words.speech import Language

Labels = Mapping[str, Mapping[str, Mapping[str, str]]]


@cache
def _labels() -> Labels:
    text = files("certbody.words").joinpath("labels.yaml").read_text(encoding="utf-8")
    read: Labels = yaml.load(text, Loader=yaml.CSafeLoader)
    return read


def label(group: str, code: str, language: Language) -> str:
    """Return the name of a code; a code of a rulebook's own is its own name."""
    found = _labels()[group].get(code)
    return found[language] if found else code

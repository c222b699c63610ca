"""Keeping the body's licensed criteria: a rulebook file that a person can read and mend."""

from collections.abc import Mapping
from pathlib import Path

from certbody.rules.criteria import CriteriaSet
from certbody.schemes.catalogue import criteria_home
from certbody.schemes.faults import Faults
from certbody.schemes.loader import load
from certbody.schemes.yaml_files import BYTES_AT_MOST
from certbody.sheets.faults import bad_file
from certbody.sheets.files import replace
from certbody.sheets.plain_yaml import yaml_of
from certbody.sheets.workbook import MEGABYTE


def fits(sets: Mapping[str, CriteriaSet], directory: Path) -> None:
    """Refuse sets with which the edition would not load, such as one that lacks a heading."""
    try:
        load(directory, replaced=sets)
    except Faults as faults:
        why = "; ".join(fault.message for fault in faults.faults)
        raise bad_file(", ".join(sets), "does_not_fit", why=why) from faults


def write_licensed(criteria_set: CriteriaSet, name: str, directory: Path) -> Path:
    """Keep a set where the edition in ``directory`` looks for it; return its file."""
    path = criteria_home(directory) / f"{name}.yaml"
    content = yaml_of(criteria_set).encode()
    if len(content) > BYTES_AT_MOST:
        raise bad_file(name, "too_much_to_keep", limit=BYTES_AT_MOST // MEGABYTE)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace(path, content)
    except OSError as error:
        raise bad_file(str(path), "not_written", why=error.strerror or error) from error
    return path

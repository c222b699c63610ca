"""Readings in the data: one value for each way a sentence can be read.

Anywhere in a rulebook file a value may be written as ``{by_reading: A4, started: true,
completed: false}``. The reading says which option was chosen. An unresolved reading
gives one *variant* of the edition for each option, and each variant's answer is shown.
"""

from collections.abc import Iterator, Mapping
from itertools import product

from certbody.schemes.faults import Fault, Faults
from certbody.schemes.shapes import Reading
from certbody.schemes.yaml_files import File, Plain, Where

KEY = "by_reading"
VARIANTS_AT_MOST = 64

Chosen = Mapping[str, str]


def choices_of(readings: Mapping[str, Reading], override: Chosen, place: str) -> list[Chosen]:
    """Return the choice for every reading; several where readings are unresolved."""
    _check_override(readings, override, place)
    names = [name for name, reading in readings.items() if reading.options]
    options = [
        (override[name],)
        if name in override
        else (reading.chosen,)
        if reading.chosen is not None
        else reading.options
        for name, reading in readings.items()
        if reading.options
    ]
    combined: list[Chosen] = [dict(zip(names, picked, strict=True)) for picked in product(*options)]
    if len(combined) > VARIANTS_AT_MOST:
        message = f"more than {VARIANTS_AT_MOST} combinations of unresolved readings"
        raise Faults([Fault(place, message)])
    return combined


def _check_override(readings: Mapping[str, Reading], override: Chosen, place: str) -> None:
    open_to_choice = {name: one.options for name, one in readings.items() if one.options}
    faults = []
    for name, option in override.items():
        if name not in open_to_choice:
            known = ", ".join(open_to_choice) or "none"
            faults.append(Fault(place, f"no reading '{name}' with options; there are: {known}"))
        elif option not in open_to_choice[name]:
            allowed = ", ".join(open_to_choice[name])
            faults.append(Fault(place, f"reading '{name}' has no option '{option}': {allowed}"))
    if faults:
        raise Faults(faults)


def names_in(content: Plain) -> Iterator[str]:
    """Give the name of each reading that a value in the content depends on."""
    if isinstance(content, dict):
        if KEY in content:
            yield str(content[KEY])
        for value in content.values():
            yield from names_in(value)
    elif isinstance(content, list):
        for value in content:
            yield from names_in(value)


def resolved(content: Plain, chosen: Chosen) -> Plain:
    """Return the content with each ``by_reading`` replaced by the chosen option's value."""
    if isinstance(content, dict):
        if KEY in content:
            return resolved(content[chosen[str(content[KEY])]], chosen)
        return {key: resolved(value, chosen) for key, value in content.items()}
    if isinstance(content, list):
        return [resolved(value, chosen) for value in content]
    return content


def faults_in(file: File, readings: Mapping[str, Reading]) -> Iterator[Fault]:
    """Give each ``by_reading`` whose options are not those of its reading."""
    yield from _faults(file, file.content, (), readings)


def _faults(
    file: File, content: Plain, where: Where, readings: Mapping[str, Reading]
) -> Iterator[Fault]:
    if isinstance(content, list):
        for number, value in enumerate(content):
            yield from _faults(file, value, (*where, number), readings)
        return
    if not isinstance(content, dict):
        return
    if KEY in content:
        place = f"{file.path}:{file.line(where)}"
        name = str(content[KEY])
        if name not in readings:
            yield Fault(place, f"no reading named '{name}'")
        elif set(content) - {KEY} != set(readings[name].options):
            allowed = ", ".join(readings[name].options)
            yield Fault(place, f"a value for each option of '{name}', and no other: {allowed}")
    for key, value in content.items():
        yield from _faults(file, value, (*where, key), readings)

"""Writing files so that nobody ever sees half of one, or loses one by accident."""

import os
from pathlib import Path

from certbody.sheets.faults import bad_file


def write_atomically(path: Path, content: bytes, *, overwrite: bool) -> None:
    """Write a workbook; an existing file is replaced only when that is asked for."""
    if path.suffix.casefold() != ".xlsx":
        raise bad_file(path.name, "no_suffix")
    try:
        if not overwrite and path.exists() and path.stat().st_size:
            raise bad_file(path.name, "already_there")
        replace(path, content)
    except OSError as error:
        raise bad_file(path.name, "not_written", why=error.strerror or error) from error


def replace(path: Path, content: bytes) -> None:
    """Put content in a file's place in one step."""
    passing = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with passing.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        passing.replace(path)
    finally:
        passing.unlink(missing_ok=True)

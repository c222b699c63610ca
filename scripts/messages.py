"""Bring the Chinese message catalogues up to date with the code and the templates.

Pages are written in English; the ``django.po`` of each app holds their Chinese. After a change:

    .venv/bin/python scripts/messages.py [APP ...]    # adds what is new, drops what is gone


Then fill in the empty ``msgstr`` by hand and run it once more. It needs no gettext tools.
"""

import io
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src" / "certbody"
CATALOGUE = Path("locale", "zh_Hans", "LC_MESSAGES", "django.po")

KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
}
NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)  # a catalogue that changes only with its words

Id = str | tuple[str, str]


def main() -> None:
    """Renew the catalogues and compile them; exit with 1 while words lack their Chinese."""
    missing = [words for app in sys.argv[1:] or apps() for words in renew(app)]
    for words in missing:
        sys.stderr.write(f"no Chinese yet: {words}\n")
    sys.exit(1 if missing else 0)


def apps() -> list[str]:
    """Return the packages that have words for people."""
    return sorted(path.name for path in SOURCES.iterdir() if path.is_dir() and in_use(path.name))


def renew(app: str) -> list[str]:
    """Renew the catalogue of one app; return what lacks its Chinese."""
    catalogue = renewed(in_use(app), known(app))
    path = SOURCES / app / CATALOGUE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(po_bytes(catalogue))
    path.with_suffix(".mo").write_bytes(mo_bytes(catalogue))
    return [f"{app}: {words}" for words in untranslated(catalogue)]


def in_use(app: str) -> dict[Id, list[str]]:
    """Return every message of an app's code and templates, with the files that use it."""
    found: dict[Id, list[str]] = {}
    for path in sorted((SOURCES / app).rglob("*")):
        for message in _messages(path):
            places = found.setdefault(message, [])
            name = path.relative_to(SOURCES).as_posix()
            if name not in places:
                places.append(name)
    return found


def known(app: str) -> Catalog:
    """Return the catalogue of an app as it stands."""
    path = SOURCES / app / CATALOGUE
    if not path.exists():
        return Catalog(locale="zh_Hans")
    with path.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def renewed(used: dict[Id, list[str]], old: Catalog) -> Catalog:
    """Return a catalogue of the messages in use with the words that are known."""
    catalogue = Catalog(
        locale="zh_Hans",
        header_comment="# The pages of certbody in Chinese.",
        project="certbody",
        version="1",
        creation_date=NO_DATE,
        revision_date=NO_DATE,
        last_translator="",
        language_team="",
        fuzzy=False,
    )
    for message, places in used.items():
        before = old.get(message)
        words = before.string if before is not None else ""
        catalogue.add(message, words, [(place, 1) for place in places], flags=_flags(message))
    return catalogue


def untranslated(catalogue: Catalog) -> list[str]:
    """Return each message that has no Chinese."""
    return [str(message.id) for message in catalogue if message.id and not _complete(message)]


def po_bytes(catalogue: Catalog) -> bytes:
    """Write a catalogue as it is committed."""
    out = io.BytesIO()
    write_po(out, catalogue, width=100, sort_output=True, include_lineno=False)
    return out.getvalue()


def mo_bytes(catalogue: Catalog) -> bytes:
    """Compile a catalogue."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def _flags(message: Id) -> list[str]:
    """Mark messages with facts in them: translations are checked to name the same ones."""
    first = message if isinstance(message, str) else message[0]
    return ["python-format"] if "%(" in first else []


def _complete(message: Message) -> bool:
    words = message.string
    return all(words) if isinstance(words, tuple | list) else bool(words)


def _messages(path: Path) -> Iterator[Id]:
    if path.suffix == ".py":
        yield from _in_python(path.read_text(encoding="utf-8"))
    elif path.suffix == ".html":
        yield from _in_template(path.read_text(encoding="utf-8"))


def _in_python(text: str) -> Iterator[Id]:
    source = io.BytesIO(text.encode())
    for _, message, _, _ in extract("python", source, keywords=KEYWORDS):
        yield message if isinstance(message, str) else (message[0], message[1])


def _in_template(text: str) -> Iterator[Id]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "certbody.config.settings")
    from django.utils.translation.template import templatize  # noqa: PLC0415  needs the settings

    # What templatize leaves of the page besides messages is filler; indented, it would not parse.
    calls = "\n".join(line.strip() for line in templatize(text).splitlines())
    yield from _in_python(calls)


if __name__ == "__main__":
    main()

"""The rulebooks that the tests of the pages read, and how they read a page."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from certbody.schemes.catalogue import shipped_root
from certbody.schemes.loader import Rulebook, load

HERE = Path(__file__).resolve().parent
ROOTS = (HERE / "schemes", HERE.parent / "schemes")
ADDED = ":".join(str(root) for root in ROOTS)


def editions() -> Iterator[Path]:
    """Every edition that loads, in every root."""
    for root in (shipped_root(), *ROOTS):
        for file in sorted(root.glob("*/*/edition.yaml")):
            if (file.parent.parent / "scheme.yaml").is_file():
                yield file.parent


def name_of(directory: Path) -> str:
    return f"{directory.parent.name}/{directory.name}"


DIRECTORIES = {name_of(directory): directory for directory in editions()}
NAMES = tuple(DIRECTORIES)


def rulebook(name: str) -> Rulebook:
    return load(DIRECTORIES[name])


class Page(HTMLParser):
    """What a test wants to know of a page: ids, links, text by class."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.inputs: list[tuple[str, str, bool]] = []
        self.text = ""
        self._classes: list[tuple[str, str]] = []
        self.by_class: dict[str, list[str]] = {}
        self.feed(html)

    VOID = frozenset({"meta", "link", "input", "br", "img", "hr", "path", "rect", "circle"})

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = dict(attrs)
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        if tag in {"input", "option"}:
            chosen = "checked" in given or "selected" in given
            self.inputs.append((given.get("name") or "", given.get("value") or "", chosen))
        if tag not in self.VOID:
            self._classes.append((tag, given.get("class") or ""))
            for name in (given.get("class") or "").split():
                self.by_class.setdefault(name, []).append("")

    def handle_endtag(self, tag: str) -> None:
        while self._classes:
            opened, _ = self._classes.pop()
            if opened == tag:
                break

    def handle_data(self, data: str) -> None:
        self.text += data
        for _, classes in self._classes:
            for name in classes.split():
                self.by_class[name][-1] += data

    def texts(self, name: str) -> list[str]:
        """The text of each element of a class, blanks made one."""
        return [" ".join(text.split()) for text in self.by_class.get(name, [])]

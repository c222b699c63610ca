"""The processes of a rulebook as diagrams, in the reader's language."""

from certbody.rulebooks.drawing.process import Diagram, drawn
from certbody.rulebooks.library import Book


def diagrams_of(book: Book) -> dict[str, Diagram]:
    """Return a diagram of every process, by name."""
    processes = book.edition.of_kind("processes")
    return {name: drawn(name, process) for name, process in processes.items()}

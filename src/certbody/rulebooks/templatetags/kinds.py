"""What the templates of the kinds of rule look up: names of other rows, events, sections."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _

from certbody.rulebooks.comparing.pairs import DIFFERS, GONE, NEW, SAME
from certbody.rulebooks.drawing.process import Diagram
from certbody.rulebooks.layout import Entry, Mention
from certbody.rulebooks.library import Book
from certbody.rulebooks.telling import codes, figures
from certbody.rulebooks.telling.conditions import named
from certbody.rulebooks.telling.rows import mentioned
from certbody.rules.checklists import Checklist
from certbody.rules.choices import Choices
from certbody.rules.criteria import CriteriaSet, Criterion
from certbody.rules.grades import Grades
from certbody.rules.process import Before, Outcome, Process
from certbody.rules.schedule import OtherTimes, Schedule, Window
from certbody.rules.sums import Line, Sum
from certbody.rules.terms import Row
from certbody.schemes.check import open_parts as parts_open
from certbody.web.language import active, in_words

register = template.Library()


@register.filter
def item(things: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401  whatever it holds
    """Give what a mapping holds under a name."""
    return things.get(name)


@register.filter
def px(value: float) -> str:
    """Write a length of a drawing, never with a decimal comma."""
    return f"{value:g}"


@register.filter
def plus(value: float, more: float) -> float:
    """Add to a length of a drawing."""
    return value + more


@register.filter
def joined(names: Sequence[str]) -> str:
    """Write names one after the other."""
    return _(", ").join(names)


@register.filter
def without(text: str, start: str) -> str:
    """Leave out the document's name before a place in it."""
    return text.removeprefix(start).strip()


@register.filter
def in_one_language(text: str) -> str:
    """Give the reader's half of a text written as ``中文 / English``."""
    chinese, slash, english = text.partition(" / ")
    if not slash or chinese.isascii():
        return text
    return english if active() == "en" else chinese


@register.filter
def telling(mention: Mention, entry: Entry) -> str:
    """Give what the rows of a section say at a clause; nothing where that is the clause itself."""
    said = mentioned(mention)
    return "" if entry.source is not None and said == in_words(entry.source) else said


@register.filter
def open_parts(book: Book) -> list[object]:
    """Give what the rulebook leaves open, kinds of rule in words."""
    return [
        codes.name(codes.KINDS, part) if isinstance(part, str) else part
        for part in parts_open(book.edition)
    ]


@register.filter
def labelled(section: Checklist) -> bool:
    """Tell whether any item has a label as printed."""
    return any(row.label for row in section.items)


@register.filter
def any_has(section: Choices, field: str) -> bool:
    """Tell whether any option has something under a name."""
    return any(getattr(row, field) for row in section.options)


@register.filter
def leads_to(target: str | None, book: Book) -> str:
    """Give what an option leads to in words: an act of a lifecycle, a step, another list."""
    if target is None:
        return ""
    for lifecycle in book.edition.of_kind("lifecycles").values():
        for arrow in lifecycle.arrows:
            if arrow.id == target:
                return in_words(arrow)
    for process in book.edition.of_kind("processes").values():
        step = process.step(target)
        if step is not None:
            return in_words(step)
    return section_named(book, target)


@register.filter
def section_named(book: Book, name: str) -> str:
    """Give a section's title."""
    found = book.edition.find(name)
    return in_words(found[1]) if found else name


@register.filter
def criteria(book: Book, name: str) -> CriteriaSet | None:
    """Give a set of criteria."""
    found: CriteriaSet | None = book.edition.of_kind("criteria").get(name)
    return found


@register.filter
def looked_up(line: Line, section: Sum) -> str:
    """Give the name of the fact that a line looks up."""
    members = section.inputs[line.per].items if line.per in section.inputs else {}
    inputs = {**section.inputs, **members}
    name = line.lookup.of if line.lookup else ""
    unit = inputs[name].unit if name in inputs else ""
    return f"{named(name, inputs)} ({unit})" if unit else named(name, inputs)


@register.filter
def leaf_count(criterion: Criterion) -> int:
    """Give how many indicators stand below a heading."""
    return sum(1 for _leaf in criterion.leaves())


@register.filter
def below(criterion: Criterion) -> Iterator[tuple[int, Criterion]]:
    """Give what stands below a heading, with its depth; the heading itself without parts."""
    if not criterion.parts:
        yield 0, criterion
    yield from _below(criterion, 0)


def _below(criterion: Criterion, depth: int) -> Iterator[tuple[int, Criterion]]:
    for part in criterion.parts:
        yield depth, part
        yield from _below(part, depth + 1)


@register.filter
def row_named(code: str | None, rows: Sequence[Row]) -> str:
    """Give the words of the row with an id, such as a tier."""
    return next((in_words(row) for row in rows if row.id == code), code or "")


@register.filter
def any_gate(section: Grades) -> bool:
    """Tell whether any level has a gate."""
    return any(level.gates for level in section.levels)


@register.filter
def counted(number: int, unit: str) -> str:
    """Give so many of a unit of time."""
    return figures.counted(unit, number)


@register.filter
def event_named(name: str, section: Schedule) -> str:
    """Give an event's name."""
    if name == "expiry":
        return _("the end of validity")
    if name == "previous":
        return _("the previous one")
    return in_words(section.events[name]) if name in section.events else name


@register.filter
def times_told(other: OtherTimes) -> str:
    """Give the times of a window where a condition holds."""
    times = (
        (_("earliest %(length)s"), other.earliest),
        (_("due %(length)s"), other.due),
        (_("latest %(length)s"), other.latest),
    )
    said = [text % {"length": figures.length(of)} for text, of in times if of is not None]
    return _(", ").join(said)


@register.filter
def anchor_named(window: Window, section: Schedule) -> str:
    """Give what a window is counted from."""
    return event_named(window.from_, section)


@register.filter
def described(diagram: Diagram) -> str:
    """Tell a process in sentences, for those who do not see the drawing."""
    return " ".join(
        f"{number}. {in_words(step)} ({codes.name(codes.BY, step.by)}): "
        + "; ".join([before_told(one, diagram.process) for one in step.after] or [_("the start")])
        + "."
        for number, step in enumerate((node.step for node in diagram.boxes), start=1)
    )


@register.filter
def before_told(before: Before, process: Process) -> str:
    """Tell which step comes first, with which outcomes."""
    first = process.step(before.step)
    if first is None:
        return before.step
    outcomes = [in_words(one) for one in first.outcomes if one.id in before.outcomes]
    told = f"{in_words(first)} ({' / '.join(outcomes)})" if outcomes else in_words(first)
    if before.unless is None:
        return told
    spared = Before(step=before.unless.step, outcomes=before.unless.outcomes, clause=before.clause)
    return _("%(step)s, unless %(other)s") % {"step": told, "other": before_told(spared, process)}


@register.filter
def outcome_told(outcome: Outcome, process: Process) -> str:
    """Tell an outcome and where it leads when it does not simply go on."""
    if outcome.ends:
        return f"{in_words(outcome)} ■ {_('the case ends')}"
    target = process.step(outcome.back_to) if outcome.back_to else None
    return f"{in_words(outcome)} ↩ {in_words(target)}" if target else in_words(outcome)


@register.filter
def sign_look(sign: str) -> str:
    """Give the look of a difference."""
    return {SAME: "same", DIFFERS: "differs", GONE: "gone", NEW: "new"}[sign]

"""Fields of the application's pages, in the same shape as those made from a rulebook."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict

from certbody.rulebooks.forms.fields import Field, Option, fields_for
from certbody.rulebooks.forms.given import as_query, given_in
from certbody.rulebooks.forms.specs import Spec, spec_of
from certbody.rules.facts import Input

Errors = Mapping[str, Sequence[str]]


def text(name: str, label: str, value: object, errors: Errors, **more: Any) -> Field:  # noqa: ANN401
    """Return a field for words or a number; ``widget="area"`` for several lines."""
    shown = "" if value is None else str(value)
    widget = more.pop("widget", "text")
    return Field(name, label, widget, value=shown, errors=errors.get(name, ()), **more)


def choice(name: str, label: str, value: str, options: Mapping[str, str], errors: Errors) -> Field:
    """Return a field to choose one of some options."""
    listed = [Option(key, words, key == value) for key, words in options.items()]
    return Field(name, label, "select", value=value, options=listed, errors=errors.get(name, ()))


def specs(inputs: Mapping[str, Input]) -> list[Spec]:
    """Return what a form asks for these inputs of a rulebook."""
    return [spec_of(name, declared) for name, declared in inputs.items()]


def asked_fields(
    inputs: Mapping[str, Input], kept: Mapping[str, object], sent: QueryDict | None, errors: Errors
) -> list[Field]:
    """Return the fields of a rulebook's questions: as sent, else as kept, else with defaults."""
    wanted = specs(inputs)
    query = sent if sent is not None else as_query(wanted, kept)
    return fields_for(wanted, query, errors, asked=bool(kept) or sent is not None)


def answers(inputs: Mapping[str, Input], sent: QueryDict) -> dict[str, Any]:
    """Return the answers to a rulebook's questions; what is blank is not answered."""
    return given_in(specs(inputs), sent)

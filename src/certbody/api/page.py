"""The API for people: every operation on one page, made of the description that programs read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """Something an operation takes: where it stands, its name, its kind."""

    where: str
    name: str
    kind: str
    required: bool
    about: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An operation: how it is called and what comes back."""

    id: str
    method: str
    path: str
    summary: str
    about: str
    scopes: tuple[str, ...]
    fields: tuple[Field, ...]
    answer: str


def listed(request: HttpRequest, description: Schema) -> HttpResponse:
    """Show the operations, in the groups that the description names."""
    groups = [
        {"name": tag["name"], "about": tag["description"], "operations": found}
        for tag in description["tags"]
        if (found := list(_of(tag["name"], description)))
    ]
    errors = description["components"]["responses"].values()
    return render(request, "api/operations.html", {"groups": groups, "errors": errors})


def _of(tag: str, description: Schema) -> Iterator[Shown]:
    for path, operations in description["paths"].items():
        for method, one in operations.items():
            if tag in one["tags"]:
                yield _shown(method, path, one, description)


def _shown(method: str, path: str, one: Schema, description: Schema) -> Shown:
    taken = [*_parameters(one, description), *_body(one, description)]
    status = min(int(name) for name in one["responses"])
    content = _resolved(one["responses"][status], description).get("content", {})
    kinds = [_kind(told["schema"], description) for told in content.values()]
    return Shown(
        id=one["operationId"],
        method=method.upper(),
        path=path,
        summary=one["summary"],
        about=one.get("description", "").replace("``", ""),
        scopes=tuple(scope for asked in one.get("security", ()) for scope in asked["TokenAuth"]),
        fields=tuple(taken),
        answer=f"{status} {', '.join(kinds)}".strip(),
    )


def _parameters(one: Schema, description: Schema) -> Iterator[Field]:
    for given in one["parameters"]:
        told = _resolved(given, description)
        kind = _kind(told["schema"], description)
        about = told.get("description", "")
        yield Field(told["in"], told["name"], kind, bool(told.get("required")), about)


def _body(one: Schema, description: Schema) -> Iterator[Field]:
    for media, told in one.get("requestBody", {}).get("content", {}).items():
        schema = _resolved(told["schema"], description)
        where = "form" if media == "multipart/form-data" else "body"
        for name, inner in schema.get("properties", {}).items():
            required = name in schema.get("required", ())
            about = inner.get("description", "")
            yield Field(where, name, _kind(inner, description), required, about)


def _kind(schema: Schema, description: Schema) -> str:
    """Return the kind of a value in a word or two: ``integer``, ``list of SiteIn``, ``a | b``."""
    match schema:
        case {"$ref": str(reference)}:
            inner = _resolved(schema, description)
            return _kind(inner, description) if "enum" in inner else reference.rpartition("/")[2]
        case {"enum": list(values)}:
            return " | ".join(str(one) for one in values)
        case {"anyOf": list(several)}:
            return ", ".join(_kind(one, description) for one in several)
        case {"type": "array", "items": inner}:
            return f"list of {_kind(inner, description)}"
        case {"format": str(name)}:
            return name
        case {"type": str(name)}:
            return name
        case _:
            return "any"


def _resolved(schema: Schema, description: Schema) -> Schema:
    reference = schema.get("$ref")
    if reference is None:
        return schema
    found: Any = description
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    return dict(found)

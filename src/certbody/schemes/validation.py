"""From plain data to shapes, with faults that name the line and what is allowed."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from certbody.schemes.faults import Fault, Faults
from certbody.schemes.yaml_files import File, Where

M = TypeVar("M", bound=BaseModel)


def shaped(model: type[M], file: File, content: object = None) -> M:
    """Return the file's content as ``model``; raise ``Faults`` with every fault in it."""
    try:
        return model.model_validate(file.content if content is None else content)
    except ValidationError as error:
        errors = _own(error.errors(include_url=False))
        raise Faults([_fault(model, file, one) for one in errors]) from error


def _own(errors: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Leave out lists that seem short only because a row in them is at fault."""
    places = [tuple(one["loc"]) for one in errors]
    for one in errors:
        where = tuple(one["loc"])
        within = any(len(p) > len(where) and p[: len(where)] == where for p in places)
        if one["type"] != "too_short" or not within:
            yield one


def _fault(model: type[BaseModel], file: File, error: Mapping[str, Any]) -> Fault:
    where: Where = tuple(error["loc"])
    place = f"{file.path}:{file.line(where)}"
    path = ".".join(str(part) for part in where)
    match error["type"]:
        case "missing":
            message = f"'{where[-1]}' is missing"
        case "extra_forbidden":
            message = _unknown_key(model, where)
        case "value_error":
            message = str(error["ctx"]["error"])
        case "bool_type":
            message = "say true or false"
        case _:
            message = str(error["msg"])
    return Fault(place, f"{path}: {message}" if path else message)


def _unknown_key(model: type[BaseModel], where: Where) -> str:
    owner = _model_at(model, where[:-1])
    allowed = sorted(_keys(owner)) if owner else []
    near = get_close_matches(str(where[-1]), allowed, n=1)
    hint = f" (did you mean '{near[0]}'?)" if near else ""
    return f"unknown key{hint}; allowed: {', '.join(allowed)}"


def _keys(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_at(model: type[BaseModel], where: Where) -> type[BaseModel] | None:
    """Follow a place through the models' annotations to the model that holds it."""
    current: object = model
    for part in where:
        inner = _inner(current)
        if inner is not None and isinstance(part, str) and part in _by_key(inner):
            current = _by_key(inner)[part]
        else:
            current = _item(current)
    return _inner(current)


def _by_key(model: type[BaseModel]) -> dict[str, object]:
    return {f.alias or name: f.annotation for name, f in model.model_fields.items()}


def _inner(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in {Union, UnionType, Annotated}:
        return next((found for a in get_args(annotation) if (found := _inner(a))), None)
    return None


def _item(annotation: object) -> object:
    """Return what a list or mapping holds."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin in {Union, UnionType}:
        return next((found for a in args if (found := _item(a)) is not None), None)
    if origin is dict:
        return _first(args[1:])
    return _first(args) if origin in {tuple, list} else None


def _first(args: tuple[object, ...]) -> object:
    return args[0]

"""Reading inputs: what was left out, what was set to null, and what makes no sense."""

import re
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

import strawberry
from pydantic import BaseModel, ValidationError

from domain.errors import FieldProblem, InvalidInput
from domain.sealed import Sealed

M = TypeVar("M", bound=BaseModel)

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")


def cleared(value: strawberry.Maybe[Any]) -> str | None:
    """Words for a service to which None means "leave it" and "" means "clear it"."""
    return None if value is None else value.value or ""


def said(**values: strawberry.Maybe[Any]) -> dict[str, Any]:
    """The values that were given, null among them; what was left out is left out."""
    return {name: value.value for name, value in values.items() if value is not None}


def plain(given: Any) -> Any:
    """An input as plain values, without what was left out."""
    match given:
        case strawberry.Some():
            return plain(given.value)
        case list():
            return [plain(each) for each in given]
    if not is_dataclass(given):
        return given
    named = {field.name: getattr(given, field.name) for field in fields(given)}
    return {name: plain(value) for name, value in named.items() if value is not None}


def known_language(tag: str | None) -> str | None:
    """A language tag such as `en` or `es-MX`, or none. Raises `InvalidInput`."""
    if tag and not LANGUAGE.fullmatch(tag):
        raise InvalidInput.at("language", f"{tag!r} is not a language, such as en or es-MX")
    return tag


def opened(value: Sealed | None) -> str | None:
    """The words of a sealed column, if there are any."""
    return value.read() or None if value is not None else None


def checked(model: type[M], values: dict[str, Any]) -> M:
    """Values as a part of the profile. Raises `InvalidInput`."""
    try:
        return model.model_validate(values)
    except ValidationError as wrong:
        problems = [
            FieldProblem(".".join(map(str, problem["loc"])), problem["msg"])
            for problem in wrong.errors()
        ]
        raise InvalidInput("Some values are not allowed", *problems) from wrong

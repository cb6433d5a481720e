"""How values of a type are written as JSON and read again."""

from typing import Any

from pydantic import TypeAdapter

_MADE: dict[type, TypeAdapter[Any]] = {}


def adapter_of(kind: type) -> TypeAdapter[Any]:
    """The adapter of a type, made once: making one takes far longer than using it."""
    if kind not in _MADE:
        _MADE[kind] = TypeAdapter(kind)
    return _MADE[kind]

"""The values of columns as files hold them, and back: one way to write each, so files compare."""

import base64
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from enum import Enum
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.fields.base import Field

from domain.sealed import Sealed, SealedField

# Where stored objects are begins with whose they are, which is another tenant elsewhere.
HERE = "tenant:"


def written(value: Any, tenant_id: UUID) -> Any:
    """A value as JSON. What was erased is null."""
    if isinstance(value, str) and not isinstance(value, Enum):
        here = value.startswith(f"{tenant_id}/")
        return HERE + value.removeprefix(str(tenant_id)) if here else value
    writer = next((write for kind, write in _WRITERS if isinstance(value, kind)), None)
    return writer(value) if writer else value


def read(field: Field[Any], value: Any, tenant_id: UUID) -> Any:
    """A value from JSON. Raises `ValueError`, `TypeError` or `KeyError` for what does not fit."""
    if value is None:
        if not field.null:
            raise ValueError("must not be null")
        return None
    if enum := getattr(field, "enum_type", None):
        return enum(value)
    if isinstance(value, str) and value.startswith(f"{HERE}/"):
        return f"{tenant_id}{value.removeprefix(HERE)}"
    reader = next((make for kind, make in _READERS if isinstance(field, kind)), None)
    return reader(value) if reader else value


def _moment(value: str) -> datetime:
    return datetime.fromisoformat(value).astimezone(UTC)


def _bytes(value: str) -> bytes:
    return base64.b64decode(value, validate=True)


_WRITERS: tuple[tuple[type | tuple[type, ...], Callable[[Any], Any]], ...] = (
    (Sealed, lambda value: value.read() if value.is_open else None),
    (Enum, lambda value: value.value),
    (UUID, str),
    (datetime, lambda value: value.astimezone(UTC).isoformat()),
    ((date, time), lambda value: value.isoformat()),
    ((bytes, memoryview), lambda value: base64.b64encode(bytes(value)).decode()),
)
_READERS: tuple[tuple[type[Field[Any]], Callable[[Any], Any]], ...] = (
    (SealedField, Sealed.text),
    (fields.UUIDField, UUID),
    (fields.DatetimeField, _moment),
    (fields.DateField, date.fromisoformat),
    (fields.BinaryField, _bytes),
)

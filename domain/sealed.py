"""Encrypted columns. What leaves the database is a `Sealed` that shows nothing until opened.

A field cannot know its row nor fetch a key, so repositories seal before they insert and open
whole pages at once (`uow.keys`). Sealed columns are never filtered or sorted; a blind index column
beside them answers equality.
"""

import json
from typing import Any, Literal, TypeVar, overload

from tortoise.fields.base import Field
from tortoise.models import Model

T_SEALED = TypeVar("T_SEALED", bound="Sealed | None")


class StillSealed(RuntimeError):
    """Something read an encrypted value without opening it first: a mistake in the code."""


class Sealed:
    """An encrypted value, or a plain one on its way to be encrypted."""

    __slots__ = ("_plain", "ciphertext")

    def __init__(self, ciphertext: bytes | None, plain: bytes | None = None) -> None:
        self.ciphertext = ciphertext
        self._plain = plain

    @classmethod
    def text(cls, value: str) -> "Sealed":
        """Take words to be sealed."""
        return cls(None, value.encode())

    @classmethod
    def json(cls, value: object) -> "Sealed":
        """Take a JSON value to be sealed."""
        return cls(None, json.dumps(value, separators=(",", ":")).encode())

    @property
    def plain(self) -> bytes:
        """The opened bytes."""
        if self._plain is None:
            raise StillSealed("Open the row before reading it: await uow.keys.open(rows)")
        return self._plain

    def read(self) -> str:
        """The opened words."""
        return self.plain.decode()

    def load(self) -> Any:
        """The opened JSON value."""
        return json.loads(self.plain)

    @property
    def is_open(self) -> bool:
        """Whether the plain value is at hand."""
        return self._plain is not None

    def opened(self, plain: bytes) -> None:
        """Put the plain value in hand."""
        self._plain = plain

    def __repr__(self) -> str:
        return "Sealed(•••)"


class SealedField(Field[T_SEALED]):
    """A `bytea` column that holds a sealed value."""

    SQL_TYPE = "BYTEA"
    indexable = False
    field_type = Sealed

    @overload
    def __init__(
        self: "SealedField[Sealed]", *, null: Literal[False] = False, **options: Any
    ) -> None: ...

    @overload
    def __init__(
        self: "SealedField[Sealed | None]", *, null: Literal[True], **options: Any
    ) -> None: ...

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)

    def to_db_value(self, value: Any, instance: type[Model] | Model) -> bytes | None:
        """Let only ciphertext through."""
        if value is None:
            return None
        if not isinstance(value, Sealed) or value.ciphertext is None:
            raise StillSealed(f"{self.model_field_name} must be sealed before it is stored")
        return value.ciphertext

    def to_python_value(self, value: Any) -> Sealed | None:
        """Wrap what the database gave."""
        if value is None or isinstance(value, Sealed):
            return value
        return Sealed(bytes(value))


def sealed_fields(model: type[Model]) -> tuple[str, ...]:
    """The names of a table's encrypted columns."""
    columns = model._meta.fields_map
    return tuple(name for name, column in columns.items() if isinstance(column, SealedField))


def is_open(row: Model) -> bool:
    """Whether every encrypted value of a row is at hand."""
    values = (getattr(row, name) for name in sealed_fields(type(row)))
    return all(value is None or value.is_open for value in values)

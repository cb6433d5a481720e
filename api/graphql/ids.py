"""Global ids: opaque to clients, `Type:uuid` in base64url underneath."""

import base64
import binascii
from uuid import UUID

import strawberry

from domain.errors import NotFound
from domain.ids import global_id


@strawberry.interface
class Node:
    """Anything that can be fetched again by its id."""

    id: strawberry.ID


def write_id(type_name: str, id: UUID) -> strawberry.ID:
    """The global id of a row."""
    return strawberry.ID(global_id(type_name, id))


def parse_id(value: str) -> tuple[str, UUID]:
    """The type and the row behind a global id. Raises `NotFound` if it never was one."""
    try:
        padded = value.encode() + b"=" * (-len(value) % 4)
        decoded = base64.b64decode(padded, altchars=b"-_", validate=True).decode()
        type_name, _, id = decoded.partition(":")
        return type_name, UUID(id)
    except (binascii.Error, ValueError) as problem:
        raise NotFound("There is nothing with this id") from problem


def read_id(type_name: str, value: str) -> UUID:
    """The row behind a global id of a known type. Raises `NotFound` for any other id."""
    found, id = parse_id(value)
    if found != type_name:
        raise NotFound(f"This is not the id of a {type_name}")
    return id


def maybe_read_id(type_name: str, value: str | None) -> UUID | None:
    """The same where an id may be left out."""
    return None if value is None else read_id(type_name, value)

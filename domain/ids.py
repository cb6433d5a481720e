"""Identifiers: UUID version 7, so that ids sort by the time they were made (RFC 9562)."""

import base64
import secrets
from datetime import datetime
from typing import Protocol
from uuid import UUID

_MILLISECONDS_BITS = 48
_VERSION_7 = 0x7 << 76
_VARIANT = 0b10 << 62


class Ids(Protocol):
    """Where new identifiers come from."""

    def new(self, at: datetime) -> UUID:
        """A fresh identifier made at a moment."""


class RandomIds:
    """Identifiers nobody can guess, that still sort in the order they were made.

    74 random bits follow the millisecond; within one millisecond each id lies a random step
    above the one before it (RFC 9562, section 6.2, method 2).
    """

    def __init__(self) -> None:
        self._last: tuple[int, int] = (0, 0)

    def new(self, at: datetime) -> UUID:
        """A fresh uuidv7."""
        millisecond = int(at.timestamp() * 1000)
        before, tail = self._last
        # The top bit stays free, so that steps within one millisecond cannot overflow.
        tail = tail + 1 + secrets.randbits(32) if millisecond == before else secrets.randbits(73)
        self._last = (millisecond, tail)
        return uuid7(at, tail)


class SequentialIds:
    """Identifiers that are the same in every run: for tests and replays."""

    def __init__(self) -> None:
        self._next = 0

    def new(self, at: datetime) -> UUID:
        """The next uuidv7."""
        self._next += 1
        return uuid7(at, self._next)


def uuid7(at: datetime, tail: int) -> UUID:
    """Build a uuidv7 from a moment and 74 further bits."""
    milliseconds = int(at.timestamp() * 1000)
    high = (tail >> 62) & 0xFFF
    low = tail & ((1 << 62) - 1)
    return UUID(int=milliseconds << 80 | _VERSION_7 | high << 64 | _VARIANT | low)


def first_at(at: datetime) -> UUID:
    """The smallest identifier a row made at that moment could have: a partition bound."""
    milliseconds = int(at.timestamp() * 1000)
    return UUID(int=milliseconds << 80 | _VERSION_7 | _VARIANT)


def global_id(type_name: str, id: UUID) -> str:
    """The id under which the world knows a row: opaque, `Type:uuid` in base64url underneath."""
    return base64.urlsafe_b64encode(f"{type_name}:{id}".encode()).decode().rstrip("=")

"""Whoever carries calls and texts to people: nothing is handed to them without a permit."""

from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from domain.outreach.gate import Permit


@dataclass(frozen=True)
class Outgoing:
    """What goes out; `key` marks the same one sent again."""

    permit: Permit
    words: str = field(repr=False)
    """What a text says, or whoever calls says first."""
    line: str | None
    key: UUID


class Carrier(Protocol):
    """Places calls and sends texts. Never called inside a unit of work."""

    async def is_registered(self, line: str | None) -> bool:
        """Whether texts from a number are known to the carriers (A2P 10DLC)."""

    async def carry(self, outgoing: Outgoing) -> None:
        """Hand one over. Raises `Unavailable`; it may then arrive twice."""

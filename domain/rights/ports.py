"""Whoever brings a code or a letter to a person, and whoever erases one: seen from the desk."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from domain.handlers import HandlerContext
from domain.rights.kinds import Means


@dataclass(frozen=True)
class Note:
    """Words for somebody at an address on file; `key` marks the same note sent again."""

    to: str
    subject: str
    text: str
    key: UUID


class Messenger(Protocol):
    """Brings notes by one means. Never called inside a unit of work."""

    @property
    def means(self) -> Means:
        """How it brings them."""

    async def bring(self, note: Note) -> None:
        """Hand a note over. Raises `Unavailable`; it may then arrive twice."""


@dataclass(frozen=True)
class Erasing:
    """Whom to erase, and for which request: a contact, or somebody's account."""

    request_id: UUID
    contact_id: UUID | None
    user_id: UUID | None


class Eraser(Protocol):
    """Erases what is known of a person, as far as law allows. Never called inside a unit of work.

    It may take long and be asked often: what has begun goes on, what is done stays done.
    """

    async def erase(self, whom: Erasing, context: HandlerContext) -> bool:
        """Whether nothing is left that must go; False while the work goes on."""

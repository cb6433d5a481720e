"""Whoever carries e-mail."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True)
class CalendarPart:
    """An entry for the reader's own calendar (RFC 5546); `method` is `REQUEST` or `CANCEL`."""

    method: str
    text: str


@dataclass(frozen=True)
class Mail:
    """A plain-text letter; the same `message_id` (`local@host`) marks the same letter."""

    to: tuple[str, ...]
    subject: str
    text: str
    message_id: str
    reply_to: str = ""
    """Who answers, if not the sender."""
    unsubscribe: str = ""
    """A link that stops letters like this one by one click (RFC 8058), if anything does."""
    about: str = ""
    """The id of the conversation that it tells of, by which it is found when that is erased."""
    calendar: CalendarPart | None = None


def message_id_of(delivery_id: UUID, copy: str = "") -> str:
    """What a delivery's letter is known by; `copy` tells apart those that one delivery sends.

    A repeated delivery sends the same letter, which mail programs show once.
    """
    return f"{delivery_id}{copy and '.'}{copy}@mail.deskbell"


class Mailer(Protocol):
    """Sends e-mail. Never called inside a unit of work."""

    async def send(self, mail: Mail) -> None:
        """Hand a letter over. Raises `Unavailable`; a letter may then arrive twice."""

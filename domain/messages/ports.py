"""Whoever carries e-mail."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Mail:
    """A plain-text letter; the same `message_id` (`local@host`) marks the same letter."""

    to: tuple[str, ...]
    subject: str
    text: str
    message_id: str
    reply_to: str = ""
    """Who answers, if not the sender."""


class Mailer(Protocol):
    """Sends e-mail. Never called inside a unit of work."""

    async def send(self, mail: Mail) -> None:
        """Hand a letter over. Raises `Unavailable`; a letter may then arrive twice."""

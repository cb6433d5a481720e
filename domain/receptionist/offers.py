"""What others let the receptionist do: how it is known, and how it is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.business.profile import Question
from domain.errors import Conflict
from domain.receptionist.house_rules import Case, HouseRules, Verdict


@dataclass(frozen=True)
class Ability:
    """Something beside its own tools that the receptionist can do in this conversation.

    Part of the briefing, so that a call can be decided again.
    """

    name: str
    """`<plugin>.<tool>`."""
    phrases: tuple[str, ...]
    """What callers say who want it."""
    questions: tuple[Question, ...] = ()
    """What has to be known first."""


@dataclass(frozen=True)
class Situation:
    """What is certain about the conversation in which an ability is used."""

    conversation_id: UUID
    contact_id: UUID | None
    """Who calls, where that is known and proven."""
    written: bool
    at: datetime


class NotNow(Conflict):
    """It may not be used as things stand; the message is what to say."""

    code = "NOT_NOW"


class Abilities(Protocol):
    """Whoever does what abilities promise in one conversation."""

    @property
    def abilities(self) -> Sequence[Ability]:
        """What is on offer."""

    @property
    def house(self) -> HouseRules:
        """What is to be heeded, and asked before a booking."""

    async def screen(self, name: str, case: Case, situation: Situation) -> Verdict:
        """What is decided before a booking. Raises `Unavailable` when that fails."""

    async def use(self, name: str, answers: Mapping[str, str], situation: Situation) -> str:
        """What to say when it is done. Raises `NotNow`, and `Unavailable` when it fails."""

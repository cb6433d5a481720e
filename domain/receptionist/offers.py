"""What others let the receptionist do: how it is known, and how it is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from domain.business.profile import Question
from domain.errors import Conflict
from domain.receptionist.house_rules import Case, HouseRules, Verdict


class Condition(StrEnum):
    """What has to be true for an ability to be used; decided by rules, never by a model."""

    CALLER_PROVEN = "caller_proven"
    """The carrier says who it is, and they are a contact."""
    CONSENT_GIVEN = "consent_given"
    """The caller agrees that what is said is written down."""
    IN_WRITING = "in_writing"
    ON_THE_PHONE = "on_the_phone"
    WITHIN_HOURS = "within_hours"
    """The business is open now."""


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
    conditions: frozenset[Condition] = frozenset()
    """What has to be true, before anything is asked and when it is used."""
    otherwise: str = ""
    """What is said where a condition does not hold."""
    holding: str = ""
    """What is said before it is used, where it takes its time."""
    failing: str = ""
    """What is said when it fails; the catalogue's own words, if empty."""


@dataclass(frozen=True)
class Situation:
    """What is certain about the conversation in which an ability is used."""

    conversation_id: UUID
    contact_id: UUID | None
    """Who calls, where that is known and proven."""
    written: bool
    at: datetime
    kept: bool = False
    """Whether what the caller says may be written down."""


class NotNow(Conflict):
    """It may not be used as things stand; the message is what to say."""

    code = "NOT_NOW"


class AskAgain(Conflict):
    """An answer is not what is needed: the question is to be asked once more."""

    code = "ASK_AGAIN"

    def __init__(self, key: str) -> None:
        super().__init__("The answer is not what is needed")
        self.key = key
        """Of the question."""


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
        """What to say when it is done.

        Raises `NotNow`, `AskAgain`, and `Unavailable` when it fails.
        """

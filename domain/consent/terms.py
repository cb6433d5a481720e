"""The words of consent: what a law asks, what is done about it, and what may then be kept."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Self


class Requirement(IntEnum):
    """What must have happened before a conversation may be kept; more is stricter."""

    NOTHING = 0
    NOTICE = 1
    """Everybody knows, and whoever stays has agreed."""
    EXPRESS = 2
    """Everybody has said yes."""

    @classmethod
    def of(cls, kind: str) -> Self:
        """What the class of a law asks for. Raises `KeyError`."""
        return cls(_ASKED[kind])


# What sources disagree on counts as the stricter of both.
_ASKED = {
    "one_party": Requirement.NOTHING,
    "mixed": Requirement.NOTICE,
    "all_party": Requirement.NOTICE,
    "express": Requirement.EXPRESS,
}


class Method(StrEnum):
    """How the agreement of the other side is obtained.

    A tone alone, which Connecticut would allow, is not among them: it tells nobody what it means.
    """

    NONE = "none"
    STAY_ON_LINE = "stay_on_line"
    VERBAL = "verbal"


class Outcome(StrEnum):
    """What came of asking or telling."""

    GRANTED = "granted"
    DECLINED = "declined"
    UNCLEAR = "unclear"
    """No yes was heard, which counts as a no."""
    WITHDRAWN = "withdrawn"

    @property
    def agrees(self) -> bool:
        """Whether anything may be kept."""
        return self is Outcome.GRANTED


class Manner(StrEnum):
    """How somebody showed what they want."""

    EXPRESS = "express"
    IMPLIED_BY_CONTINUATION = "implied_by_continuation"
    NO_ANSWER = "no_answer"
    NOT_REQUIRED = "not_required"


@dataclass(frozen=True)
class Leg:
    """One side of a call: its number as a hint, or its place where that is known."""

    number: str | None = None
    """E.164; None if it is withheld."""
    place: str | None = None
    """An ISO code (`US-CA`, `DE`) that somebody vouches for."""


@dataclass(frozen=True)
class Choices:
    """What a business wants of its calls; it can be stricter than the law, never laxer."""

    recording: bool = True
    transcript_on_decline: bool = False
    """Whether the words of somebody who refuses to be recorded are written down."""
    always_ask: bool = False
    """Ask for a spoken yes even where telling would do."""
    training: bool = False
    always_tell: bool = True
    """Tell callers that they are recorded even where no law asks for it."""
    clinical: bool = False
    """Whether patients call, who must know that no clinician speaks."""


@dataclass(frozen=True)
class Allowed:
    """What may be done with a conversation. Understanding what is said is always allowed."""

    record: bool = False
    transcribe: bool = False
    train: bool = False


NOTHING = Allowed()


@dataclass(frozen=True)
class Decision:
    """What must be said before a conversation is kept, and what may be kept when."""

    requirement: Requirement
    method: Method
    announcement: str
    """The key of the text that is said first; it always says that this is no person."""
    question: str
    """The key of the text that asks for a yes; empty if none is needed."""
    granted: Allowed
    declined: Allowed
    discloses_ai_by_law: bool = False
    """Whether a law asks to say that this is no person; it is said in any case."""
    clinical: bool = False
    """Whether it must be said again and again that no clinician speaks."""
    rules: tuple[str, ...] = field(default=())
    """References to the rows of law that decided, with their versions."""
    needs_counsel: bool = True

    @property
    def before(self) -> Allowed:
        """What may be kept while nothing was said yet."""
        return self.granted if self.method is Method.NONE else NOTHING

    @property
    def asks(self) -> bool:
        """Whether an answer is waited for."""
        return self.method is Method.VERBAL

    def after(self, outcome: Outcome) -> Allowed:
        """What may be kept once it came to this."""
        return self.granted if outcome.agrees else self.declined

    @property
    def manner(self) -> Manner:
        """How staying on the line without a word counts."""
        return Manner.NOT_REQUIRED if self.method is Method.NONE else Manner.IMPLIED_BY_CONTINUATION


@dataclass(frozen=True)
class Situation:
    """Who is on the line. Without legs nobody knows anything, which asks for a notice."""

    legs: tuple[Leg, ...] = (Leg(),)
    written: bool = False
    """Whether the conversation is held in writing: then there is no sound."""

    def joined_by(self, legs: Iterable[Leg]) -> "Situation":
        """The same with more people on the line."""
        return Situation((*self.legs, *legs), self.written)

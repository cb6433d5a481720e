"""What can happen to the receptionist, and what it can decide to do about it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain.receptionist.state import State


@dataclass(frozen=True)
class Opened:
    """The conversation begins."""

    at: datetime


@dataclass(frozen=True)
class Announced:
    """The caller has heard what must be said before anything is kept."""

    at: datetime


@dataclass(frozen=True)
class Heard:
    """The caller said or wrote something, at an instant (UTC)."""

    text: str
    at: datetime


@dataclass(frozen=True)
class Keyed:
    """The caller pressed keys."""

    digits: str
    at: datetime


@dataclass(frozen=True)
class Silent:
    """The caller has said nothing for a while, for the nth time in a row."""

    times: int
    at: datetime


@dataclass(frozen=True)
class Stalled:
    """An answer is overdue, for the nth time."""

    attempt: int
    at: datetime


@dataclass(frozen=True)
class ToolAnswered:
    """A tool has done its work, or says by a code why not; `events` are what it caused."""

    tool: str
    at: datetime
    result: dict[str, Any] = field(default_factory=dict)
    error: str | None = None
    events: tuple[str, ...] = ()


Event = Opened | Announced | Heard | Keyed | Silent | Stalled | ToolAnswered


@dataclass(frozen=True)
class Utter:
    """Say a text of the catalogue with its places filled."""

    key: str
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Quote:
    """Say something of the business's own, word for word; `source` is the knowledge item."""

    text: str
    source: str


@dataclass(frozen=True)
class UseTool:
    """Ask for something to be done or looked up; arguments are JSON."""

    tool: str
    arguments: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class PutThrough:
    """Hand the caller to a listed person; the transfer has been requested."""

    transfer_id: str
    number: str
    label: str


@dataclass(frozen=True)
class Finish:
    """Say goodbye first, then end."""


Move = Utter | Quote | UseTool | PutThrough | Finish


@dataclass(frozen=True)
class Decision:
    """The state after an event, and what to do, in order."""

    state: State
    moves: tuple[Move, ...] = ()

    @classmethod
    def done(cls, state: State, *moves: Move) -> "Decision":
        """Something was done or said: ask whether there is anything else."""
        return cls(state.free(), (*moves, Utter("anything_else")))

"""What an event webhook says of one leg of a call."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from integrations.vonage.events import COMPLETED, LOST


@dataclass(frozen=True)
class LegReport:
    """One status of one leg; `line` and `call` name the caller's, whichever leg it is."""

    status: str
    conversation: str
    line: str
    call: str
    transfer: UUID | None
    callers_own: bool

    @classmethod
    def read(cls, asked: Mapping[str, str], details: Mapping[str, Any]) -> Self:
        """Read what our own address named, or else what the carrier says of the caller's leg."""
        leg = str(details.get("uuid") or "")
        call = asked.get("call") or leg
        return cls(
            status=str(details.get("status") or ""),
            conversation=str(details.get("conversation_uuid")),
            line=digits(asked.get("line") or details.get("to")),
            call=call,
            transfer=_transfer(asked.get("transfer", "")),
            callers_own=call == leg,
        )

    @property
    def matters(self) -> bool:
        """Whether anything follows from it."""
        return self.transfer is not None or self.ends_the_call or self.status in LOST

    @property
    def ends_the_call(self) -> bool:
        """Whether the caller has left."""
        return self.status == COMPLETED and self.callers_own


def digits(number: object) -> str:
    """A telephone number as the carrier writes it."""
    return str(number or "").lstrip("+")


def _transfer(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

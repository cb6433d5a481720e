"""What the gateway asks of whoever knows the staff's telephones."""

from typing import Protocol
from uuid import UUID

from api.voice.dialogue import Call, Line
from domain.handling import Step
from domain.transfers.rules import News


class Handling(Protocol):
    """Decides who takes a call, and follows those who are put through."""

    async def begin(self, call: Call) -> Step:
        """A call comes in at a business whose staff answers first."""

    async def stand_in(self, call: Call) -> Step:
        """A call comes in, or comes back, and no receptionist is free."""

    async def recall(self, line: Line, call_id: str) -> Call | None:
        """A call that has rung, as it was then."""

    async def hear(self, call: Call, transfer: UUID, news: News) -> Step:
        """What the carrier reports of a telephone that rings. Raises `NotFound`."""

    async def refused(self, call: Call, transfer: UUID) -> None:
        """The carrier would not ring; raises nothing, for the caller is on the line."""

    async def over(self, line: Line, call_id: str) -> None:
        """The caller's line is closed; calls that never rang with us are no error."""

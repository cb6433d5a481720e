"""The ways out of a call, so that the caller is never left on a dead line."""

import asyncio
import logging
from urllib.parse import urlencode
from uuid import UUID

from api.voice.dependencies import VoiceDependencies
from api.voice.dialogue import Call, Line
from domain.conversations.acts import Disposition, Transfer
from domain.errors import DomainError
from integrations.vonage.ncco import Ncco, forward, voicemail

log = logging.getLogger(__name__)


def rescue(line: Line, event_url: str) -> Ncco:
    """Instructions for a caller whom no receptionist can serve."""
    if line.forward_to:
        return forward(line.forward_to, number=line.number, event_url=event_url)
    return voicemail(line.voicemail_text, event_url=event_url)


class Exits:
    """Ends one call; the first exit counts."""

    __slots__ = ("_call", "_deps", "disposition", "left")

    def __init__(self, deps: VoiceDependencies, call: Call) -> None:
        self._deps = deps
        self._call = call
        self.disposition: Disposition | None = None
        self.left = asyncio.Event()

    async def hang_up(self, disposition: Disposition) -> None:
        """End the call; without the carrier's help, closing the websocket ends it too."""
        await self._leave(disposition, settled=True)
        try:
            await self._deps.control.hang_up(self._call.id, region_url=self._call.region_url)
        except DomainError:
            log.warning("call %s could not be hung up", self._call.id)

    async def transfer(self, transfer: Transfer) -> None:
        """Ring a person; an event asks who is next when nobody answers. Raises `DomainError`."""
        url = event_url(self._deps, self._call, transfer.id)
        # Whoever answers has not been told that anything is kept.
        self._call.consent.join()
        try:
            number = self._call.line.number
            await self._instruct(forward(transfer.target, number=number, event_url=url))
        except DomainError:
            self._call.consent.told()
            await self._deps.handling.refused(self._call, transfer.id)
            raise
        await self._leave(Disposition.TRANSFERRED, settled=True)

    async def rescue(self, disposition: Disposition) -> None:
        """Hand the caller to the carrier's voicemail, or to the phone that stands in for us."""
        try:
            await self._instruct(rescue(self._call.line, event_url(self._deps, self._call)))
            await self._leave(disposition, settled=True)
        except DomainError:
            # Losing the websocket makes the carrier ask for instructions, with the same result.
            await self._leave(disposition, settled=False)

    async def _instruct(self, ncco: Ncco) -> None:
        await self._deps.control.instruct(self._call.id, ncco, region_url=self._call.region_url)

    async def _leave(self, disposition: Disposition, *, settled: bool) -> None:
        if self.disposition is None:
            self.disposition = disposition
        self.left.set()
        if settled:
            # The websocket may close, and end us, before this is noted.
            await asyncio.shield(self._deps.switchboard.settle(self._call.conversation))


def event_url(deps: VoiceDependencies, call: Call, transfer: UUID | None = None) -> str:
    """Where the carrier reports of a leg of this call, and asks what to do next.

    Of the leg itself it only says whom it rang, which need not be a number of ours.
    """
    named = {"line": call.line.number, "call": call.id}
    if transfer is not None:
        named["transfer"] = str(transfer)
    return f"{deps.settings.public_url}/voice/event?{urlencode(named)}"

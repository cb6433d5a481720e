"""What the carrier is told to do with a call."""

import logging

from api.voice.dependencies import VoiceDependencies
from api.voice.dialogue import Call
from api.voice.exits import event_url, rescue
from domain.errors import Unavailable
from domain.handling import Ring, Step, Turn
from domain.texts import catalogue
from integrations.vonage.ncco import MediaLeg, Ncco, announce, connect_media, forward, voicemail

log = logging.getLogger(__name__)


class Instructions:
    """Turns a decision into instructions; a receptionist who is not free is replaced."""

    def __init__(self, deps: VoiceDependencies) -> None:
        self._deps = deps

    async def carry_out(self, call: Call, step: Step) -> Ncco:
        """Instructions for this step."""
        match step:
            case Ring():
                return self._ring(call, step)
            case Turn.RECEPTIONIST:
                return await self._receptionist(call)
            case Turn.VOICEMAIL:
                url = event_url(self._deps, call)
                return voicemail(call.line.voicemail_text, event_url=url)
            case Turn.REFUSED:
                return announce(catalogue(call.line.language).say("blocked"))
            case Turn.NOBODY:
                return []

    async def without_receptionist(self, call: Call) -> Ncco:
        """Somebody of the staff, or the voicemail, even if nothing can be put on record."""
        try:
            if call.id:
                return await self.carry_out(call, await self._deps.handling.stand_in(call))
        except Exception:
            log.exception("nobody could be found to stand in on call %s", call.id)
        # If the stand-in phone does not answer either, the voicemail is next.
        await self._deps.switchboard.settle(call.conversation)
        return rescue(call.line, event_url(self._deps, call))

    async def _receptionist(self, call: Call) -> Ncco:
        if not (call.id and await self._admitted(call)):
            return await self.without_receptionist(call)
        return connect_media(
            MediaLeg(
                uri=f"{self._deps.settings.media_url}/voice/socket",
                sample_rate=call.line.sample_rate,
                number=call.line.number,
                event_url=event_url(self._deps, call),
                headers={"token": self._deps.tokens.issue(call)},
            )
        )

    async def _admitted(self, call: Call) -> bool:
        try:
            return await self._deps.switchboard.admit(call)
        except Unavailable:
            log.warning("call %s was sent elsewhere: nobody knows who is on the line", call.id)
            return False

    def _ring(self, call: Call, ring: Ring) -> Ncco:
        texts = catalogue(call.line.language)
        announcement = texts.say("trying_next", target=ring.label) if ring.announced else ""
        return forward(
            ring.number,
            number=call.line.number,
            event_url=event_url(self._deps, call, ring.transfer_id),
            announcement=announcement,
            seconds=ring.seconds,
        )

"""The telephone line: finds the business, begins the conversation, follows the call."""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from uuid import UUID

from api.reception import Reception, Welcome
from api.voice.dialogue import Call, Dialogue, Line
from deskbell.arrivals import CARRIER, arrival_of, ringing_of
from domain import calls, handling
from domain.business import versions
from domain.consent.terms import Outcome
from domain.contacts.models import NumberList
from domain.conversations.acts import Act, Disposition, End, Say
from domain.handling import rules
from domain.phone_numbers import tenant_of_number
from domain.receptionist.conversation import Conversation
from domain.receptionist.ports import Transcript
from domain.recordings import Take
from domain.recordings.ports import ObjectStore
from domain.recordings.sink import SealedSink
from domain.texts import catalogue
from domain.work import UnitsOfWork
from tenants.service import job_scope

log = logging.getLogger(__name__)

# Carriers offer both; telephones do not carry more than 8 kHz, but recognisers like 16.
SAMPLE_RATE = 16000
# Seconds; several fit into the time after which a call is given up.
SIGN_OF_LIFE = 30.0


@dataclass(frozen=True)
class LiveCall:
    """A call that was answered: its conversation and its row."""

    welcome: Welcome
    call_id: UUID


@dataclass
class PhoneDesk:
    """Implements what the voice gateway asks of the rest: lines, conversations, recordings."""

    unit_of_work: UnitsOfWork
    reception: Reception
    store: ObjectStore
    _live: dict[str, LiveCall] = field(default_factory=dict)
    _vouching: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def find(self, number: str) -> Line | None:
        """The line with this number, by digits only."""
        route = await tenant_of_number(f"+{number}")
        if route is None:
            return None
        scope = await job_scope(route.tenant_id, "phone")
        async with self.unit_of_work(scope, read_only=True) as uow:
            profile, now = await versions.profile(uow), uow.now
        texts = catalogue(profile.locale)
        targets = rules.reachable_targets(profile, now)
        return Line(
            tenant_id=route.tenant_id,
            number=number,
            language=profile.locale,
            voice=profile.rules.voice,
            sample_rate=SAMPLE_RATE,
            rings_staff=rules.staff_first(profile, now),
            forward_to=targets[0].number.lstrip("+") if targets else "",
            voicemail_text=texts.say("voicemail", business=profile.name),
        )

    async def converse(self, call: Call) -> Dialogue:
        """Begin the conversation of a call, or go on with one for which the staff was rung."""
        arrival = arrival_of(call)
        begun = await self._conversation_of(call)
        welcome = await (
            self.reception.resume(arrival, begun) if begun else self.reception.welcome(arrival)
        )
        ringing = await ringing_of(call, welcome.conversation.id, welcome.treatment)
        async with self.unit_of_work(welcome.scope) as uow:
            row = await calls.ring(uow, ringing)
            await calls.answer(uow, row.id)
            await calls.go_on(uow, row.id)
        guard(call, welcome.conversation)
        live = self._live[call.id] = LiveCall(welcome, row.id)
        return PhoneDialogue(self, call, live)

    async def _conversation_of(self, call: Call) -> UUID | None:
        scope = await job_scope(call.line.tenant_id, "phone")
        async with self.unit_of_work(scope, read_only=True) as uow:
            row = await calls.find(uow, CARRIER, call.id)
        return row.conversation_id if row else None

    def recordings(self, call: Call) -> SealedSink:
        """Where the sound of a call goes."""
        live = self._live[call.id]
        take = Take(live.call_id, live.welcome.conversation.id, call.line.sample_rate)
        return SealedSink(self.unit_of_work, live.welcome.scope, self.store, take)

    async def attend(self) -> None:
        """Say again and again which calls go on, until cancelled: others are given up."""
        while True:
            await asyncio.sleep(SIGN_OF_LIFE)
            for live in list(self._live.values()):
                await self._vouch_for(live)

    async def _vouch_for(self, live: LiveCall) -> None:
        try:
            async with self._vouching, self.unit_of_work(live.welcome.scope) as uow:
                if live in self._live.values():
                    await calls.go_on(uow, live.call_id)
        except Exception as fault:
            # What cannot be said now is said in half a minute.
            log.warning("call %s: no sign of life: %s", live.call_id, type(fault).__name__)

    async def hang_up(self, call: Call, disposition: Disposition) -> None:
        """The line is closed."""
        live = self._live.pop(call.id)
        async with self.unit_of_work(live.welcome.scope) as uow:
            await calls.end(uow, live.call_id, disposition)

    async def hand_over(self, call: Call) -> None:
        """The caller is put through, and the carrier leads the call to its end."""
        live = self._live.pop(call.id)
        # A sign of life that is being written must not outlast our leaving.
        async with self._vouching, self.unit_of_work(live.welcome.scope) as uow:
            await handling.hand_over(uow, live.call_id)


def guard(call: Call, conversation: Conversation) -> None:
    """Let the gate of a call open and close as the conversation decides."""
    gate, consent = call.consent, conversation.briefing.consent
    gate.arm(asks=consent.asks, records=consent.granted.record)

    def settle(outcome: Outcome) -> None:
        if outcome.agrees:
            gate.grant()
        else:
            gate.decline(may_listen=True)

    conversation.on_settled = settle


class PhoneDialogue:
    """The receptionist's conversation, with the beginning and end of a telephone call."""

    def __init__(self, desk: PhoneDesk, call: Call, live: LiveCall) -> None:
        self._desk = desk
        self._call = call
        self._conversation = live.welcome.conversation
        self.hints = live.welcome.hints
        self._blocked = live.welcome.treatment is NumberList.BLOCK

    async def open(self) -> AsyncIterator[Act]:
        """Greet, or say that this number is not served."""
        if self._blocked:
            yield Say(self._conversation.briefing.texts.say("blocked"), interruptible=False)
            yield End(Disposition.COMPLETED)
            return
        async for act in self._conversation.open():
            yield act

    def announced(self, *, offset_ms: int) -> None:
        """Note that the caller has heard what must be said."""
        self._conversation.announced(offset_ms=offset_ms)

    def hear(self, transcript: Transcript, *, offset_ms: int) -> AsyncIterator[Act]:
        """Answer a turn."""
        return self._conversation.hear(transcript, offset_ms=offset_ms)

    def keyed(self, digits: str) -> AsyncIterator[Act]:
        """Answer pressed keys."""
        return self._conversation.keyed(digits)

    def silent(self, times: int) -> AsyncIterator[Act]:
        """Answer silence."""
        return self._conversation.silent(times)

    def stalled(self, attempt: int) -> AsyncIterator[Act]:
        """Go on without what does not answer."""
        return self._conversation.stalled(attempt)

    async def heard(self, spoken: str) -> None:
        """Note how much of the last reply was heard."""
        await self._conversation.heard(spoken)

    async def heard_out(self) -> None:
        """Let what was said be stored."""
        await self._conversation.heard_out()

    async def close(self, disposition: Disposition) -> None:
        """Store what was said, then end the conversation and the call, unless others lead it on."""
        if disposition is Disposition.TRANSFERRED:
            await self._conversation.leave()
            await self._desk.hand_over(self._call)
            return
        await self._conversation.close(disposition)
        await self._desk.hang_up(self._call, disposition)

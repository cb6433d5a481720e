"""Our gateway as it is deployed: only its ears, its voice and its mind are stubs.

Calls have their rows, every turn is sealed and stored by the journal, and the recorder seals stereo
sound into the local store.
"""

import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any
from uuid import UUID

import uvicorn
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route

from api.reception import Arrival, Welcome
from api.voice.admission import Machine, Switchboard
from api.voice.clips import ENGLISH, Clips
from api.voice.dependencies import VoiceDependencies
from api.voice.dialogue import Call, Dialogue, Line
from api.voice.routes import voice_routes
from api.voice.settings import VoiceSettings
from api.voice.token import CallTokens
from bench.voice.script import ANSWER, RATE, opening
from bench.voice.servers.stubs import StubEars, StubVoice
from deskbell.bootstrap import Wiring
from deskbell.deployment import find
from deskbell.front_desk import FrontDesk
from deskbell.media import NoCarrier, spare_the_collector
from deskbell.settings import Settings
from domain import calls, conversations
from domain.calls import Ringing
from domain.conversations import Said
from domain.conversations.acts import Act, Disposition, Say
from domain.conversations.models import Channel, Speaker
from domain.encryption import KEY_BYTES, DataKey
from domain.receptionist.journal import Journal
from domain.receptionist.ports import Transcript
from domain.recordings import Take
from domain.recordings.sink import SealedSink
from integrations.picows import PicowsProtocol
from integrations.redis_board import BoardInRedis
from integrations.redis_once import SeenOnceInRedis
from integrations.silero_vad import SileroVad
from integrations.vonage.signature import WebhookSignature

SECRET = "the bench signs its calls with this"
# More than any core carries; the ramp finds the limit, not the switchboard.
SLOTS = 2048
# About as much as a decision leaves behind for replay.
EVIDENCE = {"steps": [{"event": "heard", "state": "x" * 1500}]}


@dataclass
class StubMind:
    """Answers every question alike, and stores both sides of every turn."""

    desk: "BenchDesk"
    welcome: Welcome
    call_id: UUID
    journal: Journal
    hints: tuple[str, ...] = ()
    _positions: Any = field(default_factory=count)

    async def open(self) -> AsyncIterator[Act]:
        """Greet; recording begins when the caller has heard it."""
        yield Say(ANSWER, interruptible=False, announces=True)
        self._note(Speaker.RECEPTIONIST, ANSWER, 0, EVIDENCE)

    async def hear(self, transcript: Transcript, *, offset_ms: int) -> AsyncIterator[Act]:
        """Answer."""
        yield Say(ANSWER)
        # Both at once, as the real mind does: one transaction a turn.
        self._note(Speaker.CALLER, transcript.text, offset_ms)
        self._note(Speaker.RECEPTIONIST, ANSWER, offset_ms, EVIDENCE)

    async def keyed(self, digits: str) -> AsyncIterator[Act]:
        """Answer keys."""
        yield Say(ANSWER)

    async def silent(self, times: int) -> AsyncIterator[Act]:
        """Answer silence."""
        yield Say(ANSWER)

    async def stalled(self, attempt: int) -> AsyncIterator[Act]:
        """Answer a stall."""
        yield Say(ANSWER)

    async def heard(self, spoken: str) -> None:
        """Nothing depends on it here."""

    async def heard_out(self) -> None:
        """Nor on this."""

    async def close(self, disposition: Disposition) -> None:
        """Store what was said, and end the call."""
        await self.journal.flush()
        async with self.desk.wiring.unit_of_work(self.welcome.scope) as uow:
            await conversations.end(uow, self.welcome.conversation.id, disposition)
            await calls.end(uow, self.call_id, disposition)

    def _note(
        self, speaker: Speaker, text: str, offset_ms: int, evidence: dict[str, Any] | None = None
    ) -> None:
        now = self.desk.wiring.clock.now()
        position = next(self._positions)
        self.journal.note(Said(position, speaker, text, now, offset_ms, evidence=evidence))


@dataclass
class BenchDesk:
    """Opens the rows of a call as the telephone desk does, with a stub for a mind."""

    wiring: Wiring
    line: Line
    _minds: dict[str, StubMind] = field(default_factory=dict)

    async def find(self, number: str) -> Line | None:
        """The only line."""
        return self.line

    async def converse(self, call: Call) -> Dialogue:
        """Begin the conversation of a call."""
        wiring = self.wiring
        arrival = Arrival(call.line.tenant_id, Channel.VOICE, f"+{call.caller}")
        welcome = await wiring.reception.welcome(arrival)
        conversation_id = welcome.conversation.id
        ringing = Ringing(conversation_id, "bench", call.id, f"+{call.caller}")
        async with wiring.unit_of_work(welcome.scope) as uow:
            row = await calls.ring(uow, ringing)
            await calls.answer(uow, row.id)
        told = partial(wiring.herald.turns_added, call.line.tenant_id)
        journal = Journal(wiring.unit_of_work, welcome.scope, conversation_id, told)
        mind = self._minds[call.id] = StubMind(self, welcome, row.id, journal)
        return mind

    def recordings(self, call: Call) -> SealedSink:
        """Where the sound of a call goes."""
        mind = self._minds[call.id]
        take = Take(mind.call_id, mind.welcome.conversation.id, call.line.sample_rate)
        wiring = self.wiring
        return SealedSink(wiring.unit_of_work, mind.welcome.scope, wiring.store, take)


@dataclass
class Caller:
    """Admits calls as the answer webhook does, many at a time."""

    deps: VoiceDependencies
    line: Line
    _numbers: Any = field(default_factory=lambda: count(12125550000))

    async def openings(self, request: Request) -> PlainTextResponse:
        """One first message per line, each good for one call."""
        wanted = int(request.query_params["calls"])
        openings = [await self._admit() for _ in range(wanted)]
        return PlainTextResponse("".join(f"{each}\n" for each in openings))

    async def _admit(self) -> str:
        number = next(self._numbers)
        call = Call(f"bench-{os.getpid()}-{number}", self.line, f"CON-{number}", str(number))
        assert await self.deps.switchboard.admit(call)
        return opening(self.deps.tokens.issue(call))


def dependencies(wiring: Wiring, desk: BenchDesk) -> VoiceDependencies:
    """The gateway's collaborators: ours, but for speech."""
    seen, clock = SeenOnceInRedis(wiring.redis), wiring.clock
    return VoiceDependencies(
        settings=VoiceSettings(
            public_url="http://127.0.0.1",
            media_url="ws://127.0.0.1",
            token_secret=SecretStr(SECRET),
        ),
        clock=clock,
        ears=StubEars(),
        voice=StubVoice(),
        vad=SileroVad(slots=SLOTS),
        lines=desk,
        handling=FrontDesk(wiring.unit_of_work, wiring.reception),
        converse=desk.converse,
        recordings=desk.recordings,
        control=NoCarrier(),
        webhooks=WebhookSignature(SECRET, seen=seen, clock=clock),
        tokens=CallTokens(SECRET, seen=seen, clock=clock),
        switchboard=Switchboard(
            BoardInRedis(wiring.redis),
            Machine(f"bench-{os.getpid()}", SLOTS),
            DataKey(os.urandom(KEY_BYTES)),
        ),
        clips=Clips(ENGLISH, {}),
    )


def build() -> Starlette:
    """The application."""
    wiring = Wiring.build(find(Settings(_env_file=None)))
    line = Line(UUID(os.environ["BENCH_TENANT"]), "12125550100", sample_rate=RATE)
    desk = BenchDesk(wiring, line)
    deps = dependencies(wiring, desk)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await wiring.connect()
        spare_the_collector()
        yield
        await wiring.close()

    openings = Route("/openings", Caller(deps, line).openings)
    return Starlette(routes=[openings, Mount("", routes=voice_routes(deps))], lifespan=lifespan)


if __name__ == "__main__":
    # As `deskbell serve --media` does.
    uvicorn.run(
        build(),
        port=int(sys.argv[1]),
        log_level="warning",
        loop="uvloop",
        ws=PicowsProtocol,
        ws_per_message_deflate=False,
        ws_max_size=64 * 1024,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=10,
    )

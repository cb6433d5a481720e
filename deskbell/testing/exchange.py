"""A telephone exchange in one process: the real gateway on a real socket, and a carrier for it."""

import secrets
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from pydantic import SecretStr
from starlette.applications import Starlette

from api.voice.admission import Machine, Switchboard
from api.voice.clips import ENGLISH, Clips
from api.voice.dependencies import VoiceDependencies
from api.voice.dialogue import Call, Dialogue, Line
from api.voice.gates import Redactor
from api.voice.handling import Handling
from api.voice.routes import voice_routes
from api.voice.settings import VoiceSettings
from api.voice.token import CallTokens
from api.voice.watchdogs import Limits
from deskbell.testing.board import RememberedBoard, RememberedOnce
from deskbell.testing.serving import free_port, serving
from domain.clock import Clock
from domain.encryption import DataKey
from domain.errors import Unavailable
from domain.handling import Step
from domain.receptionist.ports import SpeechToText, TextToSpeech
from domain.transfers.rules import News
from integrations.picows import PicowsProtocol
from integrations.silero_vad import SileroVad
from integrations.vonage.fake import FakeCarrier, Replaced
from integrations.vonage.ncco import Ncco
from integrations.vonage.signature import SeenOnce, WebhookSignature

# Twenty times faster than life: turns are counted in audio, so they happen all the same.
PACE = 0.001


@dataclass
class MemorySink:
    """Keeps a recording in memory."""

    chunks: list[bytes] = field(default_factory=list)
    finished: bool = False
    abandoned: str = ""
    failing: bool = False

    async def write(self, chunk: bytes) -> None:
        """Keep the next chunk."""
        if self.failing:
            raise OSError("disk full")
        self.chunks.append(chunk)

    async def finish(self) -> None:
        """The recording is complete."""
        self.finished = True

    async def abandon(self, reason: str) -> None:
        """There is none."""
        self.abandoned = reason


@dataclass
class RecordedControl:
    """Call control that remembers; exceptions are raised first."""

    commands: list[tuple[str, Ncco]] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)
    _running: dict[str, Replaced] = field(default_factory=dict)

    def begin(self, leg: str, replaced: Replaced) -> None:
        """A call is running."""
        self._running[leg] = replaced

    async def hang_up(self, leg: str, *, region_url: str = "") -> None:
        """End it."""
        self._take(leg, "hangup", [])

    async def instruct(self, leg: str, ncco: Ncco, *, region_url: str = "") -> None:
        """Let it do something else."""
        self._take(leg, str(ncco[-1]["action"]), ncco)

    def _take(self, leg: str, command: str, ncco: Ncco) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.commands.append((command, ncco))
        if leg in self._running:
            self._running[leg].by(ncco)


@dataclass
class OneLine:
    """A directory with one line."""

    line: Line

    async def find(self, number: str) -> Line | None:
        """The line, by its number."""
        return self.line if number == self.line.number else None


class NobodyElse:
    """A business in which only the receptionist takes calls."""

    async def begin(self, call: Call) -> Step:
        """There is no staff to be rung first."""
        raise Unavailable("nobody else is here")

    async def stand_in(self, call: Call) -> Step:
        """There is nobody to stand in."""
        raise Unavailable("nobody else is here")

    async def recall(self, line: Line, call_id: str) -> Call | None:
        """No call is remembered: whoever is rung, the carrier goes on by itself."""
        return None

    async def hear(self, call: Call, transfer: UUID, news: News) -> Step:
        """There is nobody to ring next."""
        raise Unavailable("nobody else is here")

    async def refused(self, call: Call, transfer: UUID) -> None:
        """Nothing was asked of the carrier."""

    async def over(self, line: Line, call_id: str) -> None:
        """Nothing is kept of a call."""


@dataclass
class Exchange(ABC):
    """A whole gateway; say who hears, who speaks and who answers, then `open` it."""

    line: Line
    ears: SpeechToText
    voice: TextToSpeech
    clock: Clock
    sink: MemorySink = field(default_factory=MemorySink)
    control: RecordedControl = field(default_factory=RecordedControl)
    handling: Handling = field(default_factory=NobodyElse)
    limits: Limits = field(default_factory=Limits)
    max_calls: int = 2
    notices: list[str] = field(default_factory=list)
    redactor: Redactor | None = None
    seen: SeenOnce = field(default_factory=RememberedOnce)
    secret: str = field(default_factory=secrets.token_hex)
    websockets: Any = PicowsProtocol
    board: RememberedBoard = field(init=False)
    deps: VoiceDependencies = field(init=False)

    @abstractmethod
    async def converse(self, call: Call) -> Dialogue:
        """Begin the conversation of a call."""

    @asynccontextmanager
    async def open(self) -> AsyncIterator[FakeCarrier]:
        """Serve the gateway; gives a carrier that calls it."""
        listener = free_port()
        port = listener.getsockname()[1]
        self.deps = self.dependencies(port)
        app = Starlette(routes=voice_routes(self.deps))
        async with serving(app, listener, websockets=self.websockets):
            url = f"http://127.0.0.1:{port}/voice"
            yield FakeCarrier(
                f"{url}/answer",
                self.secret,
                self.clock,
                control=self.control,
                pace=PACE,
                event_url=f"{url}/event",
            )

    def dependencies(self, port: int) -> VoiceDependencies:
        """The gateway's collaborators, on this port."""
        return VoiceDependencies(
            settings=VoiceSettings(
                public_url=f"http://127.0.0.1:{port}",
                media_url=f"ws://127.0.0.1:{port}",
                token_secret=SecretStr(self.secret),
            ),
            clock=self.clock,
            ears=self.ears,
            voice=self.voice,
            vad=SileroVad(slots=8),
            lines=OneLine(self.line),
            handling=self.handling,
            converse=self.converse,
            recordings=lambda call: self.sink,
            control=self.control,
            webhooks=WebhookSignature(self.secret, seen=self.seen, clock=self.clock),
            tokens=CallTokens(self.secret, seen=self.seen, clock=self.clock),
            switchboard=self.switchboard(),
            clips=Clips(ENGLISH, {}),
            limits=self.limits,
            redactor=self.redactor,
            notice=lambda call, what: self.notices.append(what),
        )

    def switchboard(self) -> Switchboard:
        """A switchboard on a board of its own."""
        self.board = RememberedBoard(self.clock)
        key = DataKey(self.secret.encode()[:32])
        return Switchboard(self.board, Machine("here", self.max_calls), key)

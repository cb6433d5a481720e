"""Counterparts of the voice gateway: ears, a voice, a dialogue and a sink that remember."""

import asyncio
import math
import wave
from array import array
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from api.voice.dialogue import Call, Dialogue, Line
from api.voice.watchdogs import Limits
from deskbell.testing.exchange import Exchange
from domain.clock import Clock, SystemClock
from domain.conversations.acts import Act, Disposition, Say
from domain.errors import Unavailable
from domain.handling import Step, Turn
from domain.receptionist.ports import Transcript
from domain.transfers.rules import News
from integrations.vonage.fake import FinishedCall
from integrations.vonage.fake import Step as ScriptStep

SECRET = "a signature secret of thirty-two bytes"
NUMBER = "15559876"
TENANT = UUID("0197f000-0000-7000-8000-000000000001")
CLIPS = Path(__file__).parents[1] / "data" / "voice"


def spoken(name: str, rate: int = 16000) -> bytes:
    """A clip of speech as PCM."""
    with wave.open(str(CLIPS / f"{name}.wav")) as clip:
        samples = array("h", clip.readframes(clip.getnframes()))
    return samples[:: 16000 // rate].tobytes()


def sine(ms: int, rate: int) -> bytes:
    """A tone that counts as the receptionist's voice."""
    count = rate * ms // 1000
    return array("h", [int(5000 * math.sin(at / 3)) for at in range(count)]).tobytes()


@dataclass
class ScriptedEars:
    """Recognises, turn by turn, what the script says; an exception in it is raised."""

    script: list[str | Exception] = field(default_factory=list)
    interim: str = ""
    turns: list[bytes] = field(default_factory=list)
    cues: list[str] = field(default_factory=list)
    delay: asyncio.Event | None = None
    """When set, a commit waits for it."""
    rate: int = 0
    hints: Sequence[str] = ()

    def open(
        self,
        *,
        sample_rate: int,
        language: str,
        hints: Sequence[str] = (),
        on_interim: Callable[[str], None] | None = None,
    ) -> "ScriptedEars.Stream":
        self.rate, self.hints = sample_rate, hints
        return ScriptedEars.Stream(self, on_interim)

    class Stream:
        def __init__(self, ears: "ScriptedEars", on_interim: Callable[[str], None] | None) -> None:
            self._ears = ears
            self._on_interim = on_interim
            self._audio = bytearray()

        def push(self, pcm: bytes) -> None:
            self._audio += pcm
            if self._on_interim and self._ears.interim:
                self._on_interim(self._ears.interim)

        def pause(self) -> None:
            self._ears.cues.append("pause")

        def resume(self) -> None:
            self._ears.cues.append("resume")

        def discard(self) -> None:
            self._audio.clear()

        async def commit(self) -> Transcript:
            self._ears.turns.append(bytes(self._audio))
            self._audio.clear()
            if self._ears.delay:
                await self._ears.delay.wait()
            result = self._ears.script.pop(0) if self._ears.script else "something"
            if isinstance(result, Exception):
                raise result
            return Transcript(result)

        async def close(self) -> None:
            self._ears.cues.append("close")


@dataclass
class ToneVoice:
    """Speaks 30 ms of tone per character, in uneven pieces."""

    said: list[str] = field(default_factory=list)
    failing: bool = False

    async def stream(
        self, text: str, *, voice: str, language: str, sample_rate: int
    ) -> AsyncIterator[bytes]:
        if self.failing:
            raise Unavailable("the voice is down")
        self.said.append(text)
        pcm = sine(30 * len(text), sample_rate)
        for at in range(0, len(pcm), 1998):
            yield pcm[at : at + 1998]


Script = Callable[[], AsyncIterator[Act]]


@dataclass
class ScriptedDialogue:
    """Answers with what it was given; an exception among the acts is raised."""

    greeting: Sequence[Act | Exception] = (Say("Hello there"),)
    hints: Sequence[str] = ()
    answers: list[Sequence[Act | Exception]] = field(default_factory=list)
    key_answer: Sequence[Act] = (Say("Thank you for the digits"),)
    silence: Sequence[Act] = (Say("Are you still there"),)
    floor: Sequence[Act | Exception] = (Say("Please leave a message"),)
    hold: asyncio.Event | None = None
    """When set, answers wait for it."""
    heard_turns: list[str] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    silences: list[int] = field(default_factory=list)
    stalls: list[int] = field(default_factory=list)
    spoken: list[str] = field(default_factory=list)
    heard_outs: list[int] = field(default_factory=list)
    """How many turns had been heard when a reply came to its end."""
    disposition: Disposition | None = None
    closed: asyncio.Event = field(default_factory=asyncio.Event)

    async def open(self) -> AsyncIterator[Act]:
        async for act in _acts(self.greeting):
            yield act

    def announced(self, *, offset_ms: int) -> None:
        """A script has nothing to prove."""

    async def hear(self, transcript: Transcript, *, offset_ms: int) -> AsyncIterator[Act]:
        self.heard_turns.append(transcript.text)
        self.offsets.append(offset_ms)
        if self.hold:
            await self.hold.wait()
        async for act in _acts(self.answers.pop(0) if self.answers else (Say("I see, thanks"),)):
            yield act

    async def keyed(self, digits: str) -> AsyncIterator[Act]:
        self.keys.append(digits)
        async for act in _acts(self.key_answer):
            yield act

    async def silent(self, times: int) -> AsyncIterator[Act]:
        self.silences.append(times)
        async for act in _acts(self.silence):
            yield act

    async def stalled(self, attempt: int) -> AsyncIterator[Act]:
        self.stalls.append(attempt)
        async for act in _acts(self.floor):
            yield act

    async def heard(self, spoken: str) -> None:
        self.spoken.append(spoken)

    async def heard_out(self) -> None:
        self.heard_outs.append(len(self.heard_turns))

    async def close(self, disposition: Disposition) -> None:
        self.disposition = disposition
        self.closed.set()


async def _acts(script: Sequence[Act | Exception]) -> AsyncIterator[Act]:
    for act in script:
        if isinstance(act, Exception):
            raise act
        yield act


@dataclass
class ScriptedHandling:
    """Decides what the script says, and remembers what it was told; at its end nothing works."""

    steps: list[Step] = field(default_factory=list)
    calls: dict[str, Call] = field(default_factory=dict)
    heard: list[tuple[UUID, News]] = field(default_factory=list)
    refusals: list[UUID] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)

    async def begin(self, call: Call) -> Step:
        return self._next(call)

    async def stand_in(self, call: Call) -> Step:
        return self._next(call)

    async def recall(self, line: Line, call_id: str) -> Call | None:
        return self.calls.get(call_id)

    async def hear(self, call: Call, transfer: UUID, news: News) -> Step:
        self.heard.append((transfer, news))
        return self._next(call) if news in (News.UNTAKEN, News.FAILED) else Turn.NOBODY

    async def refused(self, call: Call, transfer: UUID) -> None:
        self.refusals.append(transfer)

    async def over(self, line: Line, call_id: str) -> None:
        self.ended.append(call_id)

    def _next(self, call: Call) -> Step:
        self.calls[call.id] = call
        if not self.steps:
            raise Unavailable("the script is over")
        return self.steps.pop(0)


@dataclass
class House(Exchange):
    """A whole gateway with fakes around it; change what a test needs, then `open`."""

    line: Line = field(default_factory=lambda: Line(TENANT, NUMBER))
    ears: ScriptedEars = field(default_factory=ScriptedEars)
    voice: ToneVoice = field(default_factory=ToneVoice)
    clock: Clock = field(default_factory=SystemClock)
    handling: ScriptedHandling = field(default_factory=ScriptedHandling)
    limits: Limits = field(default_factory=lambda: Limits(tick=0.02, answer=30, silence=30))
    secret: str = SECRET
    dialogue: ScriptedDialogue = field(default_factory=ScriptedDialogue)
    consented: bool = True
    prepare: Callable[[Call], None] = lambda call: None

    async def converse(self, call: Call) -> Dialogue:
        if self.consented:
            call.consent.grant()
        self.prepare(call)
        return self.dialogue

    async def call(self, *script: ScriptStep) -> FinishedCall:
        """One call from ringing to the end of its session."""
        async with self.open() as carrier:
            finished = await carrier.call(NUMBER, script)
            await asyncio.wait_for(self.dialogue.closed.wait(), 10)
        return finished

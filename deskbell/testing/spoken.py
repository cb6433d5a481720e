"""Scenarios by voice: the caller's lines are spoken into a call, and the same has to come of it.

Sound goes frame by frame over the gateway's own socket, through voice activity, turn taking and the
recogniser to the receptionist, whose answers are spoken and played out before the caller goes on.
Not real are the carrier, the tools, which work in memory, and the clock (`lockstep`).
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile

import numpy as np

from api.reception import hints_of
from api.voice.dialogue import Call, Dialogue, Line
from api.voice.watchdogs import Limits
from deskbell.discretion import AttentiveEars, CardRedactor
from deskbell.phone import SAMPLE_RATE, guard
from deskbell.simulator import Recording, Samples
from deskbell.testing.exchange import Exchange
from deskbell.testing.lockstep import Beat, Labour, PatientEars, PatientVoice
from deskbell.testing.scenarios import (
    TELEPHONE,
    Played,
    Scenario,
    Script,
    Stage,
    problems,
    script_of,
    stage,
)
from deskbell.testing.tenants import TENANT
from domain.conversations.acts import Act, Disposition, Say
from domain.receptionist.ports import Transcript
from integrations.local_speech import LocalSpeech, LocalSpeechSettings
from integrations.vonage.fake import ANSWERS, FakeCarrier, FinishedCall, HangUp, Pause, Step, Until
from integrations.vonage.fake import Say as Speak
from plugins.registry import Registry

NUMBER = "12125550100"
# Callers have the clear voice, always the same; the receptionist's is plain and costs little.
CALLERS_VOICE, OUR_VOICE = "even", "espeak"
TELEPHONE_RATE = 8000
# People do not answer at once.
THINKING_MS = 300
# Seconds of the machine for one call; it takes a few.
LONGEST = 180
# The watchdogs look as often as ever, measured by the clock of a call that is in a hurry.
LIMITS = Limits(call=600, tick=0.01)


@dataclass(frozen=True)
class Overheard(Played):
    """What was said on a call, what the recogniser made of the caller, and the call itself."""

    heard: list[str]
    call: FinishedCall


class Observed:
    """The receptionist's side of a call, with a note of what was heard. Implements `Dialogue`."""

    def __init__(self, staged: Stage, labour: Labour) -> None:
        self._conversation = staged.conversation
        self._labour = labour
        self.hints = hints_of(staged.conversation.briefing)
        self.heard_lines: list[str] = []
        self.said: list[str] = []
        self.replies = 0
        """How many were heard to their end."""
        self.over = asyncio.Event()

    def open(self) -> AsyncIterator[Act]:
        """Greet; what every caller hears proves nothing of a scenario."""
        return self._labour.each(self._conversation.open())

    def announced(self, *, offset_ms: int) -> None:
        """The caller has heard what must be said."""
        self._conversation.announced(offset_ms=offset_ms)

    def hear(self, transcript: Transcript, *, offset_ms: int) -> AsyncIterator[Act]:
        """Answer a turn."""
        self.heard_lines.append(transcript.text)
        return self._noted(self._conversation.hear(transcript, offset_ms=offset_ms))

    def keyed(self, digits: str) -> AsyncIterator[Act]:
        """Answer pressed keys."""
        return self._noted(self._conversation.keyed(digits))

    def silent(self, times: int) -> AsyncIterator[Act]:
        """Answer silence."""
        return self._noted(self._conversation.silent(times))

    def stalled(self, attempt: int) -> AsyncIterator[Act]:
        """Go on without what does not answer."""
        return self._noted(self._conversation.stalled(attempt))

    async def heard(self, spoken: str) -> None:
        """Note how much of the last reply was heard."""
        await self._conversation.heard(spoken)

    async def heard_out(self) -> None:
        """The caller may go on."""
        await self._conversation.heard_out()
        self.replies += 1

    async def close(self, disposition: Disposition) -> None:
        """The call is over; there is no row of it to be ended."""
        await self._conversation.leave()
        self.over.set()

    async def _noted(self, acts: AsyncIterator[Act]) -> AsyncIterator[Act]:
        self.said.append("")
        async with aclosing(self._labour.each(acts)) as performed:
            async for act in performed:
                if isinstance(act, Say):
                    self.said[-1] = f"{self.said[-1]} {act.text}".strip()
                yield act


@dataclass
class Answered:
    """Whether the receptionist has answered, and was heard out, since this was first asked."""

    observed: Observed
    _before: int | None = None

    def __call__(self) -> bool:
        """Look."""
        if self._before is None:
            self._before = self.observed.replies
        return self.observed.replies > self._before


@dataclass
class SpokenCall(Exchange):
    """The exchange of one scenario's call."""

    observed: Observed = field(kw_only=True)
    staged: Stage = field(kw_only=True)

    async def converse(self, call: Call) -> Dialogue:
        """Let the receptionist answer, who asks and tells before anything is kept."""
        guard(call, self.staged.conversation)
        return self.observed


@dataclass(frozen=True)
class Booth:
    """Where callers speak: ears, voices, and what was spoken there before."""

    speech: LocalSpeech
    folder: Path
    """Keeps the sound of every line; it may be deleted."""

    @classmethod
    @asynccontextmanager
    async def open(cls, settings: LocalSpeechSettings, folder: Path) -> AsyncIterator["Booth"]:
        """Load the models, and let go of them. Raises `Unavailable` if they are not installed."""
        speech = await LocalSpeech.start(settings)
        try:
            yield cls(speech, folder)
        finally:
            await speech.close()

    async def sound(self, line: str) -> bytes:
        """A line as it comes out of a telephone, in PCM of the rate of a call."""
        recording = Recording(await self._spoken(line), TELEPHONE_RATE).over_telephone()
        return recording.at(SAMPLE_RATE).samples.tobytes()

    async def _spoken(self, line: str) -> Samples:
        voice = self.speech.health().voice
        key = hashlib.sha256(f"{voice}|{CALLERS_VOICE}|{TELEPHONE_RATE}|{line}".encode())
        kept = self.folder / f"{key.hexdigest()}.npy"
        if kept.exists():
            known: Samples = np.load(kept)
            return known
        spoken = self.speech.voice.stream(
            line, voice=CALLERS_VOICE, language="en-US", sample_rate=TELEPHONE_RATE
        )
        samples = np.frombuffer(b"".join([piece async for piece in spoken]), np.int16)
        _keep(kept, samples)
        return samples


def _keep(path: Path, samples: Samples) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Whole or not at all: somebody else may look for it now.
    with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
        np.save(part, samples)
    Path(part.name).replace(path)


async def play_aloud(plugin: object, scenario: Scenario, script: Script, booth: Booth) -> Overheard:
    """Let a caller speak the lines on the telephone. Raises `Unavailable`."""
    staged, labour = stage(plugin, scenario, script), Labour()
    observed = Observed(staged, labour)
    sounds = [await booth.sound(line) for line in scenario.lines]
    exchange = SpokenCall(
        line=Line(TENANT, NUMBER, language="en-US", voice=OUR_VOICE, sample_rate=SAMPLE_RATE),
        ears=AttentiveEars(PatientEars(booth.speech.ears, labour)),
        voice=PatientVoice(booth.speech.voice, labour),
        clock=staged.clock,
        limits=LIMITS,
        redactor=CardRedactor(),
        observed=observed,
        staged=staged,
    )
    async with asyncio.timeout(LONGEST), exchange.open() as carrier:
        carrier.beat = Beat(staged.clock, labour)
        carrier.phones = {TELEPHONE.lstrip("+"): [ANSWERS]}
        call = await _placed(carrier, scenario, observed, sounds)
        await observed.over.wait()
    return Overheard(observed.said, staged.happened, observed.heard_lines, call)


async def _placed(
    carrier: FakeCarrier, scenario: Scenario, observed: Observed, sounds: list[bytes]
) -> FinishedCall:
    steps: list[Step] = [Until(Answered(observed))]
    for sound in sounds:
        steps += [Pause(THINKING_MS), Speak(sound), Until(Answered(observed))]
    return await carrier.call(NUMBER, [*steps, HangUp()], caller=scenario.phone.lstrip("+"))


def problems_aloud(scenario: Scenario, played: Overheard) -> list[str]:
    """The same as of what was played as text, and whether the telephone was really rung."""
    return [*problems(scenario, played), *_about_the_call(scenario, played)]


def _about_the_call(scenario: Scenario, played: Overheard) -> Iterator[str]:
    if scenario.expect.put_through and f"{TELEPHONE[1:]} answered" not in played.call.did:
        yield f"no telephone was rung: {played.call.did}"
    if not played.call.spells:
        yield "nothing was heard of the receptionist"


async def rehearse_aloud(plugin: object, booth: Booth) -> list[str]:
    """Play the spoken scenarios of a trade; returns what is wrong, with what was understood."""
    [vertical] = Registry(plugins=(plugin,)).verticals.values()
    script = script_of(vertical)
    found = []
    for scenario in script.spoken:
        played = await play_aloud(plugin, scenario, script, booth)
        understood = " / ".join(played.heard)
        found += [
            f"{scenario.name}, by voice: {each} (understood: {understood})"
            for each in problems_aloud(scenario, played)
        ]
    return found

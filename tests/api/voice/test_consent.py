"""Not one byte of a call is kept before the grant: real socket, real receptionist, real store."""

from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest

from api.reception import Reception
from api.voice.dependencies import VoiceDependencies
from api.voice.dialogue import Call, Dialogue
from api.voice.gates import Consent, ConsentGate
from deskbell.phone import PhoneDesk
from domain import phone_numbers, recordings
from domain.calls.repository import Calls
from domain.consent.repository import ConsentRecords
from domain.conversations.repository import Turns
from domain.recordings import wav
from domain.recordings.models import RecordingState
from domain.recordings.repository import Recordings
from domain.scope import Scope
from domain.work import UnitsOfWork
from integrations.storage.settings import StorageSettings
from integrations.storage.store import open_store
from integrations.vonage.fake import HangUp, Pause, Step, Until
from integrations.vonage.fake import Say as Speak
from tests.factories.business import open_practice
from tests.fakes.voice import House, ScriptedEars, spoken
from tests.journeys.house import eventually

# A German number asks for a yes, a Californian one for a notice.
GERMAN, CALIFORNIAN = "4930123456", "14155550142"
FRAME, LOUD = 640, 300
BEFORE = spoken("book_an_appointment")
ANSWER = spoken("yes")
AFTER = spoken("how_much_is_a_cleaning")
numbers = iter(range(12145558000, 12145558999))


@dataclass
class Left:
    """What is stored of a call."""

    state: RecordingState
    reason: str
    caller: bytes
    turns: list[str]
    outcomes: list[str]
    offsets: list[int]
    objects: list[str]


@dataclass
class Practice(House):
    """The gateway with the real receptionist behind it, recording to a real store."""

    unit_of_work: UnitsOfWork = field(kw_only=True)
    scope: Scope = field(kw_only=True)
    folder: Path = field(kw_only=True)
    gate: ConsentGate = field(default_factory=ConsentGate)
    number: str = field(default_factory=lambda: str(next(numbers)))

    def __post_init__(self) -> None:
        self.store = open_store(StorageSettings(url=self.folder.as_uri()))
        self.desk = PhoneDesk(self.unit_of_work, Reception(self.unit_of_work), self.store)

    def dependencies(self, port: int) -> VoiceDependencies:
        desk = self.desk
        return replace(
            super().dependencies(port),
            lines=desk,
            converse=self.begin,
            recordings=desk.recordings,
        )

    async def begin(self, call: Call) -> Dialogue:
        """Begin a call, and remember its gate."""
        self.gate = call.consent
        return await self.desk.converse(call)

    def spoke(self, words: str) -> Until:
        """Once the receptionist has begun to say something."""
        return Until(lambda: any(words in said for said in self.voice.said))

    def becomes(self, state: Consent) -> Until:
        """Once the gate is in a state."""
        return Until(lambda: self.gate.state is state)

    async def take(self, caller: str, said: list[str], *script: Step) -> Left:
        """One call to its end, and what is stored of it."""
        self.ears = ScriptedEars(list(said))
        async with self.open() as carrier:
            # A carrier that is quicker than the database begins a call is cut off.
            carrier.pace = 0.008
            await carrier.call(self.number, [*script, HangUp()], caller=caller)
            await eventually(self._over)
        return await self._left()

    async def _over(self) -> bool:
        async with self.unit_of_work(self.scope, read_only=True) as uow:
            calls = await Calls(uow).page(Calls(uow).all())
        return bool(calls) and calls[0].ended_at is not None and calls[0].recording_settled

    async def _left(self) -> Left:
        async with self.unit_of_work(self.scope, read_only=True) as uow:
            [row] = await Recordings(uow).page(Recordings(uow).all())
            turns = await Turns(uow).of(row.conversation_id)
            proofs = await ConsentRecords(uow).of(row.conversation_id)
            ready = row.state is RecordingState.READY
        return Left(
            state=row.state,
            reason=row.reason,
            caller=await self._caller(row.id) if ready else b"",
            turns=[turn.text.read() for turn in turns],
            outcomes=[proof.outcome for proof in proofs],
            offsets=[proof.offset_ms for proof in proofs],
            objects=await self.store.list(row.storage_key),
        )

    async def _caller(self, id) -> bytes:
        async with self.unit_of_work(self.scope) as uow:
            sound = await recordings.sound(uow, id)
        parts = [p async for p in sound.read(self.store, wav.HEADER_BYTES, sound.wav_bytes)]
        return np.frombuffer(b"".join(parts), "<i2").reshape(-1, 2)[:, 0].tobytes()


def heard_in(recorded: bytes, pcm: bytes) -> int:
    """How many frames of a sound are found in a recording; those that are nearly silent are all
    alike, and do not count.
    """
    frames = [pcm[at : at + FRAME] for at in range(0, len(pcm) - FRAME, FRAME)]
    loud = [frame for frame in frames if np.abs(np.frombuffer(frame, "<i2")).max() > LOUD]
    assert loud
    return sum(frame in recorded for frame in loud)


@pytest.fixture
async def practice(unit_of_work, scope, tmp_path) -> Practice:
    await open_practice(unit_of_work, scope)
    house = Practice(unit_of_work=unit_of_work, scope=scope, folder=tmp_path)
    async with unit_of_work(scope) as uow:
        await phone_numbers.attach(uow, f"+{house.number}")
    return house


@pytest.mark.law("L03")
@pytest.mark.promise("P092")
async def test_no_byte_before_a_spoken_yes_is_kept(practice):
    left = await practice.take(
        GERMAN,
        ["Yes.", "How much is a cleaning?"],
        # Spoken over the disclosure, before anything was asked.
        practice.spoke("A.I. assistant"),
        Speak(BEFORE),
        practice.becomes(Consent.ASKED),
        Speak(ANSWER),
        practice.becomes(Consent.GRANTED),
        Pause(2000),
        Speak(AFTER),
        practice.spoke("$120"),
    )
    assert left.state is RecordingState.READY
    assert left.outcomes == ["granted"]
    assert heard_in(left.caller, BEFORE) == 0
    assert heard_in(left.caller, ANSWER) == 0
    assert heard_in(left.caller, AFTER) > 20
    assert "How much is a cleaning?" in left.turns


@pytest.mark.law("L03")
@pytest.mark.promise("P089")
async def test_no_byte_before_the_notice_was_heard_is_kept(practice):
    left = await practice.take(
        CALIFORNIAN,
        ["How much is a cleaning?"],
        practice.spoke("recorded"),
        Speak(ANSWER),
        practice.becomes(Consent.GRANTED),
        Speak(AFTER),
        practice.spoke("$120"),
    )
    assert left.state is RecordingState.READY
    assert left.outcomes == ["granted"]
    assert left.offsets[0] > 1000
    assert heard_in(left.caller, ANSWER) == 0
    assert heard_in(left.caller, AFTER) > 20
    # The recogniser knows by whom it was called.
    assert practice.scope.tenant.name in practice.ears.hints


@pytest.mark.law("L04")
@pytest.mark.parametrize(
    ("answer", "then", "reply"),
    [
        ("No, thank you.", "How much is a cleaning?", "$120"),
        ("Yes, hello, I want an appointment", "A cleaning, please.", "What day"),
    ],
)
async def test_without_a_yes_the_call_goes_on_and_leaves_nothing(practice, answer, then, reply):
    left = await practice.take(
        GERMAN,
        [answer, then],
        practice.becomes(Consent.ASKED),
        Speak(ANSWER),
        practice.becomes(Consent.DECLINED),
        Pause(2000),
        Speak(AFTER),
        practice.spoke(reply),
    )
    assert (left.state, left.reason) == (RecordingState.DECLINED, "consent declined")
    assert left.objects == []
    assert left.turns == []


@pytest.mark.law("L04")
async def test_a_caller_who_keeps_silent_is_not_recorded(practice):
    practice.limits = replace(practice.limits, silence=1)
    left = await practice.take(GERMAN, [], practice.becomes(Consent.DECLINED))
    assert left.state is RecordingState.DECLINED
    assert left.objects == []
    assert left.outcomes == ["unclear"]


@pytest.mark.law("L04")
async def test_a_recording_that_was_begun_goes_when_consent_does(practice):
    left = await practice.take(
        CALIFORNIAN,
        ["How much is a cleaning?", "Please stop recording."],
        practice.becomes(Consent.GRANTED),
        Speak(AFTER),
        practice.spoke("$120"),
        # Longer than what is held back, so that something is stored already.
        Pause(26_000),
        Speak(ANSWER),
        practice.becomes(Consent.DECLINED),
    )
    assert left.state is RecordingState.DECLINED
    assert left.outcomes == ["granted", "withdrawn"]
    assert left.turns == []

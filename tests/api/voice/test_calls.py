"""Whole calls over real websockets, with the fake carrier at twenty times the speed of life."""

import asyncio
from dataclasses import replace
from uuid import UUID

import numpy as np
import pytest

from api.voice.gates import Verdict
from domain.conversations.acts import Disposition, End, Say, Transfer
from domain.errors import Unavailable
from domain.receptionist.ports import Transcript
from integrations.vonage.fake import Await, Drop, HangUp, Pause, Press, Step, Until
from integrations.vonage.fake import Say as Speak
from tests.fakes.voice import House, spoken

TRANSFER = UUID(int=7)
QUESTION = Speak(spoken("how_much_is_a_cleaning"))
LONG = Say("We are open from Monday to Friday, from nine in the morning to six in the evening.")


async def test_caller_is_greeted_and_answered() -> None:
    house = House()
    house.ears.script = ["How much is a cleaning?"]
    house.dialogue.answers = [[Say("Ninety dollars.")]]
    call = await house.call(Await(), QUESTION, Await(), HangUp())
    assert house.dialogue.heard_turns == ["How much is a cleaning?"]
    assert house.voice.said == ["Hello there", "Ninety dollars."]
    assert call.spells == 2
    assert house.dialogue.disposition is Disposition.CALLER_HANGUP


async def test_recogniser_hears_the_whole_turn() -> None:
    house = House()
    await house.call(Await(), Pause(400), QUESTION, Await(), HangUp())
    audio = np.frombuffer(house.ears.turns[0], "<i2").astype(float)
    clip = np.frombuffer(QUESTION.pcm, "<i2").astype(float)
    assert np.sum(audio**2) > 0.98 * np.sum(clip**2)
    assert house.ears.cues[0] == "pause"


async def test_eight_kilohertz_call_works_alike() -> None:
    house = House()
    house.line = replace(house.line, sample_rate=8000)
    house.ears.script = ["yes please"]
    narrow = Speak(spoken("how_much_is_a_cleaning", 8000))
    call = await house.call(Await(), narrow, Await(), HangUp())
    assert house.dialogue.heard_turns == ["yes please"]
    assert house.ears.rate == 8000
    assert call.spells == 2
    assert call.ncco[0]["endpoint"][0]["content-type"] == "audio/l16;rate=8000"


async def test_barge_in_clears_and_truncates() -> None:
    house = House()
    house.dialogue.greeting = [LONG, LONG]
    house.ears.script = ["How much is a cleaning?"]
    call = await house.call(Await(speech_only=True), Pause(600), QUESTION, Await(), HangUp())
    assert {"action": "clear"} in call.events
    assert call.frames_cleared > 50
    heard = house.dialogue.spoken[0]
    assert LONG.text.startswith(heard.strip(".")[:40])
    assert 0 < len(heard.split()) < len(LONG.text.split())
    assert house.dialogue.heard_turns == ["How much is a cleaning?"]


async def test_a_reply_that_was_heard_out_is_told_at_once() -> None:
    house = House()
    house.ears.script = ["How much is a cleaning?"]
    told = house.dialogue.heard_outs
    greeted, answered = Until(lambda: told == [0]), Until(lambda: told == [0, 1])
    await house.call(greeted, QUESTION, answered, HangUp())
    assert told == [0, 1]


async def test_a_reply_that_was_cut_was_not_heard_out() -> None:
    house = House()
    house.dialogue.greeting = [LONG, LONG]
    cut = Until(lambda: house.dialogue.spoken)
    await house.call(Await(speech_only=True), Pause(600), QUESTION, cut, Drop())
    assert house.dialogue.heard_outs == []


@pytest.mark.promise("P089")
async def test_disclosure_is_heard_to_its_end() -> None:
    house = House()
    house.dialogue.greeting = [Say(LONG.text, interruptible=False)]
    turns = house.dialogue.heard_turns
    call = await house.call(Await(speech_only=True), QUESTION, Until(lambda: turns), HangUp())
    assert {"action": "clear"} not in call.events
    assert call.frames_cleared == 0
    assert turns == ["something"]


async def test_false_interruption_resumes_the_sentence() -> None:
    house = House()
    house.dialogue.greeting = [LONG]
    house.ears.script = [""]
    said = house.voice.said
    resumed = Until(lambda: house.dialogue.spoken and len(said) > 2)
    await house.call(Await(speech_only=True), Pause(600), QUESTION, resumed, HangUp())
    assert house.dialogue.heard_turns == []
    assert said[2] in LONG.text


async def test_caller_who_goes_on_is_heard_once() -> None:
    house = House()
    hold = house.dialogue.hold = asyncio.Event()
    turns = house.dialogue.heard_turns
    house.ears.script = ["How much", "is a cleaning?"]
    pressing_on = (Until(lambda: turns), QUESTION, Until(lambda: len(turns) > 1))
    release = Until(lambda: hold.set() or True)
    await house.call(Await(), QUESTION, *pressing_on, release, Await(), HangUp())
    assert turns == ["How much", "How much is a cleaning?"]
    assert house.voice.said == ["Hello there", "I see, thanks"]


async def test_keys_reach_the_dialogue() -> None:
    house = House()
    keys: list[Step] = [Press(digit) for digit in "555#"]
    await house.call(Await(), *keys, Await(), HangUp())
    assert house.dialogue.keys == ["555"]
    assert house.voice.said[-1] == "Thank you for the digits"


async def test_end_hangs_up_after_the_goodbye() -> None:
    house = House()
    house.dialogue.answers = [[Say("Goodbye then."), End("done")]]
    call = await house.call(Await(), QUESTION, Await(), Pause(60000))
    assert house.control.commands == [("hangup", [])]
    assert house.dialogue.disposition is Disposition.COMPLETED
    assert call.spells == 2
    assert not call.finished


async def test_transfer_announces_then_rings_the_phone() -> None:
    house = House()
    house.dialogue.answers = [[Transfer(TRANSFER, "+15550199", "I will connect you now.")]]
    await house.call(Await(), QUESTION, Await(), Pause(60000))
    command, ncco = house.control.commands[0]
    assert command == "connect"
    assert f"transfer={TRANSFER}" in str(ncco[0]["eventUrl"])
    assert ncco[0]["endpoint"] == [{"type": "phone", "number": "15550199"}]
    assert house.dialogue.disposition is Disposition.TRANSFERRED
    assert "I will connect you now." in house.voice.said


async def test_failed_transfer_takes_a_message() -> None:
    house = House()
    house.dialogue.answers = [[Transfer(TRANSFER, "+15550199", "I will connect you now.")]]
    house.control.failures = [Unavailable("down")]
    message = Until(lambda: "Please leave a message" in house.voice.said)
    await house.call(Await(), QUESTION, message, HangUp())
    assert house.dialogue.stalls == [1]
    assert house.notices == ["stalled"]
    assert house.handling.refusals == [TRANSFER]


async def test_lost_socket_finishes_the_recording() -> None:
    house = House()
    call = await house.call(Await(), Speak(QUESTION.pcm[: 640 * 20]), Drop())
    assert house.sink.finished
    assert len(b"".join(house.sink.chunks)) > 640 * 2 * 30
    assert house.dialogue.disposition is Disposition.CALLER_HANGUP
    assert call.finished


async def test_recording_holds_both_sides_in_step() -> None:
    house = House()
    call = await house.call(Await(), QUESTION, Await(), Pause(300), HangUp())
    stereo = np.frombuffer(b"".join(house.sink.chunks), "<i2").reshape(-1, 2)
    heard = np.frombuffer(call.heard, "<i2")
    assert stereo.shape[0] == pytest.approx(len(heard), abs=320 * 5)
    assert np.abs(stereo[:, 1]).max() == pytest.approx(5000, abs=2)
    caller = np.flatnonzero(np.abs(stereo[:, 0]) > 2000)
    spells = np.flatnonzero(np.abs(stereo[:, 1]) > 2000)
    assert spells[0] < caller[0] < spells[-1]


@pytest.mark.promise("P089")
@pytest.mark.law("L03")
async def test_nothing_is_kept_before_consent() -> None:
    house = House(consented=False)
    await house.call(Await(), QUESTION, Pause(2000), HangUp())
    assert house.sink.chunks == []
    assert house.sink.abandoned == "consent armed"
    assert house.ears.turns == []
    assert house.ears.rate == 0


async def test_declined_recording_still_listens_live() -> None:
    house = House(consented=False)
    house.prepare = lambda call: call.consent.decline(may_listen=True)
    await house.call(Await(), QUESTION, Await(), HangUp())
    assert house.sink.chunks == []
    assert house.sink.abandoned == "consent declined"
    assert house.dialogue.heard_turns == ["something"]


async def test_recognised_words_interrupt_sooner() -> None:
    house = House()
    house.dialogue.greeting = [LONG]
    house.ears.interim = "wait a moment"
    short = Speak(spoken("yes"))
    turns = house.dialogue.heard_turns
    await house.call(Await(speech_only=True), Pause(300), short, Until(lambda: turns), HangUp())
    assert house.dialogue.spoken != []
    assert turns == ["something"]


async def test_backchannel_leaves_the_sentence_alone() -> None:
    house = House()
    house.dialogue.greeting = [LONG, LONG]
    house.ears.script = ["Mhm."]
    short = Speak(spoken("yes"))
    listened = Until(lambda: house.ears.turns)
    call = await house.call(Await(speech_only=True), Pause(300), short, listened, Await(times=0))
    assert house.dialogue.heard_turns == []
    assert call.frames_cleared == 0


async def test_keys_wait_for_a_disclosure() -> None:
    house = House()
    house.dialogue.greeting = [Say(LONG.text, interruptible=False)]
    keyed = Until(lambda: house.dialogue.keys)
    call = await house.call(Await(speech_only=True), Press("1"), Press("#"), keyed, HangUp())
    assert call.frames_cleared == 0
    assert house.dialogue.keys == ["1"]


async def test_card_number_is_silenced_before_it_leaves() -> None:
    class WholeTurn:
        def judge(self, transcript: Transcript, *, start_ms: int, end_ms: int) -> Verdict:
            return Verdict([(start_ms, end_ms)])

        def is_telling(self, text: str) -> bool:
            return False

    house = House(redactor=WholeTurn())
    await house.call(Await(), QUESTION, Await(), HangUp())
    stereo = np.frombuffer(b"".join(house.sink.chunks), "<i2").reshape(-1, 2)
    assert np.abs(stereo[:, 0]).max() < 1000
    assert np.abs(stereo[:, 1]).max() > 4000
    assert house.notices == []


async def test_greeting_offset_counts_from_the_first_frame() -> None:
    house = House()
    await house.call(Await(), Pause(1000), QUESTION, Await(), HangUp())
    audible = len("Hello there") * 30
    assert house.dialogue.offsets[0] > audible + 1000


@pytest.mark.law("L05")
async def test_nothing_is_kept_once_a_person_is_rung() -> None:
    house = House()
    gates = []
    house.prepare = lambda call: gates.append(call.consent)
    house.ears.script = ["a person please"]
    house.dialogue.answers = [[Transfer(TRANSFER, "+15550111", "One moment.")]]
    await house.call(Await(), QUESTION, Until(lambda: house.control.commands), Pause(2000))
    assert house.sink.finished
    assert not gates[0].may_record
    assert not gates[0].may_listen


@pytest.mark.law("L05")
async def test_a_person_who_cannot_be_rung_ends_no_recording() -> None:
    house = House()
    gates = []
    house.prepare = lambda call: gates.append(call.consent)
    house.control.failures = [Unavailable("no lines")]
    house.ears.script = ["a person please"]
    house.dialogue.answers = [[Transfer(TRANSFER, "+15550111", "One moment.")]]
    refused = Until(lambda: house.handling.refusals)
    await house.call(Await(), QUESTION, refused, Pause(1000), HangUp())
    assert gates[0].may_record

"""The caller never meets silence, whatever breaks."""

import asyncio

from api.voice.clips import tone
from api.voice.watchdogs import Limits
from domain.conversations.acts import Disposition, Say
from domain.errors import Unavailable
from integrations.vonage.fake import Await, HangUp, Pause, Until
from integrations.vonage.fake import Say as Speak
from tests.fakes.voice import House, spoken

QUESTION = Speak(spoken("how_much_is_a_cleaning"))
FOREVER = Pause(600_000)


async def test_deaf_recogniser_brings_an_apology() -> None:
    house = House()
    house.ears.script = [Unavailable("down"), "How much is a cleaning?"]
    turns = house.dialogue.heard_turns
    ask_twice = (QUESTION, Until(lambda: house.notices), Await(), QUESTION, Until(lambda: turns))
    call = await house.call(Await(), *ask_twice, HangUp())
    assert tone(16000)[:2000] in call.heard
    assert turns == ["How much is a cleaning?"]


async def test_crashing_dialogue_brings_an_apology() -> None:
    house = House()
    house.dialogue.answers = [[RuntimeError("boom")]]
    call = await house.call(Await(), QUESTION, Until(lambda: house.notices), Await(), HangUp())
    assert tone(16000)[:2000] in call.heard
    assert house.notices == ["stumbled"]


async def test_second_crash_falls_to_the_floor() -> None:
    house = House()
    house.dialogue.answers = [[RuntimeError("boom")], [RuntimeError("boom")]]
    again = (Until(lambda: house.notices), Await(), QUESTION)
    floor = Until(lambda: "Please leave a message" in house.voice.said)
    await house.call(Await(), QUESTION, *again, floor, HangUp())
    assert house.dialogue.stalls == [1]
    assert house.dialogue.disposition is Disposition.STALLED


async def test_broken_floor_hands_over_to_voicemail() -> None:
    house = House()
    house.dialogue.answers = [[RuntimeError("boom")], [RuntimeError("boom")]]
    house.dialogue.floor = [RuntimeError("boom")]
    again = (Until(lambda: house.notices), Await(), QUESTION)
    await house.call(Await(), QUESTION, *again, FOREVER)
    command, ncco = house.control.commands[0]
    assert command == "record"
    assert ncco[0]["text"] == house.line.voicemail_text
    assert house.dialogue.disposition is Disposition.STALLED


async def test_mute_voice_hands_over_to_the_carrier() -> None:
    house = House()
    house.voice.failing = True
    call = await house.call(Await(), QUESTION, FOREVER)
    assert tone(16000)[:2000] in call.heard
    assert house.control.commands[0][0] == "record"
    assert house.dialogue.disposition is Disposition.STALLED


async def test_failed_handover_is_rescued_by_event() -> None:
    house = House()
    house.voice.failing = True
    house.control.failures = [Unavailable("down")]
    call = await house.call(Await(), QUESTION, FOREVER)
    assert [action["action"] for action in call.fallback] == ["talk", "record"]


async def test_stalled_dialogue_gets_filler_retry_and_floor() -> None:
    house = House(limits=Limits(tick=0.01, answer=0.25, silence=60))
    house.dialogue.hold = asyncio.Event()
    floor = Until(lambda: "Please leave a message" in house.voice.said)
    call = await house.call(Await(), QUESTION, floor, HangUp())
    assert tone(16000)[:2000] in call.heard
    assert house.dialogue.heard_turns == ["something", "something"]
    assert house.dialogue.stalls == [1]
    assert house.notices == ["stalled"]
    assert house.dialogue.disposition is Disposition.STALLED


async def test_hanging_recogniser_asks_again() -> None:
    house = House(limits=Limits(tick=0.01, answer=0.25, silence=60))
    house.ears.delay = asyncio.Event()
    await house.call(Await(), QUESTION, Until(lambda: house.notices), Await(), HangUp())
    assert house.notices == ["stumbled"]
    assert house.dialogue.heard_turns == []


async def test_silent_caller_is_asked_then_released() -> None:
    house = House(limits=Limits(tick=0.01, answer=60, silence=0.1))
    await house.call(FOREVER)
    assert house.dialogue.silences == [1, 2, 3]
    assert house.control.commands == [("hangup", [])]
    assert house.dialogue.disposition is Disposition.CALLER_SILENT


async def test_endless_call_gets_a_goodbye() -> None:
    house = House(limits=Limits(tick=0.01, call=0.5))
    call = await house.call(FOREVER)
    assert tone(16000)[:2000] in call.heard
    assert house.dialogue.disposition is Disposition.TOO_LONG


async def test_line_without_audio_is_given_up() -> None:
    house = House(limits=Limits(tick=0.01, no_audio=0.1))
    async with house.open() as carrier:
        carrier.pace = 60
        call = await carrier.call(house.line.number, [FOREVER])
    assert call.close_code == 1000
    assert house.dialogue.disposition is Disposition.NO_AUDIO


async def test_unprepared_dialogue_sends_caller_to_voicemail() -> None:
    house = House()

    def fail(call: object) -> None:
        raise RuntimeError("no profile")

    house.prepare = fail
    async with house.open() as carrier:
        await carrier.call(house.line.number, [FOREVER])
    assert house.control.commands[0][0] == "record"


async def test_broken_sink_abandons_but_call_goes_on() -> None:
    house = House()
    house.sink.failing = True
    await house.call(Await(), Pause(26000), QUESTION, Until(lambda: house.dialogue.heard_turns))
    assert house.sink.abandoned == "the sink failed"
    assert house.dialogue.heard_turns == ["something"]


async def test_broken_greeting_does_not_end_the_call() -> None:
    house = House()
    house.dialogue.greeting = [RuntimeError("boom")]
    house.dialogue.answers = [[Say("Ninety dollars.")]]
    await house.call(Await(), QUESTION, Until(lambda: house.voice.said), HangUp())
    assert house.voice.said == ["Ninety dollars."]

"""A recogniser may fail; the call's ears go on."""

import asyncio

import pytest

from api.voice.clips import ENGLISH, Clips, Phrase, render_clips, tone
from api.voice.dialogue import Call, Line
from api.voice.ears import PRE_ROLL_FRAMES, Ears
from api.voice.keypad import Keypad
from domain.errors import Unavailable
from tests.fakes.voice import NUMBER, TENANT, ScriptedEars, ToneVoice

CALL = Call("leg-1", Line(TENANT, NUMBER), "CON-1", "15550142")


def frame(number: int) -> bytes:
    return bytes([number, 0]) * 320


def ears(script: ScriptedEars) -> Ears:
    return Ears(script, CALL, lambda text: None)


async def test_turn_begins_a_little_earlier() -> None:
    script = ScriptedEars(["yes"])
    listening = ears(script)
    for number in range(50):
        listening.hear(frame(number))
    listening.begin()
    listening.hear(frame(50))
    listening.end()
    listening.hear(frame(51))
    assert (await listening.commit()).text == "yes"
    heard = [script.turns[0][at] for at in range(0, len(script.turns[0]), 640)]
    assert heard == list(range(50 - PRE_ROLL_FRAMES, 51))


async def test_what_is_likely_to_be_said_reaches_the_recogniser() -> None:
    script = ScriptedEars(["yes"])
    Ears(script, CALL, lambda text: None, ["Emma Carter"]).begin()
    assert script.hints == ["Emma Carter"]


async def test_failed_turn_starts_afresh() -> None:
    script = ScriptedEars([RuntimeError("boom"), "yes"])
    listening = ears(script)
    listening.begin()
    with pytest.raises(Unavailable):
        await listening.commit()
    assert script.cues == ["close"]
    listening.begin()
    assert (await listening.commit()).text == "yes"


async def test_unopenable_recogniser_is_unavailable() -> None:
    class Closed(ScriptedEars):
        def open(self, **options: object) -> "ScriptedEars.Stream":
            raise RuntimeError("no model")

    listening = ears(Closed())
    listening.begin()
    listening.hear(frame(1))
    listening.pause()
    listening.resume()
    listening.discard()
    with pytest.raises(Unavailable):
        await listening.commit()
    await listening.close()


async def test_phrases_are_rendered_at_both_rates() -> None:
    clips = await render_clips(ToneVoice(), name="joe", language="en")
    wide, narrow = clips.get(Phrase.FILLER, 16000), clips.get(Phrase.FILLER, 8000)
    assert wide.text == ENGLISH[Phrase.FILLER]
    assert len(wide.pcm) == 2 * len(narrow.pcm)


async def test_unrenderable_phrase_becomes_a_tone() -> None:
    clips = await render_clips(ToneVoice(failing=True), name="joe", language="en")
    assert clips.get(Phrase.APOLOGY, 16000).pcm == tone(16000)
    assert Clips(ENGLISH, {}).get(Phrase.APOLOGY, 8000).pcm == tone(8000)


async def test_keys_are_gathered_until_hash() -> None:
    gathered: list[str] = []
    keypad = Keypad(gathered.append)
    for key in "12#":
        keypad.press(key)
    keypad.press("#")
    assert gathered == ["12"]
    assert not keypad.pressed


async def test_keys_are_complete_after_a_gap() -> None:
    done = asyncio.Event()
    gathered: list[str] = []

    def take(digits: str) -> None:
        gathered.append(digits)
        done.set()

    keypad = Keypad(take, gap=0.01)
    keypad.press("4")
    keypad.press("2")
    await asyncio.wait_for(done.wait(), 5)
    assert gathered == ["42"]

"""Keys that were pressed during a call are not in its recording."""

import wave
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from api.voice.gates import Verdict
from domain.receptionist.ports import Transcript
from integrations.vonage.fake import Await, HangUp, Pause, Press, Step
from integrations.vonage.fake import Say as Speak
from tests.fakes.keys import LOUD, pressed
from tests.fakes.voice import House, spoken

CARD = "4242424242424242"
QUESTION = Speak(spoken("how_much_is_a_cleaning"))


async def recorded(house: House, *steps: Step) -> npt.NDArray[np.int16]:
    """The caller's side of a call's recording."""
    await house.call(Await(), *steps, Pause(500), HangUp())
    return np.frombuffer(b"".join(house.sink.chunks), "<i2").reshape(-1, 2)[:, 0]


def loud_seconds(sound: npt.NDArray[np.int16]) -> float:
    """For how long a tone is heard that only our keys have."""
    return int((np.abs(sound.astype(int)) > LOUD).sum()) / 16000


async def test_a_card_that_was_keyed_in_is_silenced() -> None:
    house = House()
    sound = await recorded(house, Speak(pressed(CARD, 16000)))
    assert loud_seconds(sound) == 0
    assert house.notices == []


async def test_it_is_silenced_though_it_takes_long() -> None:
    house = House()
    slowly = Speak(pressed(CARD[:8], 16000, apart_ms=3400))
    sound = await recorded(house, slowly, Pause(24_000))
    assert loud_seconds(sound) == 0
    assert house.notices == []


async def test_a_few_keys_are_kept() -> None:
    sound = await recorded(House(), Speak(pressed("1234", 16000)), Pause(24_000))
    assert loud_seconds(sound) > 0.05


async def test_a_key_that_the_carrier_reports_is_silenced() -> None:
    house = House()
    sound = await recorded(house, Speak(pressed("5", 16000)), Press("5"), Pause(2000))
    assert loud_seconds(sound) == 0
    assert house.dialogue.keys == []


async def test_speech_is_kept() -> None:
    sound = await recorded(House(), QUESTION, Await())
    with wave.open(
        str(Path(__file__).parents[2] / "data/voice/how_much_is_a_cleaning.wav")
    ) as file:
        clip = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(float)
    assert np.sum(sound.astype(float) ** 2) == pytest.approx(np.sum(clip**2), rel=0.01)


class SecondTurn:
    """Finds in the second turn that the first one held half of a card."""

    def __init__(self) -> None:
        self._first: tuple[int, int] | None = None

    def judge(self, transcript: Transcript, *, start_ms: int, end_ms: int) -> Verdict:
        if self._first is None:
            self._first = (start_ms, end_ms)
            return Verdict(doubtful=True)
        return Verdict([self._first, (start_ms, end_ms)])

    def is_telling(self, text: str) -> bool:
        return False


async def test_a_card_told_with_a_long_pause_is_silenced() -> None:
    house = House(redactor=SecondTurn())
    sound = await recorded(house, QUESTION, Await(), Pause(35_000), QUESTION, Await())
    assert np.abs(sound).max() < 1000
    assert house.notices == []

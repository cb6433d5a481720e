"""While a card is being told nobody hears the caller: no recording, no recogniser, no mind."""

import numpy as np
import pytest

from deskbell.discretion import CardRedactor
from domain.conversations.acts import Say
from domain.receptionist.ports import Transcript
from integrations.vonage.fake import Await, HangUp, Pause, Until
from integrations.vonage.fake import Say as Speak
from tests.fakes.voice import House, spoken

QUESTION = Speak(spoken("how_much_is_a_cleaning"))
WARNING = Say("For your safety I must not take card numbers", interruptible=False)
# Longer than the whole question, however late its last frames come on a busy machine.
LONG_WARNING = Say(WARNING.text * 4, interruptible=False)


class AtOnce(CardRedactor):
    """Hears of a card in every turn that goes on."""

    def is_telling(self, text: str) -> bool:
        return True


def caller(house: House):
    return np.frombuffer(b"".join(house.sink.chunks), "<i2").reshape(-1, 2)[:, 0]


def seconds(pcm: bytes) -> float:
    return len(pcm) / 32000


@pytest.mark.law("L46")
async def test_the_recogniser_hears_no_more_once_a_card_is_told() -> None:
    house = House(redactor=AtOnce())
    house.ears.interim = "my card number is"
    house.ears.script = ["my card number is"]
    house.dialogue.answers = [[WARNING]]
    await house.call(Await(), QUESTION, Until(lambda: house.dialogue.heard_turns), HangUp())
    assert house.notices == ["card_paused"]
    # Of a question of two seconds it was given what there was before it was noticed.
    [given] = house.ears.turns
    assert 0 < seconds(given) < 1
    assert house.dialogue.heard_turns == ["my card number is"]


@pytest.mark.law("L46")
async def test_nothing_of_it_is_recorded() -> None:
    house = House(redactor=CardRedactor())
    house.ears.interim = "my card number is"
    house.ears.script = ["my card number is"]
    house.dialogue.answers = [[LONG_WARNING]]
    await house.call(Await(), QUESTION, Pause(3000), HangUp())
    assert house.dialogue.heard_turns == ["my card number is"]
    assert np.abs(caller(house)).max() < 1000


@pytest.mark.law("L46")
async def test_what_is_said_over_the_warning_reaches_nobody() -> None:
    house = House(redactor=CardRedactor())
    house.ears.script = ["my card number is", "thank you"]
    house.dialogue.answers = [[LONG_WARNING]]
    spoken_over = (Until(lambda: house.dialogue.heard_turns), QUESTION)
    await house.call(Await(), QUESTION, *spoken_over, Pause(4000), HangUp())
    assert house.dialogue.heard_turns == ["my card number is"]
    assert len(house.ears.turns) == 1
    assert np.abs(caller(house)).max() < 1000


@pytest.mark.law("L46")
async def test_after_the_warning_all_goes_on() -> None:
    house = House(redactor=CardRedactor())
    house.ears.script = ["my card number is", "how much is a cleaning"]
    house.dialogue.answers = [[WARNING]]
    await house.call(Await(), QUESTION, Await(), Pause(1500), QUESTION, Await(), HangUp())
    assert house.dialogue.heard_turns == ["my card number is", "how much is a cleaning"]
    assert np.abs(caller(house)).max() > 3000


@pytest.mark.law("L46")
@pytest.mark.parametrize("said", ["123-45-6789", "one two three four five six seven eight nine"])
def test_a_social_security_number_is_silent_too(said: str) -> None:
    heard = Transcript(f"my social security number is {said}")
    verdict = CardRedactor().judge(heard, start_ms=10, end_ms=20)
    assert (verdict.silence, verdict.pause) == ([(10, 20)], False)

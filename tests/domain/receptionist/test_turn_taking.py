"""Turn taking: when a caller starts, pauses, ends and interrupts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.conversations.acts import Expects
from domain.receptionist.turn_taking import (
    Cue,
    Floor,
    Patience,
    TurnTaking,
    is_backchannel,
    sounds_complete,
)

WINDOW = 32
floors = st.sampled_from(Floor)
windows = st.lists(st.tuples(st.booleans(), floors), max_size=400)


def play(turns: TurnTaking, pattern: str, floor: Floor = Floor.LISTENING) -> list[Cue]:
    """Feed `#` as speech and `.` as silence."""
    return [cue for mark in pattern for cue in turns.window(mark == "#", floor)]


def windows_until(turns: TurnTaking, wanted: Cue) -> int:
    for count in range(1, 100):
        if wanted in turns.window(False):
            return count
    raise AssertionError(wanted)


def test_two_windows_start_a_turn() -> None:
    turns = TurnTaking(WINDOW)
    assert play(turns, "#.#") == []
    assert play(turns, "#") == [Cue.STARTED]


def test_six_windows_start_while_we_speak() -> None:
    turns = TurnTaking(WINDOW)
    assert play(turns, "#####", Floor.SPEAKING) == []
    assert play(turns, "#", Floor.SPEAKING) == [Cue.STARTED]


def test_turn_pauses_then_ends() -> None:
    turns = TurnTaking(WINDOW)
    assert play(turns, "#" * 20 + "." * 25) == [Cue.STARTED, Cue.PAUSED, Cue.ENDED]


def test_speech_after_pause_resumes() -> None:
    turns = TurnTaking(WINDOW)
    assert play(turns, "#" * 20 + "." * 10 + "#") == [Cue.STARTED, Cue.PAUSED, Cue.RESUMED]


@pytest.mark.parametrize(
    ("interim", "expects", "ms"),
    [
        ("I would like to", Expects.ANYTHING, 800),
        ("yes please", Expects.ANYTHING, 500),
        ("yes please", Expects.DIGITS, 1200),
        ("five five five", Expects.DIGITS, 1200),
    ],
)
def test_end_waits_for_the_answer_expected(interim: str, expects: Expects, ms: int) -> None:
    turns = TurnTaking(WINDOW)
    turns.expects = expects
    play(turns, "#" * 20)
    turns.interim(interim)
    # The first silent window comes when the silence has lasted one window already.
    assert windows_until(turns, Cue.ENDED) == -(-ms // WINDOW) - 1


def test_cough_is_discarded() -> None:
    assert play(TurnTaking(WINDOW), "####" + "." * 25)[-1] is Cue.DISCARDED


def test_words_interrupt_after_a_fifth_second() -> None:
    turns = TurnTaking(WINDOW)
    play(turns, "######", Floor.SPEAKING)
    turns.interim("wait a moment")
    assert play(turns, "#", Floor.SPEAKING) == [Cue.INTERRUPTED]


def test_wordless_speech_interrupts_after_half_second() -> None:
    turns = TurnTaking(WINDOW)
    assert Cue.INTERRUPTED not in play(turns, "#" * 15, Floor.SPEAKING)
    assert play(turns, "#", Floor.SPEAKING) == [Cue.INTERRUPTED]


def test_backchannel_does_not_interrupt_early() -> None:
    turns = TurnTaking(WINDOW)
    play(turns, "######", Floor.SPEAKING)
    turns.interim("mhm")
    assert play(turns, "####", Floor.SPEAKING) == []


def test_disclosure_is_never_interrupted() -> None:
    cues = play(TurnTaking(WINDOW), "#" * 60 + "." * 30, Floor.DISCLOSING)
    assert Cue.INTERRUPTED not in cues
    assert cues[-1] is Cue.ENDED


def test_speech_before_the_reply_joins_turns() -> None:
    turns = TurnTaking(WINDOW)
    play(turns, "#" * 20 + "." * 25)
    assert play(turns, "....##", Floor.THINKING) == [Cue.CONTINUED]


def test_speech_long_after_end_starts_anew() -> None:
    turns = TurnTaking(WINDOW)
    play(turns, "#" * 20 + "." * 25)
    assert play(turns, "." * 40 + "##", Floor.THINKING) == [Cue.STARTED]


def test_forgotten_turn_ends_without_cue() -> None:
    turns = TurnTaking(WINDOW)
    play(turns, "#" * 20)
    turns.end_now()
    assert play(turns, "." * 60) == []


def test_complete_answers_are_recognised() -> None:
    assert sounds_complete("No, thank you.")
    assert sounds_complete("Do you open on Sunday?")
    assert not sounds_complete("yes I would like to")
    assert not sounds_complete("")


def test_backchannels_are_recognised() -> None:
    assert is_backchannel("Mhm.")
    assert is_backchannel("I see")
    assert not is_backchannel("okay but wait")
    assert not is_backchannel("")


@given(windows)
def test_every_turn_opens_once_and_closes_once(heard: list[tuple[bool, Floor]]) -> None:
    turns, is_open = TurnTaking(WINDOW), False
    for speech, floor in heard:
        for cue in turns.window(speech, floor):
            opens = cue in (Cue.STARTED, Cue.CONTINUED)
            assert opens is not is_open
            is_open = cue not in (Cue.ENDED, Cue.DISCARDED)
    assert turns.in_turn is is_open


@given(windows)
def test_pause_and_resume_alternate(heard: list[tuple[bool, Floor]]) -> None:
    turns, paused = TurnTaking(WINDOW), False
    for speech, floor in heard:
        for cue in turns.window(speech, floor):
            assert cue is not Cue.PAUSED or not paused
            assert cue is not Cue.RESUMED or paused
            paused = cue is Cue.PAUSED or (paused and cue is Cue.INTERRUPTED)


@given(windows)
def test_at_most_one_interruption_per_turn(heard: list[tuple[bool, Floor]]) -> None:
    turns, interruptions = TurnTaking(WINDOW), 0
    for speech, floor in heard:
        for cue in turns.window(speech, floor):
            if cue is Cue.INTERRUPTED:
                assert floor is Floor.SPEAKING
                interruptions += 1
            elif cue in (Cue.ENDED, Cue.DISCARDED):
                interruptions = 0
            assert interruptions <= 1


@given(windows)
def test_silence_always_ends_a_turn(heard: list[tuple[bool, Floor]]) -> None:
    turns = TurnTaking(WINDOW)
    for speech, floor in heard:
        turns.window(speech, floor)
    for _ in range(-(-Patience().end_digits_ms // WINDOW)):
        turns.window(False)
    assert not turns.in_turn

"""When a transcription is tried again, and when it is thrown away."""

import pytest

from integrations.local_speech.doubt import (
    Guess,
    Heard,
    believed,
    is_imagined,
    needs_second_try,
    repeats,
)


@pytest.mark.parametrize(
    "text",
    [
        "I would like I would like",
        "call me call me call me call me",
        "yes one one one one one one",
        "Can I book a table, can I book a table?",
    ],
)
def test_loops_are_noticed(text):
    assert repeats(text)


@pytest.mark.parametrize(
    "text",
    ["", "no no", "I would like to book a table for two", "it is very very good today, thanks"],
)
def test_honest_speech_is_no_loop(text):
    assert not repeats(text)


def test_improbable_text_is_heard_again():
    assert needs_second_try("tomato", score=-1.2, seconds=2.0)


def test_probable_text_is_believed():
    assert not needs_second_try("at three", score=-0.4, seconds=2.0)


def test_short_audio_is_never_heard_again():
    assert not needs_second_try("you you you you", score=-3.0, seconds=1.4)


@pytest.mark.parametrize("text", ["you", "Thank you.", "Bye-bye."])
def test_stock_phrases_need_speech(text):
    assert is_imagined(text, score=-0.3, no_speech=0.1, speech_ms=200)
    assert not is_imagined(text, score=-0.3, no_speech=0.1, speech_ms=500)


def test_stock_phrase_over_no_speech_is_dropped():
    assert is_imagined("Thank you.", score=-0.3, no_speech=0.8, speech_ms=900)


def test_other_words_survive_little_speech():
    assert not is_imagined("Yes.", score=-0.3, no_speech=0.1, speech_ms=180)


def test_improbable_text_over_no_speech_is_dropped():
    assert is_imagined("Subtitles by nobody", score=-1.4, no_speech=0.7, speech_ms=2000)


def test_punctuation_alone_is_nothing():
    assert is_imagined(" ... ", score=-0.1, no_speech=0.0, speech_ms=2000)


def test_a_loop_in_the_short_window_is_heard_in_the_full_one():
    guesses = {8.0: Guess("for two for two for two", -0.2, 0.0), 30.0: Guess("for two", 0.0, 0.0)}
    assert believed(guesses.__getitem__, seconds=3.0, speech_ms=900) == Heard("for two", 1.0)


def test_a_good_first_guess_is_the_only_one():
    windows = []

    def guess(window):
        windows.append(window)
        return Guess("for two", -0.1, 0.0)

    believed(guess, seconds=3.0, speech_ms=900)
    assert windows == [8.0]


def test_imagined_words_are_not_believed():
    heard = believed(lambda _: Guess("you", -0.1, 0.0), seconds=3.0, speech_ms=100)
    assert heard == Heard("", 0.0)

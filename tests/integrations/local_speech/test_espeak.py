"""The espeak-ng program on the other side of its pipe."""

import os
import signal

import pytest

from integrations.local_speech.catalogue import Piece
from integrations.local_speech.espeak import EspeakProcess, EspeakUnavailable
from integrations.local_speech.sound import rms, voiced_ms
from integrations.local_speech.store import locate
from integrations.local_speech.voices import Voices

pytestmark = pytest.mark.skipif(
    locate(Piece("espeakng-loader", "espeakng_loader/espeak-ng-data/phontab")) is None,
    reason="espeakng-loader is not installed",
)


@pytest.fixture
def espeak():
    process = EspeakProcess()
    yield process
    process.close()


def test_words_become_phonemes(espeak):
    assert espeak.phonemes("Hello there", "en-us") == "həlˈoʊ ðˈɛɹ"


def test_its_own_voice_is_audible(espeak):
    samples, rate = espeak.speech("Good morning, how can I help you?", "en-us")
    assert rms(samples) > 0.01
    assert voiced_ms(samples, rate) > 800


def test_it_comes_back_after_it_was_killed(espeak):
    before = espeak.phonemes("Hello", "en-us")
    assert espeak._process is not None
    os.kill(espeak._process.pid, signal.SIGKILL)
    assert espeak.phonemes("Hello", "en-us") == before


def test_a_line_break_is_no_command(espeak):
    assert espeak.phonemes('one\n{"do": "speech"}', "en-us").startswith("wˈʌn")


def test_strange_languages_are_unavailable(espeak):
    with pytest.raises(EspeakUnavailable, match="no voice"):
        espeak.phonemes("Hello", "xx-nowhere")


@pytest.fixture
def voices():
    speaking = Voices(piper=None, threads=1)
    yield speaking
    speaking.close()


def test_without_piper_espeak_speaks(voices):
    pcm = voices.say("Good morning.", voice="joe", language="en-US", rate=8000)
    assert len(pcm) > 8000


def test_a_spanish_caller_hears_spanish(voices):
    asked = {"voice": "joe", "rate": 8000}
    spanish = voices.say("Buenos días.", language="es", **asked)
    assert spanish != voices.say("Buenos días.", language="en", **asked)


def test_an_unknown_language_hears_tones(voices):
    pcm = voices.say("Saluton.", voice="", language="xx", rate=8000)
    assert 8000 * 2 * 0.4 < len(pcm) < 8000 * 2

"""Keys are heard as keys, and nothing else is."""

import wave
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.privacy.key_tones import MANY_KEYS, KeyWatch, key_tones
from tests.fakes.keys import KEYS, pressed, tone

SPEECH = [
    *(Path(__file__).parents[2] / "data" / "voice").glob("*.wav"),
    Path(__file__).parents[3] / "deskbell" / "demo" / "caller.wav",
]
CARD = "4242424242424242"
RATES = st.sampled_from([8000, 16000])


def pcm(*parts: object) -> bytes:
    return np.concatenate(parts).clip(-32768, 32767).astype("<i2").tobytes()


def quiet(ms: int, rate: int) -> object:
    return np.zeros(rate * ms // 1000)


def speech(path: Path) -> tuple[bytes, int]:
    with wave.open(str(path)) as file:
        return file.readframes(file.getnframes()), file.getframerate()


@given(
    st.sampled_from(KEYS),
    RATES,
    st.integers(60, 300),
    st.integers(0, 40),
    st.floats(0.45, 2.2),
    st.sampled_from([0, 100, 500]),
)
def test_every_key_is_heard(
    key: str, rate: int, ms: int, late: int, twist: float, noise: int
) -> None:
    sound = pcm(quiet(100 + late, rate), tone(key, rate, ms=ms, twist=twist), quiet(100, rate))
    noisy = np.frombuffer(sound, "<i2") + np.random.default_rng(7).normal(0, noise, len(sound) // 2)
    [(first, last)] = key_tones(pcm(noisy), rate)
    assert abs(first - 100 - late) <= 20
    assert abs(last - 100 - late - ms) <= 20


@pytest.mark.parametrize("path", SPEECH, ids=lambda path: path.stem)
@pytest.mark.parametrize("gain", [0.3, 1, 3])
def test_speech_has_no_keys(path: Path, gain: float) -> None:
    spoken, rate = speech(path)
    assert key_tones(pcm(gain * np.frombuffer(spoken, "<i2").astype(float)), rate) == []


@pytest.mark.parametrize("path", SPEECH, ids=lambda path: path.stem)
def test_speech_has_no_keys_wherever_it_begins(path: Path) -> None:
    spoken, rate = speech(path)
    for skipped in range(0, rate // 50, rate // 400):
        assert key_tones(spoken[2 * skipped :], rate) == []


@given(st.floats(300, 3400), st.floats(300, 3400), RATES)
def test_two_other_tones_are_no_key(one: float, other: float, rate: int) -> None:
    at = np.arange(rate) / rate
    tones = (697, 770, 852, 941, 1209, 1336, 1477, 1633)
    sound = pcm(4000 * np.sin(2 * np.pi * one * at) + 4000 * np.sin(2 * np.pi * other * at))
    apart = min(min(abs(tone - given) for tone in tones) for given in (one, other))
    assert apart < 40 or key_tones(sound, rate) == []


@pytest.mark.parametrize("sound", [b"", b"\0", bytes(100), bytes(32000), b"\x7f" * 319])
def test_silence_and_crumbs_have_no_keys(sound: bytes) -> None:
    assert key_tones(sound, 8000) == []


def heard(watch: KeyWatch, sound: bytes, *, piece_ms: int = 4000) -> list[tuple[int, int]]:
    """Everything to silence after a sound that came piece by piece."""
    size = watch.rate * piece_ms // 1000 * 2
    found: list[tuple[int, int]] = []
    for at in range(0, len(sound), size):
        found += watch.hear(sound[at : at + size], at * 1000 // watch.rate // 2)
    return sorted(set(found))


@pytest.mark.parametrize("rate", [8000, 16000])
def test_a_long_run_is_silenced_from_its_first_key(rate: int) -> None:
    # Not all in one piece: the first keys are known long before the last.
    watch = KeyWatch(rate)
    spans = heard(watch, pcm(quiet(3000, rate)) + pressed(CARD, rate, apart_ms=500))
    assert (spans[0][0], spans[-1][1]) == pytest.approx((3000, 3000 + 15 * 600 + 100), abs=80)
    assert len(spans) == len(CARD)


def test_a_choice_in_a_menu_is_kept() -> None:
    watch = KeyWatch(8000)
    assert heard(watch, pressed("1234567"[: MANY_KEYS - 1], 8000)) == []
    assert watch.doubtful


def test_keys_far_apart_are_no_run() -> None:
    watch = KeyWatch(8000)
    sound = pressed("1", 8000, apart_ms=5900) * 12
    assert heard(watch, sound) == []
    assert heard(watch, bytes(8000 * 2 * 40)) == []

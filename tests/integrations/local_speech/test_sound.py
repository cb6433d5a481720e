"""Level, silence and tones."""

import numpy as np

from integrations.local_speech.sound import (
    from_pcm,
    normalised,
    rms,
    to_pcm,
    tones,
    trimmed,
    voiced_ms,
)

RATE = 8000


def note(seconds=0.5, level=0.3):
    t = np.arange(int(RATE * seconds)) / RATE
    return (level * np.sin(2 * np.pi * 300 * t)).astype(np.float32)


def silence(seconds):
    return np.zeros(int(RATE * seconds), np.float32)


def test_pcm_survives_the_round_trip():
    assert np.allclose(from_pcm(to_pcm(note())), note(), atol=1e-4)


def test_too_loud_sound_is_clipped():
    assert to_pcm(np.array([2.0, -2.0], np.float32)) == b"\xff\x7f\x01\x80"


def test_silence_around_speech_is_trimmed():
    heard = trimmed(np.concatenate([silence(0.4), note(), silence(0.4)]), RATE)
    assert abs(heard.size - note().size) <= RATE // 50


def test_silence_alone_trims_to_nothing():
    assert trimmed(silence(0.2), RATE).size == 0


def test_quiet_and_loud_clauses_come_out_alike():
    quiet, loud = normalised(note(level=0.01)), normalised(note(level=0.9))
    assert np.isclose(rms(quiet), rms(loud), rtol=0.01)


def test_normalising_never_clips():
    click = silence(0.5)
    click[100] = 0.9
    assert np.abs(normalised(click)).max() <= 0.71


def test_only_sound_above_the_floor_is_voiced():
    hiss = np.random.default_rng(1).normal(0, 0.001, RATE).astype(np.float32)
    hiss[4000 : 4000 + RATE // 5] += note(0.2)
    assert voiced_ms(hiss, RATE) == 200


def test_silence_is_not_voiced():
    assert voiced_ms(silence(1.0), RATE) == 0


def test_tones_are_audible_and_short():
    heard = tones(RATE)
    assert rms(heard) > 0.05
    assert heard.size <= RATE // 2

"""How a long turn is cut into parts that fit Whisper's window."""

import numpy as np
import pytest

pytest.importorskip("ctranslate2")

from integrations.local_speech.mel import RATE
from integrations.local_speech.whisper import parts_of


def speech(seconds):
    return np.random.default_rng(3).normal(0, 0.1, int(seconds * RATE)).astype(np.float32)


def test_a_short_turn_is_one_part():
    assert [part.size for part in parts_of(speech(5))] == [5 * RATE]


def test_a_long_turn_loses_nothing():
    turn = speech(100)
    parts = parts_of(turn)
    assert all(part.size <= 28 * RATE for part in parts)
    assert np.array_equal(np.concatenate(parts), turn)


def test_the_cut_is_where_it_is_quiet():
    turn = speech(40)
    turn[int(23.95 * RATE) : int(24.25 * RATE)] = 0
    assert parts_of(turn)[0].size == 24 * RATE

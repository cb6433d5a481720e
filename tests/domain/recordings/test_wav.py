"""Sound as a WAV file in blocks."""

import io
import wave

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.recordings import wav


@pytest.mark.parametrize("rate", [8000, 16000])
def test_header_describes_stereo_pcm(rate):
    pcm = bytes(range(256)) * 4
    with wave.open(io.BytesIO(wav.header(len(pcm), rate) + pcm)) as file:
        described = (file.getnchannels(), file.getsampwidth(), file.getframerate())
        assert described == (2, 2, rate)
        assert file.readframes(file.getnframes()) == pcm


def test_header_is_as_long_as_it_says():
    assert len(wav.header(0, 8000)) == wav.HEADER_BYTES


def test_length_counts_both_channels():
    assert wav.milliseconds(wav.block_bytes(16000), 16000) == wav.BLOCK_SECONDS * 1000


@given(st.integers(0, 500), st.integers(0, 500), st.integers(1, 70))
def test_pieces_are_the_range(start, stop, block):
    whole = bytes(index % 251 for index in range(500))
    blocks = [whole[at : at + block] for at in range(0, len(whole), block)]
    parts = [blocks[p.block][p.start : p.stop] for p in wav.pieces(start, stop, block)]
    assert b"".join(parts) == whole[start:stop]
    assert all(parts)

"""Sound as a WAV file that never exists as a whole: a header, then blocks of equal length.

16-bit stereo PCM, the caller left. Header: RIFF WAVE with one `fmt ` and one `data` chunk.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

CHANNELS = 2
SAMPLE_BYTES = 2
FRAME_BYTES = CHANNELS * SAMPLE_BYTES
HEADER_BYTES = 44
# What a crash can lose, and what a listener who jumps must decrypt at least.
BLOCK_SECONDS = 5
_PCM = 1


@dataclass(frozen=True)
class Piece:
    """The bytes `start` to `stop` (exclusive) of one block."""

    block: int
    start: int
    stop: int


def block_bytes(sample_rate: int) -> int:
    """How much PCM every block but the last holds."""
    return BLOCK_SECONDS * sample_rate * FRAME_BYTES


def milliseconds(size: int, sample_rate: int) -> int:
    """How long `size` bytes of PCM take to hear."""
    return size * 1000 // (sample_rate * FRAME_BYTES)


def header(size: int, sample_rate: int) -> bytes:
    """The 44 bytes before `size` bytes of PCM."""
    layout = struct.pack(
        "<4sIHHIIHH",
        b"fmt ",
        16,
        _PCM,
        CHANNELS,
        sample_rate,
        sample_rate * FRAME_BYTES,
        FRAME_BYTES,
        SAMPLE_BYTES * 8,
    )
    riff = struct.pack("<4sI4s", b"RIFF", HEADER_BYTES - 8 + size, b"WAVE")
    return riff + layout + struct.pack("<4sI", b"data", size)


def pieces(start: int, stop: int, block: int) -> Iterator[Piece]:
    """Which parts of which blocks the bytes `start` to `stop` (exclusive) of the PCM are in."""
    while start < stop:
        index, offset = divmod(start, block)
        length = min(block - offset, stop - start)
        yield Piece(index, offset, offset + length)
        start += length

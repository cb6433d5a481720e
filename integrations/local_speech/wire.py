"""What goes over the pipe between a server and its inference processes: frames.

A frame is two lengths (header, body; 4 bytes each, big-endian), a JSON header and a binary body.
"""

import asyncio
import json
import struct
from dataclasses import dataclass, field
from typing import BinaryIO

# JSON and raw bytes rather than pickle: a broken process must not run code in ours.
_LENGTHS = struct.Struct(">II")


@dataclass(frozen=True)
class Frame:
    """A JSON object with some bytes beside it."""

    header: dict[str, object] = field(default_factory=dict)
    body: bytes = b""

    def encoded(self) -> bytes:
        """The frame as bytes."""
        header = json.dumps(self.header).encode()
        return _LENGTHS.pack(len(header), len(self.body)) + header + self.body


def read_frame(stream: BinaryIO) -> Frame | None:
    """The next frame of a blocking stream, or None at its end."""
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    header, body = _LENGTHS.unpack(lengths)
    return Frame(json.loads(stream.read(header)), stream.read(body))


async def receive_frame(stream: asyncio.StreamReader) -> Frame:
    """The next frame of an asyncio stream. Raises `IncompleteReadError` at its end."""
    header, body = _LENGTHS.unpack(await stream.readexactly(_LENGTHS.size))
    return Frame(json.loads(await stream.readexactly(header)), await stream.readexactly(body))

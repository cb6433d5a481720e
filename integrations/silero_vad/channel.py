"""One caller's audio on its way into the batch: a cheap gate, windows, and a little memory."""

from collections.abc import Callable
from typing import NamedTuple, Protocol

import webrtcvad

from integrations.silero_vad.model import WINDOW_SAMPLES
from integrations.silero_vad.upsampling import Doubler

WINDOW_BYTES = WINDOW_SAMPLES * 2
# 500 ms of 20 ms frames: the network keeps listening through the gaps between words.
HANG_OVER_FRAMES = 25
# The middle setting: 3 loses soft voices on a telephone line, 1 opens on every noise.
GATE_MODE = 2


class Window(NamedTuple):
    """512 samples waiting to be scored."""

    channel: "Channel"
    pcm: bytearray
    voiced: bool
    """Whether the gate heard a voice in all of it."""
    reported: bool
    """False for the window before an onset, which only warms the network up."""


class Batch(Protocol):
    """Where windows are scored together."""

    def submit(self, window: Window) -> None:
        """Score a window soon."""

    def release(self, slot: int) -> None:
        """Give a slot back."""


class Channel:
    """Implements `VadChannel`; `feed` costs microseconds and never waits."""

    __slots__ = (
        "_batch",
        "_buffer",
        "_doubler",
        "_gate",
        "_open_frames",
        "_rate",
        "_unscored",
        "_voiced",
        "closed",
        "on_window",
        "pending",
        "slot",
    )

    def __init__(
        self, batch: Batch, slot: int, sample_rate: int, on_window: Callable[[bool], None]
    ) -> None:
        self._batch = batch
        self.slot = slot
        self.on_window = on_window
        self.closed = False
        self.pending = 0
        self._rate = sample_rate
        self._doubler = Doubler() if sample_rate == 8000 else None
        self._gate = webrtcvad.Vad(GATE_MODE)
        self._buffer = bytearray()
        self._unscored = bytearray()
        self._open_frames = 0
        self._voiced = True

    def feed(self, frame: bytes) -> None:
        """Take one 20 ms frame."""
        voiced = self._gate.is_speech(frame, self._rate)
        self._open_frames = HANG_OVER_FRAMES if voiced else max(0, self._open_frames - 1)
        self._voiced &= voiced
        self._buffer += self._doubler.feed(frame) if self._doubler else frame
        if len(self._buffer) >= WINDOW_BYTES:
            self._cut()
            # A frame ends inside the next window: its verdict counts there too.
            self._voiced = voiced

    def close(self) -> None:
        """Free the slot; windows still waiting are dropped."""
        if not self.closed:
            self.closed = True
            self._batch.release(self.slot)

    def _cut(self) -> None:
        pcm = self._buffer[:WINDOW_BYTES]
        del self._buffer[:WINDOW_BYTES]
        # Behind windows that still wait, silence must wait too, or it would overtake them.
        if self._open_frames or self.pending:
            self._score(pcm)
        else:
            self._unscored = pcm
            self.on_window(False)

    def _score(self, pcm: bytearray) -> None:
        if self._unscored:
            self._submit(Window(self, self._unscored, voiced=False, reported=False))
            self._unscored = bytearray()
        self._submit(Window(self, pcm, self._voiced, reported=True))

    def _submit(self, window: Window) -> None:
        self.pending += 1
        self._batch.submit(window)

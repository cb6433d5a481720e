"""Windows of all calls scored in one matrix product, a few milliseconds after they arrive."""

import asyncio
import logging
from collections.abc import Callable, Sequence

import numpy as np

from domain.errors import LimitReached
from integrations.silero_vad.channel import Channel, Window
from integrations.silero_vad.loudness import Loudness
from integrations.silero_vad.model import WINDOW_SAMPLES, SileroModel
from integrations.silero_vad.weights import load_weights

log = logging.getLogger(__name__)

# Measured on telephone-band speech: docs/decisions/0005-voice-activity.md.
THRESHOLD = 0.4
# How long a window waits for others, by the number of calls: few rarely meet, many are scored at
# half the price when they do, and no caller notices a hundredth of a second.
WAITS = ((16, 0.0), (64, 0.004))
LONGEST_WAIT = 0.01
MAX_BATCH = 128
# The network grows deaf over long silence or music: begin afresh after 2 s, once surely quiet.
_RESET_WINDOWS = 63
_SURELY_QUIET = 0.1
_QUIET_WINDOWS = 5


class SileroVad:
    """Implements `Vad` for one event loop; build one per process."""

    window_ms = 32

    def __init__(self, *, threshold: float = THRESHOLD, slots: int = 1024) -> None:
        self._threshold = threshold
        self._model = SileroModel(load_weights(), slots)
        self._loudness = Loudness(slots)
        self._free = list(range(slots - 1, -1, -1))
        self._slots = slots
        self._age = np.zeros(slots, np.int64)
        self._quiet = np.zeros(slots, np.int64)
        self._waiting: list[Window] = []
        self._flush_due: asyncio.Handle | None = None

    def open(self, *, sample_rate: int, on_window: Callable[[bool], None]) -> Channel:
        """Begin a channel at 8000 or 16000 Hz; raises `LimitReached` when every slot is taken."""
        if not self._free:
            raise LimitReached("no voice channel is free", limit=self._slots, used=self._slots)
        slot = self._free.pop()
        self._forget([slot])
        self._loudness.reset(slot)
        return Channel(self, slot, sample_rate, on_window)

    def submit(self, window: Window) -> None:
        """Score a window within `LONGEST_WAIT` seconds."""
        self._waiting.append(window)
        if self._flush_due is None:
            loop = asyncio.get_running_loop()
            self._flush_due = loop.call_later(self._wait(), self._flush)

    def release(self, slot: int) -> None:
        """Let another call use the slot."""
        self._free.append(slot)

    def _wait(self) -> float:
        calls = self._slots - len(self._free)
        return next((wait for below, wait in WAITS if calls < below), LONGEST_WAIT)

    def _flush(self) -> None:
        batch, self._waiting = _one_each(self._waiting)
        if batch:
            self._score(batch)
        # What is left goes after whatever else the loop has to do.
        loop = asyncio.get_running_loop()
        self._flush_due = loop.call_soon(self._flush) if self._waiting else None

    def _score(self, batch: Sequence[Window]) -> None:
        slots = [window.channel.slot for window in batch]
        pcm = np.frombuffer(b"".join([window.pcm for window in batch]), "<i2")
        samples = pcm.reshape(len(batch), WINDOW_SAMPLES) * np.float32(1 / 32768)
        scores = self._model.score(slots, samples)
        voiced = np.array([window.voiced for window in batch])
        speech = (scores > self._threshold) | (voiced & self._loudness.loud(slots, samples))
        self._refresh(np.array(slots), scores)
        for window, verdict in zip(batch, speech.tolist(), strict=True):
            _report(window, verdict)

    def _refresh(self, slots: np.ndarray, scores: np.ndarray) -> None:
        self._age[slots] += 1
        self._quiet[slots] = np.where(scores < _SURELY_QUIET, self._quiet[slots] + 1, 0)
        stale = (self._age[slots] >= _RESET_WINDOWS) & (self._quiet[slots] >= _QUIET_WINDOWS)
        if stale.any():
            self._forget(slots[stale].tolist())

    def _forget(self, slots: list[int]) -> None:
        self._model.reset(slots)
        self._age[slots] = 0
        self._quiet[slots] = 0


def _one_each(waiting: list[Window]) -> tuple[list[Window], list[Window]]:
    """The first window of each open channel, `MAX_BATCH` at most; and the rest, in order."""
    chosen: dict[int, Window] = {}
    rest: list[Window] = []
    for at, window in enumerate(waiting):
        channel = window.channel
        # A slot's memory must see its windows one after the other.
        if channel.slot in chosen:
            rest.append(window)
        elif not channel.closed:
            chosen[channel.slot] = window
            if len(chosen) == MAX_BATCH:
                # However much has piled up, a batch costs no more than a batch.
                rest += waiting[at + 1 :]
                break
    return list(chosen.values()), rest


def _report(window: Window, speech: bool) -> None:
    """Tell one call; its failure must not silence the others of the batch."""
    window.channel.pending -= 1
    if not window.reported or window.channel.closed:
        return
    try:
        window.channel.on_window(speech)
    except Exception:
        log.exception("a call failed on a voice window")

"""Keys in a recording: what was pressed into the telephone is silenced like what was said."""

from collections import deque
from collections.abc import Callable

from api.voice.recorder import FRAME_MS, Recorder
from domain.privacy.key_tones import KeyWatch

# 4 s: often enough for what is held back, and seldom enough to cost nothing.
LOOK_FRAMES = 200
# The carrier reports a key when it was let go, a moment late; a key is rarely held for longer.
REPORTED_BEFORE_MS, REPORTED_AFTER_MS = 1200, 400


class KeyTones:
    """Silences the keys that the carrier reports, and long runs of keys that are heard."""

    __slots__ = ("_looked", "_on_late", "_recorder", "_reported", "_watch")

    def __init__(self, recorder: Recorder, rate: int, on_late: Callable[[], None]) -> None:
        self._recorder = recorder
        self._watch = KeyWatch(rate)
        self._on_late = on_late
        self._reported: deque[int] = deque()
        self._looked = 0

    @property
    def doubtful(self) -> bool:
        """Whether keys were heard that may be the beginning of a long run."""
        return self._watch.doubtful

    def report(self, frame: int) -> None:
        """The carrier says that a key was pressed."""
        self._reported.append(frame * FRAME_MS)

    def look(self, frame: int, *, last: bool = False) -> None:
        """Silence what was pressed until this frame; what is still sounding waits."""
        now = frame * FRAME_MS
        while self._reported and (last or self._reported[0] + REPORTED_AFTER_MS <= now):
            at = self._reported.popleft()
            self._silence(at - REPORTED_BEFORE_MS, at + REPORTED_AFTER_MS)
        if last or frame - self._looked >= LOOK_FRAMES:
            start, pcm = self._recorder.heard(self._looked)
            self._looked = frame
            for first, end in self._watch.hear(pcm, start * FRAME_MS):
                self._silence(first, end)

    def _silence(self, start_ms: int, end_ms: int) -> None:
        if not self._recorder.silence(max(0, start_ms), end_ms):
            self._on_late()

"""The carrier's play-out buffer: what the caller hears, frame by frame."""

from collections import deque

# Vonage's tutorial: 3072 packets of 20 ms, about a minute.
FRAMES_BUFFERED = 3072
# Peaks below this are comfort noise, not speech.
_AUDIBLE = 300


class WrongFrameSize(Exception):
    """A real carrier drops the call on a packet that is not exactly 20 ms."""


class PlayOut:
    """A queue of audio and of notifications that fire when they are reached."""

    def __init__(self, frame_bytes: int) -> None:
        self._frame_bytes = frame_bytes
        self._queue: deque[bytes | dict[str, object]] = deque()
        self._buffered = 0
        self.heard = bytearray()
        self.overflowed = 0
        self.cleared = 0
        """Frames that were thrown away before they were heard."""
        self.spells = 0
        """How often the other side began to speak."""
        self.quiet_frames = 0

    def add(self, frame: bytes) -> None:
        """Buffer one packet; raises `WrongFrameSize`; one too many is lost."""
        if len(frame) != self._frame_bytes:
            raise WrongFrameSize(f"frame of {len(frame)} bytes, expected {self._frame_bytes}")
        if self._buffered == FRAMES_BUFFERED:
            self.overflowed += 1
            return
        self._buffered += 1
        self._queue.append(frame)

    def notify(self, payload: dict[str, object]) -> None:
        """Report this payload once everything before it was heard."""
        self._queue.append(payload)

    def clear(self) -> None:
        """Throw away what was not heard yet, notifications included."""
        self.cleared += self._buffered
        self._buffered = 0
        self._queue.clear()

    def play(self) -> list[dict[str, object]]:
        """Let 20 ms pass; returns the notifications that were reached."""
        reached = self._reached()
        frame = bytes(self._frame_bytes)
        if self._queue:
            head = self._queue.popleft()
            assert isinstance(head, bytes)
            self._buffered -= 1
            frame = head
        self._hear(frame)
        return reached

    def _reached(self) -> list[dict[str, object]]:
        reached = []
        while self._queue and isinstance(self._queue[0], dict):
            head = self._queue.popleft()
            assert isinstance(head, dict)
            reached.append(head)
        return reached

    def _hear(self, frame: bytes) -> None:
        self.heard += frame
        if max(memoryview(frame).cast("h")) < _AUDIBLE:
            self.quiet_frames += 1
            return
        # Half a second apart, sounds belong to two spells.
        if self.quiet_frames >= 25 or not self.spells:
            self.spells += 1
        self.quiet_frames = 0

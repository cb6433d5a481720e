"""Calling our own number: a WAV becomes a caller on the real road, and the call is measured."""

import wave
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from integrations.silero_vad.upsampling import Doubler
from integrations.vonage.fake import Await, FakeCarrier, FinishedCall, HangUp, Pause, Say, Step

Samples = npt.NDArray[np.int16]

RATES = (8000, 16000)
FULL_SCALE = 32768
# The band of a telephone, in hertz.
LOWEST, HIGHEST = 300, 3400
# What a telephone line calls silence, and how much of it separates two turns.
AUDIBLE = 300
FRAME_MS = 20
BETWEEN_TURNS_MS = 1000
# People do not answer at once.
THINKING_MS = 300


class NotACall(ValueError):
    """The file is not speech that a telephone could carry."""


@dataclass(frozen=True)
class Recording:
    """A caller's speech: mono PCM."""

    samples: Samples
    rate: int

    @classmethod
    def read(cls, path: Path) -> "Recording":
        """Read a WAV of 8 or 16 kHz, 16 bit, mono. Raises `NotACall`."""
        try:
            with wave.open(str(path), "rb") as file:
                shape = (file.getframerate(), file.getsampwidth(), file.getnchannels())
                pcm = file.readframes(file.getnframes())
        except (wave.Error, EOFError, OSError) as problem:
            raise NotACall(f"{path.name} cannot be read: {problem}") from problem
        if shape[0] not in RATES or shape[1:] != (2, 1):
            raise NotACall(f"{path.name} must be 8 or 16 kHz, 16 bit, mono")
        return cls(np.frombuffer(pcm, np.int16), shape[0])

    def at(self, rate: int) -> "Recording":
        """The same speech at another rate, as a carrier converts it."""
        if rate == self.rate:
            return self
        if rate < self.rate:
            return Recording(self.samples[:: self.rate // rate], rate)
        doubled = Doubler().feed(self.samples.tobytes())
        return Recording(np.frombuffer(doubled, np.int16), rate)

    def over_telephone(self) -> "Recording":
        """As a telephone line carries it: 300 to 3400 Hz, in mu-law of eight bits."""
        spectrum = np.fft.rfft(self.samples / FULL_SCALE)
        hertz = np.fft.rfftfreq(self.samples.size, 1 / self.rate)
        spectrum[(hertz < LOWEST) | (hertz > HIGHEST)] = 0
        narrow = np.clip(np.fft.irfft(spectrum, self.samples.size), -1, 1)
        squeezed = np.sign(narrow) * np.log1p(255 * np.abs(narrow)) / np.log(256)
        coarse = np.round(squeezed * 127) / 127
        heard = np.sign(coarse) * (256 ** np.abs(coarse) - 1) / 255
        return Recording((heard * (FULL_SCALE - 1)).astype(np.int16), self.rate)

    def turns(self) -> Iterator[bytes]:
        """The stretches of speech between silences of a second and more."""
        frame = self.rate * FRAME_MS // 1000
        loud = audible(self.samples, frame)
        apart = BETWEEN_TURNS_MS // FRAME_MS
        first: int | None = None
        for at, speech in enumerate(loud):
            if not speech:
                continue
            if first is None:
                first = last = at
            elif at - last > apart:
                yield self._frames(first, last, frame)
                first = at
            last = at
        if first is not None:
            yield self._frames(first, last, frame)

    def _frames(self, first: int, last: int, frame: int) -> bytes:
        # A little silence on both sides belongs to a word.
        return self.samples[max(0, first - 5) * frame : (last + 6) * frame].tobytes()


def audible(samples: Samples, frame: int) -> npt.NDArray[np.bool_]:
    """Which frames hold sound."""
    whole = len(samples) // frame * frame
    peaks = np.abs(samples[:whole].reshape(-1, frame).astype(np.int32)).max(axis=1, initial=0)
    loud: npt.NDArray[np.bool_] = peaks > AUDIBLE
    return loud


def script(recording: Recording) -> list[Step]:
    """Wait for the receptionist, then say one turn after the other."""
    steps: list[Step] = [Await()]
    for turn in recording.turns():
        steps += [Pause(THINKING_MS), Say(turn), Await()]
    # If the receptionist has not hung up by now, the caller does.
    return [*steps, Pause(2000), HangUp()]


@dataclass(frozen=True)
class SimulatedCall:
    """What a call was like for its caller."""

    finished: FinishedCall
    rate: int

    @property
    def answered(self) -> bool:
        """Whether the receptionist spoke."""
        return self.finished.answer_status == 200 and self.finished.spells > 0

    def latencies_ms(self) -> list[int]:
        """From the end of each of the caller's turns to the first sound of the answer."""
        frame = self.rate * FRAME_MS // 1000
        said = audible(np.frombuffer(self.finished.said, np.int16), frame)
        heard = audible(np.frombuffer(self.finished.heard, np.int16), frame)
        return [gap * FRAME_MS for gap in _gaps(said, heard)]


def _gaps(said: npt.NDArray[np.bool_], heard: npt.NDArray[np.bool_]) -> Iterator[int]:
    apart = BETWEEN_TURNS_MS // FRAME_MS
    spoken = np.flatnonzero(said)
    for at, next_at in zip(spoken, [*spoken[1:], len(said) + apart], strict=True):
        if next_at - at < apart:
            continue
        answer = np.flatnonzero(heard[at + 1 : next_at + 1])
        if len(answer):
            yield int(answer[0]) + 1


async def place(
    carrier: FakeCarrier, number: str, caller: str, recording: Recording, rate: int
) -> SimulatedCall:
    """Call a number (digits only) and play the recording into it in real time."""
    finished = await carrier.call(number, script(recording.at(rate)), caller=caller)
    return SimulatedCall(finished, rate)

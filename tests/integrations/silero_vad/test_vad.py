"""The gate, the batch and the fused energy rule, on real frames."""

import asyncio
import wave
from pathlib import Path

import numpy as np
import pytest

from domain.errors import LimitReached
from integrations.silero_vad import SileroVad
from integrations.silero_vad.loudness import Loudness
from integrations.silero_vad.upsampling import Doubler

DATA = Path(__file__).parents[2] / "data" / "voice"
QUARTER = np.zeros(4000, np.int16)


def spoken(name: str = "how_much_is_a_cleaning") -> np.ndarray:
    with wave.open(str(DATA / f"{name}.wav")) as clip:
        return np.frombuffer(clip.readframes(clip.getnframes()), "<i2")


def frames(samples: np.ndarray, rate: int = 16000) -> list[bytes]:
    size = rate // 50 * 2
    pcm = samples.astype("<i2").tobytes()
    return [pcm[at : at + size] for at in range(0, len(pcm) - size + 1, size)]


async def listen(vad: SileroVad, samples: np.ndarray, rate: int = 16000) -> list[bool]:
    """Feed one call and return what it was told, once nothing is waiting."""
    verdicts: list[bool] = []
    complete = asyncio.Event()
    expected = len(frames(samples, rate)) * 320 // 512

    def note(speech: bool) -> None:
        verdicts.append(speech)
        if len(verdicts) == expected:
            complete.set()

    channel = vad.open(sample_rate=rate, on_window=note)
    for frame in frames(samples, rate):
        channel.feed(frame)
    await asyncio.wait_for(complete.wait(), 10)
    channel.close()
    return verdicts


def noise(count: int, level: float) -> np.ndarray:
    return np.random.default_rng(5).normal(0, level, count).astype(np.int16)


@pytest.mark.parametrize("rate", [16000, 8000])
async def test_speech_is_found_between_silences(rate: int) -> None:
    call = np.concatenate([QUARTER, QUARTER, spoken(), QUARTER, QUARTER, QUARTER])
    verdicts = await listen(SileroVad(), call[:: 16000 // rate], rate)
    start, end = verdicts.index(True), len(verdicts) - verdicts[::-1].index(True)
    assert start == pytest.approx(8000 / 512, abs=4)
    assert end == pytest.approx((8000 + len(spoken())) / 512, abs=8)
    assert sum(verdicts[start:end]) > 0.8 * (end - start)


async def test_every_window_is_reported_once() -> None:
    call = np.concatenate([np.zeros(32000, np.int16), spoken(), np.zeros(32000, np.int16)])
    verdicts = await listen(SileroVad(), call)
    assert len(verdicts) == len(call) // 320 * 320 // 512


async def test_silence_never_reaches_the_network() -> None:
    vad = SileroVad()
    verdicts: list[bool] = []
    channel = vad.open(sample_rate=16000, on_window=verdicts.append)
    for frame in frames(np.zeros(64000, np.int16)):
        channel.feed(frame)
    assert channel.pending == 0
    assert verdicts == [False] * 125


async def test_steady_noise_is_not_speech() -> None:
    verdicts = await listen(SileroVad(), noise(160000, 900))
    assert sum(verdicts) < 0.02 * len(verdicts)


async def test_loud_speech_is_caught_without_network() -> None:
    deaf = SileroVad(threshold=1.0)
    call = np.concatenate([noise(16000, 30), spoken(), noise(8000, 30)])
    verdicts = await listen(deaf, call)
    assert sum(verdicts) > 0.5 * len(spoken()) / 512


async def test_many_calls_hear_only_themselves() -> None:
    vad = SileroVad(slots=80)
    quiet, talking = noise(len(spoken()), 30), spoken()
    calls = [listen(vad, talking if n % 2 else quiet) for n in range(80)]
    heard = await asyncio.gather(*calls)
    assert all(sum(verdicts) > 20 for verdicts in heard[1::2])
    assert all(sum(verdicts) == 0 for verdicts in heard[::2])


async def test_failing_call_leaves_others_hearing() -> None:
    vad = SileroVad()

    def fail(speech: bool) -> None:
        if speech:
            raise RuntimeError("this call is broken")

    broken = vad.open(sample_rate=16000, on_window=fail)
    listening = asyncio.create_task(listen(vad, spoken()))
    for frame in frames(spoken()):
        broken.feed(frame)
    assert any(await listening)


async def test_closed_channel_hears_nothing_more() -> None:
    verdicts: list[bool] = []
    vad = SileroVad(slots=1)
    channel = vad.open(sample_rate=16000, on_window=verdicts.append)
    for frame in frames(spoken())[:20]:
        channel.feed(frame)
    before = list(verdicts)
    channel.close()
    channel.close()
    assert any(await listen(vad, spoken()))
    assert verdicts == before


def test_full_house_is_refused() -> None:
    vad = SileroVad(slots=1)
    vad.open(sample_rate=16000, on_window=print)
    with pytest.raises(LimitReached):
        vad.open(sample_rate=16000, on_window=print)


def test_doubled_tone_keeps_its_shape() -> None:
    time = np.arange(1600) / 8000
    tone = (8000 * np.sin(2 * np.pi * 1000 * time)).astype("<i2")
    doubler = Doubler()
    doubled = b"".join(doubler.feed(tone[at : at + 160].tobytes()) for at in range(0, 1600, 160))
    expected = 8000 * np.sin(2 * np.pi * 1000 * (np.arange(3200) / 16000 - 2 / 8000))
    assert np.frombuffer(doubled, "<i2")[8:] == pytest.approx(expected[8:], abs=80)


def test_noise_floor_follows_a_louder_line() -> None:
    loudness = Loudness(1)
    rng = np.random.default_rng(2)
    loudness.loud([0], rng.normal(0, 0.001, (1, 512)).astype(np.float32))
    roar = [
        bool(loudness.loud([0], rng.normal(0, 0.05, (1, 512)).astype(np.float32))[0])
        for _ in range(200)
    ]
    assert roar[0]
    assert not roar[-1]

"""What callers play is a sentence and a pause, in whole frames, over a noisy line."""

import numpy as np

from bench.voice.delay import our_delay
from bench.voice.script import FRAME_BYTES
from bench.voice.sound import caller_loop


def test_loop_is_whole_frames_of_speech_and_pause() -> None:
    loop = caller_loop()
    assert {len(frame) for frame in loop.frames} == {FRAME_BYTES}
    assert len(loop.frames) == loop.speech + 175


def test_pause_is_noise_and_not_digital_silence() -> None:
    loop = caller_loop()
    pause = np.frombuffer(b"".join(loop.frames[loop.speech :]), "<i2").astype(float)
    assert 25 < np.sqrt((pause**2).mean()) < 50


def test_loop_sounds_the_same_every_time() -> None:
    assert caller_loop() == caller_loop()


async def test_detector_is_late_by_less_than_four_windows() -> None:
    assert 0 <= await our_delay(caller_loop()) < 128

"""The fake carrier's play-out buffer behaves like the documented one."""

import pytest

from integrations.vonage.fake.line import FRAMES_BUFFERED, PlayOut, WrongFrameSize

LOUD = b"\x00\x20" * 320
QUIET = bytes(640)


def test_wrong_frame_size_is_refused() -> None:
    with pytest.raises(WrongFrameSize):
        PlayOut(640).add(bytes(320))


def test_notification_fires_after_earlier_audio() -> None:
    line = PlayOut(640)
    line.add(LOUD)
    line.notify({"clause": 1})
    assert line.play() == []
    assert line.play() == [{"clause": 1}]
    assert line.heard == LOUD + QUIET


def test_clear_drops_audio_and_notifications() -> None:
    line = PlayOut(640)
    line.add(LOUD)
    line.notify({"clause": 1})
    line.clear()
    assert line.cleared == 1
    assert line.play() == []
    assert line.heard == QUIET


def test_buffer_holds_a_minute() -> None:
    line = PlayOut(640)
    for _ in range(FRAMES_BUFFERED + 5):
        line.add(QUIET)
    assert line.overflowed == 5


def test_spells_are_counted_apart() -> None:
    line = PlayOut(640)
    for frame in [LOUD, QUIET, LOUD, *[QUIET] * 30, LOUD]:
        line.add(frame)
        line.play()
    assert line.spells == 2

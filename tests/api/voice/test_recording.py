"""The gates and the recorder, frame by frame."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.voice.gates import HOLD_BACK_FRAMES, LONG_HOLD_BACK_FRAMES, Consent, ConsentGate, HoldBack
from api.voice.recorder import CHUNK_FRAMES, Recorder, interleave
from deskbell.testing.exchange import MemorySink

LEFT, RIGHT = b"\x01\x00" * 320, b"\x02\x00" * 320
STEREO = interleave(LEFT, RIGHT)


def granted() -> ConsentGate:
    gate = ConsentGate()
    gate.grant()
    return gate


def test_gate_is_closed_until_granted() -> None:
    gate = ConsentGate()
    assert not gate.may_record
    assert not gate.may_listen
    gate.grant()
    assert gate.may_record
    assert gate.may_listen


@pytest.mark.parametrize("may_listen", [True, False])
def test_refusal_is_final(may_listen: bool) -> None:
    gate = granted()
    gate.decline(may_listen=may_listen)
    gate.grant()
    assert gate.state is Consent.DECLINED
    assert not gate.may_record
    assert gate.may_listen is may_listen


def through(held: HoldBack, frames: list[bytes]) -> bytes:
    """Push frames; returns those that had to leave for them."""
    out = b""
    for frame in frames:
        if held.full:
            out += held.release(1)
        held.push(frame)
    return out


@given(st.lists(st.integers(0, 255), max_size=60), st.integers(1, 20))
def test_held_frames_leave_in_order(values: list[int], window: int) -> None:
    held = HoldBack(window, 2)
    out = through(held, [bytes([value, value]) for value in values])
    assert len(out) == 2 * max(0, len(values) - window)
    assert out + held.drain() == bytes(value for value in values for _ in range(2))


@given(st.integers(0, 30), st.integers(0, 30))
def test_silencing_tells_what_had_left(first: int, last: int) -> None:
    held = HoldBack(10, 2)
    through(held, [b"\x01\x01"] * 20)
    assert held.silence(first, last) is (first >= 10)
    expected = [0 if first <= at <= last else 1 for at in range(10, 20)]
    assert list(held.drain()[::2]) == expected


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
def test_a_longer_hold_loses_and_repeats_nothing(before: int, during: int, after: int) -> None:
    held = HoldBack(10, 2)
    frames = [bytes([at, at]) for at in range(before + during + after)]
    out = through(held, frames[:before])
    out += held.resize(25)
    out += through(held, frames[before : before + during])
    assert len(out) // 2 == max(0, before - 10, before + during - 25)
    out += held.resize(10)
    out += through(held, frames[before + during :])
    assert len(out) // 2 == max(0, len(frames) - 10)
    assert out + held.drain() == b"".join(frames)


@given(st.integers(0, 30))
def test_what_is_held_can_be_heard_again(first: int) -> None:
    held = HoldBack(10, 2)
    through(held, [bytes([at, at]) for at in range(20)])
    begins, heard = held.since(first)
    assert begins == max(first, 10)
    assert list(heard[::2]) == list(range(begins, 20))


def test_interleaved_frame_has_caller_left() -> None:
    samples = np.frombuffer(STEREO, "<i2").reshape(-1, 2)
    assert set(samples[:, 0]) == {1}
    assert set(samples[:, 1]) == {2}


async def test_chunks_hold_five_seconds() -> None:
    sink = MemorySink()
    recorder = Recorder(sink, granted(), len(LEFT))
    for _ in range(HOLD_BACK_FRAMES + CHUNK_FRAMES + 7):
        recorder.frame(LEFT, RIGHT)
    await recorder.close()
    assert [len(chunk) for chunk in sink.chunks] == [
        CHUNK_FRAMES * len(STEREO),
        (HOLD_BACK_FRAMES + 7) * len(STEREO),
    ]
    assert sink.finished


async def test_nothing_is_recorded_before_the_grant() -> None:
    gate, sink = ConsentGate(), MemorySink()
    recorder = Recorder(sink, gate, len(LEFT))
    for _ in range(10):
        recorder.frame(LEFT, RIGHT)
    gate.grant()
    recorder.frame(LEFT, RIGHT)
    await recorder.close()
    assert sink.chunks == [STEREO]


async def test_withdrawn_consent_abandons_the_recording() -> None:
    gate, sink = granted(), MemorySink()
    recorder = Recorder(sink, gate, len(LEFT))
    recorder.frame(LEFT, RIGHT)
    gate.decline(may_listen=False)
    recorder.frame(LEFT, RIGHT)
    await recorder.close()
    assert sink.chunks == []
    assert sink.abandoned == "consent declined"
    assert not sink.finished


async def test_redacted_span_is_silent_on_both_sides() -> None:
    gate, sink = ConsentGate(), MemorySink()
    recorder = Recorder(sink, gate, len(LEFT))
    for at in range(100):
        if at == 50:
            gate.grant()
        recorder.frame(LEFT, RIGHT)
    assert recorder.silence(1200, 1399)
    await recorder.close()
    frames = np.frombuffer(sink.chunks[0], "<i2").reshape(50, -1)
    assert np.flatnonzero(~frames.any(axis=1)).tolist() == list(range(10, 20))


async def test_late_redaction_says_so() -> None:
    recorder = Recorder(MemorySink(), granted(), len(LEFT))
    for _ in range(HOLD_BACK_FRAMES + CHUNK_FRAMES + 1):
        recorder.frame(LEFT, RIGHT)
    assert not recorder.silence(0, 400)
    await recorder.close()


async def test_what_is_doubtful_can_be_silenced_for_a_minute() -> None:
    sink = MemorySink()
    recorder = Recorder(sink, granted(), len(LEFT))
    recorder.hold(longer=True)
    for _ in range(LONG_HOLD_BACK_FRAMES):
        recorder.frame(LEFT, RIGHT)
    assert recorder.silence(0, 400)
    recorder.hold(longer=False)
    recorder.frame(LEFT, RIGHT)
    await recorder.close()
    # What was held too long leaves at once, and then a chunk as always.
    early = LONG_HOLD_BACK_FRAMES - HOLD_BACK_FRAMES - CHUNK_FRAMES
    assert [len(chunk) // len(STEREO) for chunk in sink.chunks] == [
        early,
        CHUNK_FRAMES,
        HOLD_BACK_FRAMES + 1,
    ]
    assert not any(sink.chunks[0][: 21 * len(STEREO)])


async def test_stuck_sink_abandons_instead_of_growing() -> None:
    sink = MemorySink()
    recorder = Recorder(sink, granted(), len(LEFT))
    # Without a pause the writer never runs: the queue fills.
    for _ in range(HOLD_BACK_FRAMES + 10 * CHUNK_FRAMES):
        recorder.frame(LEFT, RIGHT)
    await recorder.close()
    assert sink.abandoned == "the sink is too slow"


def test_a_gate_that_asks_waits_for_a_yes() -> None:
    gate = ConsentGate()
    gate.arm(asks=True, records=True)
    gate.announced()
    assert (gate.state, gate.may_record, gate.may_listen) == (Consent.ASKED, False, True)
    gate.grant()
    assert gate.may_record


def test_a_gate_without_a_recording_only_listens() -> None:
    gate = ConsentGate()
    gate.arm(asks=False, records=False)
    gate.announced()
    assert (gate.may_record, gate.may_listen, gate.agreed) == (False, True, False)


@pytest.mark.law("L05")
def test_nothing_is_kept_while_somebody_was_not_told() -> None:
    gate = granted()
    gate.join()
    gate.join()
    assert (gate.may_record, gate.may_listen) == (False, False)
    gate.told()
    assert not gate.may_record
    gate.told()
    assert gate.may_record
    gate.join()
    gate.decline(may_listen=True)
    gate.told()
    assert (gate.may_record, gate.may_listen) == (False, True)


@pytest.mark.law("L05")
async def test_a_consultation_is_not_in_the_recording() -> None:
    gate, sink = granted(), MemorySink()
    recorder = Recorder(sink, gate, len(LEFT))
    recorder.frame(LEFT, RIGHT)
    gate.join()
    for _ in range(10):
        recorder.frame(LEFT, RIGHT)
    await recorder.close()
    assert sink.chunks == [STEREO]
    assert sink.finished

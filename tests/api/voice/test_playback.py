"""What is sent, what is heard, and what is cut."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.voice.clauses import Clause, clauses
from api.voice.playback import MOST_IN_FLIGHT, Playback, VoiceFailed

FRAME = 640


class Tape:
    """A wire that remembers."""

    def __init__(self) -> None:
        self.frames: list[bytes] = []
        self.commands: list[dict[str, object]] = []

    async def audio(self, frames: Sequence[bytes]) -> None:
        self.frames += frames

    async def command(self, command: dict[str, object]) -> None:
        self.commands.append(command)


async def speak(text: str) -> AsyncIterator[bytes]:
    """A hundred bytes per character, in pieces of odd sizes."""
    pcm = b"\x07\x00" * (50 * len(text))
    for at in range(0, len(pcm), 777):
        yield pcm[at : at + 777]


def mouth() -> tuple[Playback, Tape]:
    tape = Tape()
    return Playback(tape, speak, FRAME), tape  # type: ignore[arg-type]


async def test_frames_are_exact_and_padded() -> None:
    playback, tape = mouth()
    await playback.say("Good morning to you.")
    assert {len(frame) for frame in tape.frames} == {FRAME}
    assert b"".join(tape.frames).rstrip(b"\0") == (b"\x07\x00" * 1000).rstrip(b"\0")
    assert tape.commands == [{"action": "notify", "payload": {"clause": 1}}]


async def test_line_is_idle_once_confirmed() -> None:
    playback, tape = mouth()
    await playback.say("Good morning to you.")
    for _ in tape.frames:
        assert playback.speaking
        playback.tick()
    assert not playback.speaking
    assert playback.busy
    playback.acknowledge(1)
    assert not playback.busy
    await playback.drained()


async def test_early_confirmation_corrects_the_clock() -> None:
    playback, _ = mouth()
    await playback.say("Good morning to you. What may I do for you?")
    playback.acknowledge(1)
    assert playback.speaking
    playback.acknowledge(2)
    assert not playback.speaking


async def test_clear_tells_heard_from_unheard() -> None:
    playback, tape = mouth()
    await playback.say("We open at nine today. We close at six in the evening.")
    first = len("We open at nine today.") * 100 // FRAME + 1
    for _ in range(first + 4):
        playback.tick()
    heard, unheard = await playback.clear()
    assert heard.startswith("We open at nine today. We close at")
    assert f"{heard} {unheard}" == "We open at nine today. We close at six in the evening."
    assert tape.commands[-1] == {"action": "clear"}
    assert not playback.busy


async def test_little_is_in_flight() -> None:
    playback, tape = mouth()
    saying = asyncio.create_task(playback.play(bytes(FRAME * (MOST_IN_FLIGHT + 200))))
    await asyncio.sleep(0)
    await asyncio.wait({saying}, timeout=0.05)
    assert not saying.done()
    assert len(tape.frames) == MOST_IN_FLIGHT
    for _ in range(300):
        playback.tick()
    await saying
    assert len(tape.frames) == MOST_IN_FLIGHT + 200


async def test_voice_without_audio_fails() -> None:
    async def mute(text: str) -> AsyncIterator[bytes]:
        for piece in ():
            yield piece

    playback = Playback(Tape(), mute, FRAME)  # type: ignore[arg-type]
    with pytest.raises(VoiceFailed):
        await playback.say("Hello.")
    assert not playback.busy


async def test_cancelled_speech_leaves_an_idle_line() -> None:
    held = asyncio.Event()

    async def stuck(text: str) -> AsyncIterator[bytes]:
        yield bytes(FRAME * 3)
        await held.wait()

    playback = Playback(Tape(), stuck, FRAME)  # type: ignore[arg-type]
    saying = asyncio.create_task(playback.say("Hello there, caller."))
    await asyncio.wait({saying}, timeout=0.02)
    saying.cancel()
    await asyncio.wait({saying})
    for _ in range(3):
        playback.tick()
    assert not playback.busy


@given(st.text(alphabet="ab ,.?!", max_size=80))
def test_clauses_lose_no_word(text: str) -> None:
    assert " ".join(clauses(text)).split() == text.split()


@given(st.integers(1, 60), st.integers(0, 60))
def test_clause_split_keeps_every_word(frames: int, played: int) -> None:
    clause = Clause(1, "one two three four five", True, frames, min(frames, played), complete=True)
    heard, unheard = clause.split()
    assert f"{heard} {unheard}".split() == clause.text.split()
    assert clause.finished is (unheard == "")

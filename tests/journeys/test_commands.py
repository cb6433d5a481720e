"""`deskbell call` and `deskbell demo`, as somebody types them."""

import json
import os
import pty
import subprocess
import sys
import wave
from pathlib import Path

import pytest
from typer.testing import CliRunner

from deskbell.cli import app
from tests.journeys.house import at_home, command

CLIP = Path(__file__).parents[1] / "data" / "voice" / "book_an_appointment.wav"
KEYS = {"call", "transcript", "appointment", "notification", "latency_ms", "events"}


def write_wav(path: Path, *, rate: int = 8000, width: int = 2, channels: int = 1) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes(bytes(rate * width * channels))
    return path


def refused(*words: str) -> str:
    """What the command says when it has nothing to call with."""
    done = CliRunner().invoke(app, ["call", *words])
    assert (done.exit_code, done.stdout) == (2, "")
    return " ".join(done.stderr.split())


def test_a_wav_that_is_none_is_refused(tmp_path: Path) -> None:
    song = tmp_path / "song.wav"
    song.write_bytes(b"ID3 this is no WAV at all")
    assert refused("--wav", str(song)).startswith("song.wav cannot be read")


@pytest.mark.parametrize("shape", [{"rate": 44100}, {"width": 1}, {"channels": 2}])
def test_another_kind_of_wav_is_refused(tmp_path: Path, shape: dict[str, int]) -> None:
    wav = write_wav(tmp_path / "a.wav", **shape)
    assert refused("--wav", str(wav)) == "a.wav must be 8 or 16 kHz, 16 bit, mono"


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert "none.wav cannot be read" in refused("--wav", str(tmp_path / "none.wav"))


@pytest.mark.parametrize("words", [(), ("--text", "--wav", str(CLIP)), ("--text", "--json")])
def test_a_call_needs_one_way_to_speak(words: tuple[str, ...]) -> None:
    assert "--wav FILE" in refused(*words)


def test_a_caller_needs_a_number() -> None:
    assert "Emma" in refused("--wav", str(CLIP), "--caller", "Emma")


@pytest.mark.long
def test_a_visitor_types_at_a_terminal(home: Path) -> None:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "deskbell.cli", "call", "--text"],
        env=os.environ | at_home(home),
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    os.close(theirs)
    said = read_until(ours, "How can I help you?")
    os.write(ours, b"Do you take insurance?\n")
    said += read_until(ours, "anything else")
    # Ctrl-D, as a terminal sends it.
    os.write(ours, b"\x04")
    assert process.wait(90) == 0
    os.close(ours)
    assert "Delta Dental" in said


def read_until(terminal: int, words: str) -> str:
    said = ""
    while words not in said:
        said += os.read(terminal, 4096).decode(errors="replace")
    return said


@pytest.mark.long
def test_a_wide_call_from_another_number(home: Path) -> None:
    done = command(home, "call", "--wav", str(CLIP), "--json", "--caller", "(212) 555-0199")
    assert done.returncode == 0, done.stderr
    came = json.loads(done.stdout)
    assert came.keys() >= KEYS
    assert came["call"]["state"] == "finalized"
    assert "caller" in [turn["speaker"] for turn in came["transcript"]]


@pytest.mark.long
def test_the_demonstration_can_be_repeated(home: Path) -> None:
    for _ in range(2):
        done = command(home, "demo", "--once", "--json")
        assert done.returncode == 0, done.stderr
        came = json.loads(done.stdout)
        assert came.keys() >= KEYS
        assert came["appointment"]["status"] == "confirmed"
        assert came["notification"]["status"] == "done"


@pytest.mark.long
def test_the_demonstration_tells_the_conversation(home: Path) -> None:
    said = command(home, "demo", "--once").stdout.decode()
    places = [
        said.index(words)
        for words in ("+12125550142 calls", "I'd like to book", "You are booked", "What came of it")
    ]
    assert places == sorted(places)

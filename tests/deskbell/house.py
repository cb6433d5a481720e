"""A deployment of its own, driven as an operator drives it: by commands and settings."""

import json
import os
import subprocess
import sys
from contextlib import chdir
from dataclasses import dataclass, field
from pathlib import Path

from typer.testing import CliRunner

from deskbell import embedded
from deskbell.cli import app
from deskbell.deployment import Deployment, find
from deskbell.settings import Settings

# Of an operator's own environment nothing may reach a test.
OURS = ("DESKBELL_", "DATABASE_URL", "REDIS_URL")
# Seconds. The first command unpacks PostgreSQL and makes its cluster.
PATIENCE = 180


def surroundings(home: Path, **settings: str) -> dict[str, str]:
    """The environment of a command over a home folder."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return inherited | {"DESKBELL_HOME": str(home)} | settings


@dataclass(frozen=True)
class House:
    """One home folder; `folder` is where commands run, away from any `.env`."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def home(self) -> Path:
        return self.folder / "home"

    def start(self, *words: str, at: Path | None = None, **settings: str):
        """Begin a command, without waiting for it."""
        return subprocess.Popen(
            [sys.executable, "-m", "deskbell.cli", *words],
            cwd=at or self.folder,
            env=surroundings(self.home, **self.settings, **settings) | {"COLUMNS": "200"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def say(self, *words: str, **settings: str):
        """Run a command in this process, which is quicker; nothing else of it differs."""
        environment = surroundings(self.home, **self.settings, **settings)
        absent = {name: None for name in os.environ if name not in environment}
        with chdir(self.folder):
            return CliRunner().invoke(app, list(words), env=environment | absent)

    def run(self, *words: str, at: Path | None = None, **settings: str):
        """Run a command to its end, in a process of its own."""
        process = self.start(*words, at=at, **settings)
        out, err = process.communicate(timeout=PATIENCE)
        return subprocess.CompletedProcess(words, process.returncode, out, err)

    def json(self, *words: str, **settings: str):
        """What a command prints for scripts; it must have succeeded."""
        done = self.say(*words, "--json", **settings)
        assert done.exit_code == 0, done.stderr
        return json.loads(done.stdout)

    def deployment(self) -> Deployment:
        """The servers and URLs that commands of this house use."""
        return find(Settings(home=self.home, _env_file=None))

    def close(self) -> None:
        """Stop the servers, if they run."""
        if self.home.exists():
            embedded.stop(self.home / "servers")


def together(house: House, *words: str) -> list[subprocess.CompletedProcess[str]]:
    """Run the same command in two processes at once."""
    both = [house.start(*words) for _ in range(2)]
    said = [process.communicate(timeout=PATIENCE) for process in both]
    return [
        subprocess.CompletedProcess(words, process.returncode, *words_of)
        for process, words_of in zip(both, said, strict=True)
    ]

"""The peer's own venv, made on demand: half a gigabyte that a checkout does not need."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from bench.house import CACHE, LOGS, Step

REQUIREMENTS = Path(__file__).with_name("requirements-pipecat.txt")
_FOLDER = CACHE / "pipecat"


class PeerMissing(RuntimeError):
    """The peer cannot be installed here."""


def pipecat_python(step: Step, *, install: bool) -> Path:
    """The interpreter of pipecat's venv. Raises `PeerMissing`."""
    python = _FOLDER / "bin" / "python"
    made = _FOLDER / f"made-{hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()[:12]}"
    if not made.exists():
        if not install:
            raise PeerMissing("pipecat is installed by a run without --quick")
        step("installing pipecat into a venv of its own (half a gigabyte, once)")
        _install(python)
        made.touch()
    return python


def _install(python: Path) -> None:
    shutil.rmtree(_FOLDER, ignore_errors=True)
    LOGS.mkdir(parents=True, exist_ok=True)
    quietly = ["--quiet", "--disable-pip-version-check", "-r", str(REQUIREMENTS)]
    with (LOGS / "pipecat-install.log").open("wb") as log:
        for command in (
            [sys.executable, "-m", "venv", str(_FOLDER)],
            [str(python), "-m", "pip", "install", *quietly],
        ):
            if subprocess.run(command, stdout=log, stderr=log, check=False).returncode != 0:
                raise PeerMissing(f"pipecat could not be installed: see {LOGS.name}/{log.name}")

"""Packages of npm that something is proved against, installed as a lock file says."""

import asyncio
import hashlib
import shutil
from pathlib import Path

import pytest

from tests.conftest import alone

CACHE = Path(__file__).parents[2] / ".cache"


def needs_node(what: str) -> pytest.MarkDecorator:
    """Skips a test, loudly, where there is no node."""
    there = shutil.which("node") and shutil.which("npm")
    return pytest.mark.skipif(not there, reason=f"NODE IS MISSING: {what}")


async def run(*command: str, cwd: Path, given: bytes = b"") -> str:
    """What a program says, which must end well."""
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=cwd,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate(given)
    assert process.returncode == 0, err.decode()
    return out.decode()


async def installed(name: str, here: Path) -> Path:
    """A folder with what `here` asks for, installed once for each lock file, and its programs."""
    lock = (here / "package-lock.json").read_bytes()
    folder = CACHE / name / hashlib.sha256(lock).hexdigest()[:12]
    with alone(f"{name}.lock"):
        shutil.copytree(here, folder, dirs_exist_ok=True)
        if not (folder / "node_modules").exists():
            await run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", cwd=folder)
    return folder

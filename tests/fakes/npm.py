"""Packages of npm that something is proved against, installed as a lock file says."""

import asyncio
import hashlib
import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT, alone

CACHE = ROOT / ".cache" / "npm"
LOCK = "package-lock.json"


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


async def installed(here: Path) -> Path:
    """A folder with what `here` asks for, installed once for each lock file, and its programs."""
    lock = hashlib.sha256((here / LOCK).read_bytes()).hexdigest()[:12]
    folder = CACHE / lock
    with alone(f"npm-{lock}.lock"):
        shutil.copytree(here, folder, dirs_exist_ok=True)
        if not (folder / "node_modules").exists():
            await run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", cwd=folder)
    return folder


async def install_all() -> None:
    """Fetch before any test what tests would wait for."""
    CACHE.mkdir(parents=True, exist_ok=True)
    if shutil.which("node") and shutil.which("npm"):
        for lock in sorted((ROOT / "tests").rglob(LOCK)):
            await installed(lock.parent)


if __name__ == "__main__":
    asyncio.run(install_all())

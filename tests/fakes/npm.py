"""Programs of others, from npm: installed once for each lock file, and run."""

import asyncio
import hashlib
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def needs_node(what: str) -> pytest.MarkDecorator:
    """Skips a test, loudly, where there is no node."""
    there = shutil.which("node") and shutil.which("npm")
    return pytest.mark.skipif(not there, reason=f"NODE IS MISSING: {what}")


async def run(*command: str, cwd: Path, given: bytes = b"") -> str:
    """What a program prints; it must succeed."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *command, cwd=cwd, stdin=pipe, stdout=pipe, stderr=pipe
    )
    out, err = await process.communicate(given)
    assert process.returncode == 0, err.decode()
    return out.decode()


async def installed(source: Path, script: str, name: str) -> Path:
    """A folder with what a lock file names, and the script that uses it."""
    lock = (source / "package-lock.json").read_bytes()
    folder = ROOT / ".cache" / name / hashlib.sha256(lock).hexdigest()[:12]
    if not (folder / "node_modules").exists():
        folder.mkdir(parents=True, exist_ok=True)
        for file in ("package.json", "package-lock.json"):
            shutil.copy(source / file, folder)
        await run("npm", "ci", "--no-audit", "--no-fund", cwd=folder)
    shutil.copy(source / script, folder)
    return folder

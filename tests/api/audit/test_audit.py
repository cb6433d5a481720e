"""The endpoint passes every audit of the reference implementation of GraphQL over HTTP."""

import asyncio
import hashlib
import json
import shutil
from pathlib import Path

import pytest

from tests.api.serving import serving

HERE = Path(__file__).parent
CACHE = HERE.parents[2] / ".cache" / "audit"


async def run(*command: str, cwd: Path) -> str:
    process = await asyncio.create_subprocess_exec(
        *command, cwd=cwd, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    return out.decode()


async def installed() -> Path:
    """A folder with the audits, installed once for each lock file."""
    lock = (HERE / "package-lock.json").read_bytes()
    folder = CACHE / hashlib.sha256(lock).hexdigest()[:12]
    if not (folder / "node_modules").exists():
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, folder)
        await run("npm", "ci", "--no-audit", "--no-fund", cwd=folder)
    shutil.copy(HERE / "audit.mjs", folder)
    return folder


@pytest.mark.skipif(
    not (shutil.which("node") and shutil.which("npm")),
    reason="NODE IS MISSING: GraphQL over HTTP is not audited on this machine",
)
async def test_every_audit_of_graphql_over_http_passes(app):
    folder = await installed()
    async with serving(app) as authority:
        printed = await run("node", "audit.mjs", f"http://{authority}/graphql", cwd=folder)
    results = json.loads(printed)
    failed = [result for result in results if result["status"] != "ok"]
    assert (len(results), failed) == (61, [])

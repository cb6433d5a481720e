"""Schemathesis makes operations up from the schema, as its owner and as a stranger."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from tests.api.serving import serving
from tests.api.test_isolation import SCHEMA
from tests.api.test_subscriptions import cookies_of

HOOKS = Path(__file__).with_name("hooks.py")
EXAMPLES = 12  # of each field

pytestmark = pytest.mark.long


async def fuzz(authority, *headers):
    """Run it to its end; what it said."""
    words = [f"--header={each}" for each in headers]
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "schemathesis.cli",
        "run",
        f"http://{authority}/graphql",
        f"--max-examples={EXAMPLES}",
        "--phases=fuzzing",
        "--checks=nothing_unexpected",
        "--suppress-health-check=all",
        "--seed=2026",
        "--continue-on-failure",
        "--no-color",
        *words,
        env=os.environ | {"SCHEMATHESIS_HOOKS": str(HOOKS)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    return process.returncode, said.decode()


async def test_an_owner_breaks_nothing(app, owner):
    async with serving(app) as authority:
        token = owner.headers["X-CSRF-Token"]
        ended, said = await fuzz(
            authority, f"Cookie: {cookies_of(owner)}", f"X-CSRF-Token: {token}"
        )
    assert ended == 0, said[-4_000:]
    # A fuzzer that asks nothing finds nothing.
    assert f"Tested: {len(SCHEMA.mutation_type.fields) + 4}" in said, said[-2_000:]


async def test_a_stranger_breaks_nothing(app):
    async with serving(app) as authority:
        ended, said = await fuzz(authority)
    assert ended == 0, said[-4_000:]

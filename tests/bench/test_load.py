"""Twenty callers at four times the speed of life, against our gateway with everything on."""

import shutil
import sys
from pathlib import Path

import httpx
import pytest

from bench.processes import Program, Running, serving
from bench.voice.caller import Burst, call, load_client
from bench.voice.sound import caller_loop
from domain.conversations.repository import Turns
from domain.recordings.models import RecordingState
from domain.recordings.repository import Recordings
from tests.conftest import HOME

CALLS = 20
# 8 s of a call's life in 2: turns are counted in audio, so they happen all the same.
BURST = Burst(CALLS, warm=4, measured=4, ramp_us=20_000, frame_us=5_000)
CORE = 0

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(shutil.which("cc") is None, reason="the load client is C"),
]


@pytest.fixture
def gateway(database, servers, scope, tmp_path: Path) -> Program:
    """Our media server on this worker's database, recording into a folder of its own."""
    recordings = tmp_path / "recordings"
    recordings.mkdir()
    environment = {
        "DESKBELL_HOME": str(HOME),
        "DESKBELL_RUNTIME_URL": database.runtime,
        "DESKBELL_KEYRING_RUNTIME_URL": database.keyring_runtime,
        "REDIS_URL": servers.redis_url,
        "DESKBELL_STORAGE_URL": recordings.as_uri(),
        "BENCH_TENANT": str(scope.tenant_id),
        "OPENBLAS_NUM_THREADS": "1",
    }
    command = [sys.executable, "-m", "bench.voice.servers.ours", "{port}"]
    return Program("deskbell", command, environment)


def openings(server: Running) -> list[str]:
    """The first messages of twenty admitted calls."""
    url = f"http://127.0.0.1:{server.port}/openings"
    return httpx.get(url, params={"calls": CALLS}, trust_env=False).text.splitlines()


async def test_every_caller_is_answered_and_none_interrupted(
    gateway: Program, unit_of_work, scope, tmp_path: Path
) -> None:
    load_client(tmp_path)
    with serving(gateway, CORE, tmp_path / "logs") as server:
        seen = call(server, CORE, caller_loop(), openings(server), BURST, tmp_path)
    assert (seen.connected, seen.died) == (CALLS, 0)
    assert (seen.missed, seen.early) == (0, 0)
    assert seen.turns >= CALLS
    async with unit_of_work(scope) as uow:
        assert await Turns(uow).all().count() >= 2 * seen.turns
        recorded = await Recordings(uow).all()
    assert [one.state for one in recorded] == [RecordingState.READY] * CALLS

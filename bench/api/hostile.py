"""What requests that were written to hurt cost the server, beside an honest page of calls."""

import sys
from pathlib import Path

import httpx
import orjson

from bench.graphql.compare import UNLIMITED, sign_in
from bench.graphql.operations import DOCUMENTS
from bench.graphql.seed import seeded
from bench.house import LOGS, House, Step
from bench.machine import Cores, cpu_seconds
from bench.processes import Program, Running, serving
from bench.tables import Column, Table
from tests.api.hostile import CORPUS

HONEST = "a page of 50 calls"
# The kernel counts CPU time in hundredths of a second.
_TIMES, _QUICK_TIMES = 20, 5
_WORST = 8


class Broken(RuntimeError):
    """The server answered with a fault of its own."""


async def table(house: House, cores: Cores, step: Step, *, quick: bool) -> Table:
    """The dearest of the corpus: CPU time of each, and how much memory the server gained."""
    await seeded(house, step)
    ours = [sys.executable, "-m", "deskbell.cli", "serve"]
    program = Program("hostile", ours, house.environment | UNLIMITED)
    times = _QUICK_TIMES if quick else _TIMES
    bodies = {HONEST: orjson.dumps({"query": DOCUMENTS["calls"]}), **CORPUS}
    with serving(program, cores.server, LOGS) as server:
        headers = {**sign_in(server), "Content-Type": "application/json"}
        rows = []
        for name, body in bodies.items():
            step(f"hostile: {name}")
            rows.append({"server": name, **_measured(server, headers, body, times)})
    honest, *others = rows
    dearest = sorted(others, key=lambda row: -float(row["cpu_ms"]))[:_WORST]
    columns = (
        Column("cpu_ms", "CPU ms / request", better="less"),
        Column("mb", "server MB after it"),
    )
    title = f"The {_WORST} dearest of {len(CORPUS)} hostile requests"
    return Table("hostile", title, columns, [honest, *dearest], HONEST)


def _measured(
    server: Running, headers: dict[str, str], body: bytes, times: int
) -> dict[str, float]:
    with httpx.Client(base_url=f"http://127.0.0.1:{server.port}", trust_env=False) as client:
        _post(client, headers, body)
        before = cpu_seconds(server.pid)
        for _ in range(times):
            _post(client, headers, body)
        used = cpu_seconds(server.pid) - before
    return {"cpu_ms": used / times * 1000, "mb": _resident(server.pid)}


def _post(client: httpx.Client, headers: dict[str, str], body: bytes) -> None:
    answer = client.post("/graphql", content=body, headers=headers, timeout=60)
    if answer.status_code >= 500:
        raise Broken(answer.text[:300])


def _resident(pid: int) -> float:
    """Megabytes of memory that a process holds."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * 4096 / 1_000_000

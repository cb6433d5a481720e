"""A deployment of the bench's own: embedded servers, one practice, never the operator's data."""

import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tortoise.connection import get_connection

from bench.processes import ROOT
from deskbell.bootstrap import Wiring
from deskbell.cli.demo import furnished
from deskbell.cli.servers import bring_up_to_date
from deskbell.deployment import find
from deskbell.settings import Settings
from domain.database import MAIN
from domain.scope import Scope

CACHE = ROOT / ".cache" / "bench"
LOGS = CACHE / "logs"
HOME = CACHE / "home"
# A benchmark that reached an operator's database would fill it.
_FOREIGN = ("DATABASE_URL", "REDIS_URL")

Step = Callable[[str], object]


@dataclass(frozen=True)
class House:
    """The bench's deployment, and the owner of its practice."""

    wiring: Wiring
    scope: Scope

    @property
    def environment(self) -> dict[str, str]:
        """What a server process needs to find it, with the role of the API and no other."""
        deployment = self.wiring.deployment
        return {
            "DESKBELL_HOME": str(deployment.home.folder),
            "DESKBELL_RUNTIME_URL": deployment.databases.runtime,
            "DESKBELL_KEYRING_RUNTIME_URL": deployment.databases.keyring_runtime,
            "REDIS_URL": deployment.redis_url,
            "BENCH_TENANT": str(self.scope.tenant_id),
            # More threads than cores only get in each other's way.
            "OPENBLAS_NUM_THREADS": "1",
        }

    @property
    def system_environment(self) -> dict[str, str]:
        """The same for the process that sees every tenant."""
        databases = self.wiring.deployment.databases
        own = {
            "DESKBELL_SYSTEM_URL": databases.system,
            "DESKBELL_KEYRING_SYSTEM_URL": databases.keyring_system,
        }
        return self.environment | own

    async def empty_outbox(self) -> None:
        """Forget what other benches left to be delivered."""
        async with self.wiring.connected_as_system():
            for table in ("delivery", "outbox"):
                await get_connection(MAIN).execute_query(f"DELETE FROM {table}")

    @property
    def recordings(self) -> Path:
        """Where recordings go; a round leaves hundreds of megabytes."""
        return self.wiring.deployment.home.folder / "recordings"


@asynccontextmanager
async def open_house(step: Step) -> AsyncIterator[House]:
    """Start the servers, open the practice, and stop the servers in the end."""
    for name in list(os.environ):
        if name in _FOREIGN or name.startswith("DESKBELL_"):
            del os.environ[name]
    step("starting PostgreSQL and Valkey")
    settings = Settings(_env_file=None, home=HOME, database_pool=20)
    deployment = find(settings)
    try:
        await bring_up_to_date(deployment, step)
        wiring = Wiring.build(deployment)
        await wiring.connect()
        try:
            yield House(wiring, await furnished(wiring, step))
        finally:
            await wiring.close()
    finally:
        deployment.home.stop_servers()

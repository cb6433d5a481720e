"""Both databases as the hand-written endpoint uses them: tenants, sessions and sealed columns."""

import hashlib
import os
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg

from domain.clock import SystemClock
from domain.encryption import DataKey, master_key_in, place_of

SESSION = "SELECT tenant_id FROM session_by_hash($1, $2)"
ENTER = "SELECT set_config('app.tenant_id', $1, true)"
KEYS = "SELECT id, wrapped FROM stored_key WHERE tenant_id = $1 AND id = ANY($2::uuid[])"

Row = Mapping[str, Any]
Open = Callable[..., str | None]


@dataclass
class Database:
    """Both databases, and the key above all keys."""

    main: asyncpg.Pool = field(init=False)
    keyring: asyncpg.Pool = field(init=False)
    master: DataKey = field(init=False)

    async def connect(self) -> None:
        """Open what the environment names."""
        env = os.environ
        self.master = master_key_in(Path(env["DESKBELL_HOME"]) / "master.key")
        self.main = await asyncpg.create_pool(env["DESKBELL_RUNTIME_URL"], max_size=10)
        self.keyring = await asyncpg.create_pool(env["DESKBELL_KEYRING_RUNTIME_URL"], max_size=10)

    async def tenant_of(self, cookie: str) -> UUID:
        """Whose session a cookie holds."""
        digest = hashlib.sha256(cookie.rpartition(".")[0].encode()).hexdigest()
        found: UUID = await self.main.fetchval(SESSION, digest, SystemClock().now())
        return found

    @asynccontextmanager
    async def tenant(self, pool: asyncpg.Pool, id: UUID) -> AsyncIterator[Any]:
        """A transaction in which one tenant is visible."""
        async with pool.acquire() as connection, connection.transaction():
            await connection.execute(ENTER, str(id))
            yield connection

    async def opener(self, tenant_id: UUID, ids: Iterable[UUID | None]) -> Open:
        """Opens sealed columns of rows under the keys with these ids."""
        wanted = [tenant_id, *{id for id in ids if id is not None}]
        async with self.tenant(self.keyring, tenant_id) as connection:
            wrapped = dict(await connection.fetch(KEYS, tenant_id, wanted))
        own = self.master.unwrap(tenant_id, wrapped.pop(tenant_id))
        keys = {id: own.unwrap(id, value) for id, value in wrapped.items()}

        def opened(row: Row, column: str, table: str, owner: str, id: str = "id") -> str | None:
            sealed = row[column]
            if sealed is None:
                return None
            place = place_of(tenant_id, table, column, row[id])
            return keys[row[owner]].open(sealed, place).decode()

        return opened

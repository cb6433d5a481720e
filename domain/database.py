"""Transactions that belong to one tenant."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from tortoise.backends.base.client import TransactionalDBClient
from tortoise.transactions import in_transaction

MAIN = "default"

# Transaction-local on purpose: a session-level setting leaks tenants behind a connection pooler.
ENTER_TENANT = "SELECT set_config('app.tenant_id', $1, true)"
ENTER_TENANT_READ_ONLY = ENTER_TENANT + ", set_config('transaction_read_only', 'on', true)"


@asynccontextmanager
async def tenant_transaction(
    tenant_id: UUID, database: str = MAIN, *, read_only: bool = False
) -> AsyncIterator[TransactionalDBClient]:
    """Open a transaction in which row-level security shows one tenant only."""
    async with in_transaction(database) as connection:
        enter = ENTER_TENANT_READ_ONLY if read_only else ENTER_TENANT
        await connection.execute_query(enter, [str(tenant_id)])
        yield connection

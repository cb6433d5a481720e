"""Transactions that belong to one tenant."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from uuid import UUID

from tortoise.backends.base.client import TransactionalDBClient
from tortoise.transactions import in_transaction

MAIN = "default"

# Transaction-local on purpose: a session-level setting leaks tenants behind a connection pooler.
ENTER_TENANT = "SELECT set_config('app.tenant_id', $1, true)"
ENTER_TENANT_READ_ONLY = ENTER_TENANT + ", set_config('transaction_read_only', 'on', true)"

# Who writes says so, and since when, until after the commit: what copies a tenant waits for it.
BEGIN_WRITING = (
    ENTER_TENANT
    + ", set_config('app.now', $2, true), pg_advisory_xact_lock_shared(hashtext($1), $3)"
)
# Such a lock takes a second as a signed number of 32 bits; counted from 2020 they last until 2088.
FIRST_SECOND = 1_577_836_800


@asynccontextmanager
async def tenant_transaction(
    tenant_id: UUID, database: str = MAIN, *, read_only: bool = False
) -> AsyncIterator[TransactionalDBClient]:
    """Open a transaction in which row-level security shows one tenant only."""
    async with in_transaction(database) as connection:
        enter = ENTER_TENANT_READ_ONLY if read_only else ENTER_TENANT
        await connection.execute_query(enter, [str(tenant_id)])
        yield connection


@asynccontextmanager
async def writing_transaction(
    tenant_id: UUID, began: datetime, moment: datetime
) -> AsyncIterator[TransactionalDBClient]:
    """The same for what changes rows: learn the time of the changes only after this was entered.

    `moment` dates changes that pass no repository.
    """
    async with in_transaction(MAIN) as connection:
        second = int(began.timestamp()) - FIRST_SECOND
        values = [str(tenant_id), moment.isoformat(), second]
        await connection.execute_query(BEGIN_WRITING, values)
        yield connection

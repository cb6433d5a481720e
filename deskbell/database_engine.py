"""Tortoise's engine for PostgreSQL, except that it survives the loss of a connection.

Tortoise 1.1.9 keeps a connection on which BEGIN fails, as it does on every idle connection after
the server has gone away: the pool loses it for good, and the task that asked for it believes for
ever that it is inside that transaction. A relay never works again; an API runs out of connections.
"""

from contextlib import suppress
from typing import Any

from asyncpg.exceptions import InterfaceError, InternalClientError, PostgresError
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import (
    TransactionalDBClient,
    TransactionContext,
    TransactionContextPooled,
)
from tortoise.connection import get_connections

LOST = (InterfaceError, InternalClientError, PostgresError, OSError)


class SteadyTransaction(TransactionContextPooled):
    """A transaction that gives its connection back whatever happens to it."""

    __slots__ = ()

    async def __aenter__(self) -> TransactionalDBClient:
        try:
            return await super().__aenter__()
        except BaseException:
            # The token is there as soon as there is a connection to give back.
            if hasattr(self, "token"):
                await self._give_back()
            raise

    async def __aexit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        try:
            if not self.client._finalized:
                await (self.client.rollback() if exc_type else self.client.commit())
        except LOST:
            # A rollback on a dead connection has happened; why it died is known already.
            if exc_type is None:
                raise
        finally:
            await self._give_back()

    async def _give_back(self) -> None:
        get_connections().reset(self.token)
        # The pool throws a broken connection away, and says so.
        with suppress(*LOST):
            await self.client._parent._pool.release(self.client._connection)


class SteadyClient(AsyncpgDBClient):
    """A pool of connections to PostgreSQL."""

    def _in_transaction(self) -> TransactionContext:
        return SteadyTransaction(TransactionWrapper(self), self._pool_init_lock)


client_class = SteadyClient

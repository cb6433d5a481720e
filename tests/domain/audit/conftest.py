"""A trail with something in it, those who seal and check it, and somebody who tampers."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
from tortoise.connection import get_connection
from tortoise.transactions import in_transaction

from domain import contacts
from domain.audit.repository import AuditEntries
from domain.audit.sealer import Sealer
from domain.audit.verifier import Fault, Report, Verifier
from domain.database import MAIN
from domain.personal import Source
from domain.scope import Scope
from domain.trail import AuditEntry
from domain.work import UnitsOfWork
from integrations.storage.settings import StorageSettings
from integrations.storage.store import Objects, open_store
from tests.conftest import as_system, connected

SECRET = b"a secret that no database knows"
# Only the server's own administrator can do this: triggers stand in everybody else's way.
WITHOUT_TRIGGERS = "SET LOCAL session_replication_role = replica"

Tell = Callable[[], Awaitable[list[AuditEntry]]]


@pytest.fixture
def store(tmp_path) -> Objects:
    return open_store(StorageSettings(url=(tmp_path / "store").as_uri()))


@pytest.fixture
def sealer(store, clock, unit_of_work) -> Sealer:
    return Sealer(store, clock, unit_of_work.ids, SECRET)


@pytest.fixture
def trail(unit_of_work: UnitsOfWork, scope: Scope) -> Tell:
    """Every entry of the tenant, in the order they were written."""

    async def tell() -> list[AuditEntry]:
        async with unit_of_work(scope) as uow:
            entries = AuditEntries(uow)
            return await entries.page(entries.all().order_by("id"))

    return tell


@pytest.fixture
def busy(unit_of_work: UnitsOfWork, scope: Scope) -> Callable[[int], Awaitable[None]]:
    """Do things that leave entries, each in a unit of work of its own."""

    async def work(deeds: int) -> None:
        for number in range(deeds):
            async with unit_of_work(scope) as uow:
                details = contacts.Details(name=f"Caller {number}")
                await contacts.add(uow, details, source=Source.OWNER)

    return work


@dataclass(frozen=True)
class Chain:
    """The chain of one tenant, as its keepers see it."""

    urls: Any
    admin: str
    scope: Scope
    sealer: Sealer

    async def seal(self) -> int:
        async with as_system(self.urls):
            sealed = await self.sealer.seal(self.scope.tenant_id)
            await self.sealer.anchor()
        return sealed

    async def verify(self, secret: bytes = SECRET) -> Report:
        async with as_system(self.urls):
            return await Verifier(self.sealer.store, secret).verify(self.scope.tenant_id)

    async def faults(self) -> list[Fault]:
        return (await self.verify()).faults

    async def kinds(self) -> set[str]:
        return {fault.kind.value for fault in await self.faults()}

    async def rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        async with self.everything():
            return await get_connection(MAIN).execute_query_dict(sql, list(values))

    async def tamper(self, sql: str, *values: Any) -> None:
        """Change the database behind everybody's back, as its administrator can."""
        async with self.everything(), in_transaction(MAIN) as connection:
            await connection.execute_query(WITHOUT_TRIGGERS)
            await connection.execute_query(sql, [self.scope.tenant_id, *values])

    @asynccontextmanager
    async def everything(self) -> AsyncIterator[None]:
        main = f"{self.admin.rpartition('/')[0]}{urlsplit(self.urls.system).path}"
        async with connected(main, self.urls.keyring_system):
            yield


@pytest.fixture
def chain(database, servers, scope, sealer) -> Chain:
    return Chain(database, servers.database_url, scope, sealer)

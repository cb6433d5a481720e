"""Demands of authorities, as the operator's people handle them from their own house.

Nobody goes to the tenant for it: its owners would hear of a visit at once, which the law may
forbid. Whatever is done is on record twice, at the tenant first and then at the house.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from domain.scope import Scope
from domain.work import UnitOfWork, UnitsOfWork
from tenants.grants.above import from_above
from tenants.operators.events import DemandHandled
from tenants.operators.service import target
from tenants.records import legal
from tenants.records.legal.models import LegalProcess
from tenants.records.legal.repository import LegalProcesses
from tenants.service import tenant_facts

WRITE = "demands:write"
MOST = 100
T = TypeVar("T")


@dataclass(frozen=True)
class DemandDesk:
    """Where somebody of the operator handles what was demanded of one tenant."""

    work: UnitsOfWork
    home: Scope
    slug: str

    async def scope(self) -> Scope:
        """The operator at the tenant, with no right but to handle demands. Raises `NotFound`."""
        tenant_id = await target(self.work, self.home, WRITE, self.slug)
        return from_above(self.home, tenant_id, await tenant_facts(tenant_id))

    async def seen(self) -> list[LegalProcess]:
        """What was demanded, the newest in front. Raises `NotFound`."""
        async with self.work(await self.scope(), read_only=True) as uow:
            rows = LegalProcesses(uow).all().order_by("-received_at", "-id")
            return await LegalProcesses(uow).page(rows.limit(MOST))

    async def approve(self, id: UUID, decision: str) -> LegalProcess:
        """Agree to answer it. Raises what `legal.approve` does, and `NotFound`."""
        return await self._do(id, "approved", lambda uow: legal.approve(uow, id, decision))

    async def refuse(self, id: UUID, decision: str) -> LegalProcess:
        """Do not answer it. Raises what `legal.refuse` does, and `NotFound`."""
        return await self._do(id, "refused", lambda uow: legal.refuse(uow, id, decision))

    async def answer(self, id: UUID) -> tuple[LegalProcess, list[dict[str, Any]]]:
        """It, and what is within its scope. Raises what `legal.answer` does, and `NotFound`."""

        async def answered(uow: UnitOfWork) -> tuple[LegalProcess, list[dict[str, Any]]]:
            told = await legal.answer(uow, id)
            return await LegalProcesses(uow).get(id), told

        return await self._do(id, "answered", answered)

    async def note(self, at: Scope, id: UUID, deed: str) -> None:
        """Put on record at the house what was done at the tenant."""
        async with self.work(self.home) as uow:
            uow.record(DemandHandled(legal_process_id=id, tenant_id=at.tenant_id, deed=deed))

    async def _do(self, id: UUID, deed: str, done: Callable[[UnitOfWork], Awaitable[T]]) -> T:
        at = await self.scope()
        async with self.work(at) as uow:
            result = await done(uow)
        await self.note(at, id, deed)
        return result

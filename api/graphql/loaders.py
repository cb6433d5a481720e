"""Rows that many fields ask for one by one, fetched a level at a time."""

from collections import defaultdict
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from strawberry.dataloader import DataLoader

from domain import usage
from domain.business.models import Resource
from domain.business.repository import Resources, ServiceResources
from domain.conversations.models import Turn
from domain.conversations.repository import Turns
from domain.recordings.models import Recording
from domain.recordings.repository import Recordings
from domain.repository import Repository
from domain.tenancy import TenantModel
from domain.transfers.models import Transfer
from domain.transfers.repository import Transfers
from domain.work import UnitOfWork
from tenants.grants.repository import Grants, Held, Used
from tenants.models import User
from tenants.repository import Users

T = TypeVar("T", bound=TenantModel)
Days = tuple[UUID, date, date]
Read = Callable[[str], Awaitable[UnitOfWork]]


class Loaders:
    """One loader per table and permission, for as long as one unit of work reads."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._by_id: dict[type[Repository[Any]], DataLoader[UUID, Any]] = {}
        self._by_column: dict[tuple[type[Repository[Any]], str], DataLoader[UUID, Any]] = {}
        self.turns: DataLoader[UUID, list[Turn]] = DataLoader(self._turns)
        self.recordings: DataLoader[UUID, Recording | None] = DataLoader(self._recordings)
        self.transfers: DataLoader[UUID, list[Transfer]] = DataLoader(self._transfers)
        self.providers: DataLoader[UUID, list[Resource]] = DataLoader(self._providers)
        self.held: DataLoader[UUID, Held | None] = DataLoader(self._held)
        self.used: DataLoader[Days, list[Used]] = DataLoader(self._used)
        self.houses: DataLoader[UUID, str | None] = DataLoader(self._houses)
        self.staff: DataLoader[UUID, str | None] = DataLoader(self._staff)
        self.users: DataLoader[UUID, User | None] = DataLoader(self._users)

    async def row(self, repository: type[Repository[T]], permission: str, id: UUID) -> T | None:
        """One row by id, or None if it is not there (any more)."""
        loader = self._by_id.get(repository)
        if loader is None:
            loader = self._by_id[repository] = self._loader(repository, permission)
        row: T | None = await loader.load(id)
        return row

    async def rows(
        self, repository: type[Repository[T]], permission: str, column: str, id: UUID
    ) -> list[T]:
        """The rows that name another by a column, the oldest first."""
        loader = self._by_column.get((repository, column))
        if loader is None:
            loader = self._many(repository, permission, column)
            self._by_column[repository, column] = loader
        rows: list[T] = await loader.load(id)
        return rows

    def _many(
        self, repository: type[Repository[T]], permission: str, column: str
    ) -> DataLoader[UUID, Any]:
        async def load(ids: list[UUID]) -> list[list[T]]:
            collection = repository(await self._read(permission))
            naming = collection.all().filter(**{f"{column}__in": ids})
            named: dict[UUID, list[T]] = defaultdict(list)
            for row in await collection.page(naming.order_by("id")):
                named[getattr(row, column)].append(row)
            return [named[id] for id in ids]

        return DataLoader(load)

    def _loader(self, repository: type[Repository[T]], permission: str) -> DataLoader[UUID, Any]:
        async def load(ids: list[UUID]) -> list[T | None]:
            found = await repository(await self._read(permission)).many(ids)
            by_id = {row.id: row for row in found}
            return [by_id.get(id) for id in ids]

        return DataLoader(load)

    async def _recordings(self, call_ids: list[UUID]) -> list[Recording | None]:
        repository = Recordings(await self._read("calls:read"))
        rows = await repository.page(repository.all().filter(call_id__in=call_ids))
        by_call = {row.call_id: row for row in rows}
        return [by_call.get(id) for id in call_ids]

    async def _transfers(self, call_ids: list[UUID]) -> list[list[Transfer]]:
        tried: dict[UUID, list[Transfer]] = defaultdict(list)
        for transfer in await Transfers(await self._read("transfers:read")).of_calls(call_ids):
            tried[transfer.call_id].append(transfer)
        return [tried[id] for id in call_ids]

    async def _turns(self, conversation_ids: list[UUID]) -> list[list[Turn]]:
        said: dict[UUID, list[Turn]] = defaultdict(list)
        for turn in await Turns(await self._read("transcripts:read")).of_many(conversation_ids):
            said[turn.conversation_id].append(turn)
        return [said[id] for id in conversation_ids]

    async def _users(self, ids: list[UUID]) -> list[User | None]:
        found = await Users(await self._read("members:read")).many(ids)
        by_id = {user.id: user for user in found}
        return [by_id.get(id) for id in ids]

    async def _held(self, ids: list[UUID]) -> list[Held | None]:
        held = await Grants(await self._read("organization:read")).tenants(ids)
        return [held.get(id) for id in ids]

    async def _used(self, wanted: list[Days]) -> list[list[Used]]:
        grants = Grants(await self._read("organization:read"))
        found: dict[Days, list[Used]] = defaultdict(list)
        for first, last in {(first, last) for _, first, last in wanted}:
            ids = [id for id, *days in wanted if days == [first, last]]
            span = usage.whole(first, last, "UTC")
            for used in await grants.usage(ids, span.start, span.end):
                found[used.tenant_id, first, last].append(used)
        return [found[each] for each in wanted]

    async def _houses(self, ids: list[UUID]) -> list[str | None]:
        names = await Grants(await self._read("grants:read")).houses(ids)
        return [names.get(id) for id in ids]

    async def _staff(self, ids: list[UUID]) -> list[str | None]:
        names = await Grants(await self._read("grants:read")).staff(ids)
        return [names.get(id) for id in ids]

    async def _providers(self, service_ids: list[UUID]) -> list[list[Resource]]:
        uow = await self._read("business:read")
        assigned = await ServiceResources(uow).all().filter(service_id__in=service_ids)
        rows = await Resources(uow).many([row.resource_id for row in assigned])
        by_id = {row.id: row for row in sorted(rows, key=lambda row: row.name)}
        provided: dict[UUID, list[Resource]] = defaultdict(list)
        for row in assigned:
            provided[row.service_id].append(by_id[row.resource_id])
        return [provided[id] for id in service_ids]

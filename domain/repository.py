"""Collections of rows, as one unit of work sees them. The only place that builds querysets."""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

from tortoise.exceptions import IntegrityError
from tortoise.functions import Count
from tortoise.models import Model
from tortoise.queryset import QuerySet

from domain.errors import DomainError, NotFound
from domain.tenancy import TenantModel
from domain.work import UnitOfWork

R = TypeVar("R", bound=Model)
T = TypeVar("T", bound=TenantModel)


class Collection(Generic[R]):
    """Rows of one table; row-level security decides which of them are there."""

    model: type[R]
    noun: ClassVar[str]
    """What a row is called when it is not there."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.uow = uow

    def all(self) -> QuerySet[R]:
        """Every row that may be seen."""
        return self.model.all().using_db(self.uow.connection)

    async def get(self, id: UUID) -> R:
        """One row by id. Raises `NotFound`."""
        return await self.one(self.all().filter(id=id))

    async def lock(self, id: UUID) -> R:
        """One row by id, held until the transaction ends. Raises `NotFound`."""
        return await self.one(self.all().filter(id=id).select_for_update())

    async def one(self, query: QuerySet[R]) -> R:
        """The first row of a query. Raises `NotFound`."""
        row = await self.maybe(query)
        if row is None:
            raise NotFound(f"There is no such {self.noun}")
        return row

    async def maybe(self, query: QuerySet[R]) -> R | None:
        """The first row of a query, if there is one."""
        rows = await self.page(query.limit(1))
        return rows[0] if rows else None

    async def page(self, query: QuerySet[R]) -> list[R]:
        """The rows of a query."""
        return await query

    async def many(self, ids: Sequence[UUID]) -> list[R]:
        """The rows with these ids, in no order; those that are missing are left out."""
        return await self.page(self.all().filter(id__in=list(ids))) if ids else []

    async def tally(self, query: QuerySet[R], column: str) -> dict[Any, int]:
        """How many rows of a query hold each value of a column."""
        counted = query.annotate(rows=Count("id")).group_by(column).values_list(column, "rows")
        return dict(await counted)

    async def insert(self, **values: Any) -> R:
        """Insert a row."""
        row = self.model(**values)
        await row.save(using_db=self.uow.connection, force_create=True)
        return row

    async def save(self, row: R, **changes: Any) -> R:
        """Store changes to a row."""
        row.update_from_dict(changes)
        await row.save(using_db=self.uow.connection, update_fields=list(changes))
        return row

    async def remove(self, row: R) -> None:
        """Delete a row for good."""
        await row.delete(using_db=self.uow.connection)

    @asynccontextmanager
    async def refusing(self, **constraints: DomainError) -> AsyncIterator[None]:
        """Turn a broken database constraint into the error named for it.

        The work inside runs in a savepoint, so the transaction survives the refusal.
        """
        try:
            async with self.uow.savepoint():
                yield
        except IntegrityError as broken:
            name = getattr(broken.args[0], "constraint_name", None)
            if name not in constraints:
                raise
            raise constraints[name] from broken


class Repository(Collection[T]):
    """Rows of the scope's tenant, sealed on their way in and opened on their way out."""

    def all(self) -> QuerySet[T]:
        """Every row of the tenant."""
        return self.model.filter(tenant_id=self.uow.tenant_id).using_db(self.uow.connection)

    async def page(self, query: QuerySet[T]) -> list[T]:
        """The rows of a query, opened with one look at the keyring."""
        rows = await query
        await self.uow.keys.open(rows)
        return rows

    async def add(self, **values: Any) -> T:
        """Seal and insert a row, under a fresh id unless one is given."""
        values.setdefault("id", self.uow.new_id())
        row = self.model(tenant_id=self.uow.tenant_id, **self._stamp(), **values)
        await self.uow.keys.seal(row)
        await row.save(using_db=self.uow.connection, force_create=True)
        return row

    async def add_all(self, many: Iterable[dict[str, Any]]) -> list[T]:
        """Seal and insert rows with one statement, in order."""
        rows = [
            self.model(
                tenant_id=self.uow.tenant_id,
                **self._stamp(),
                **{"id": self.uow.new_id(), **values},
            )
            for values in many
        ]
        for row in rows:
            await self.uow.keys.seal(row)
        await self.model.bulk_create(rows, using_db=self.uow.connection)
        return rows

    async def save(self, row: T, **changes: Any) -> T:
        """Seal and store changes to a row."""
        changes |= self._stamp()
        row.update_from_dict(changes)
        await self.uow.keys.seal(row)
        return await super().save(row, **changes)

    def _stamp(self) -> dict[str, Any]:
        """When the row changed, where copies of the table are kept elsewhere."""
        return {"updated_at": self.uow.now} if self.model.synced else {}

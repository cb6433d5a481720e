"""Leftovers, and the keys that nothing needs any more."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from tortoise.queryset import QuerySet

from domain.disposal import statements
from domain.disposal.models import Leftover, LeftoverKind
from domain.personal import DataClass, labels
from domain.repository import Repository
from domain.sealed import sealed_fields
from domain.tables import tables, tables_of_tenants
from domain.tenancy import TenantModel
from domain.work import UnitOfWork

# What was done, and copies of what was sent, never keep a key: they become unreadable with it.
FOLLOWING = frozenset({DataClass.AUDIT, DataClass.LOG})


class Leftovers(Repository[Leftover]):
    """What is still to be removed."""

    model = Leftover
    noun = "leftover"

    def of(self, cause_id: UUID) -> QuerySet[Leftover]:
        """What one cause left, in the order in which it did."""
        return self.all().filter(cause_id=cause_id).order_by("id")

    async def leave(self, cause_id: UUID, found: Iterable[tuple[LeftoverKind, str]]) -> None:
        """Note what is to be removed."""
        written = [
            {"cause_id": cause_id, "kind": kind, "name": name, "created_at": self.uow.now}
            for kind, name in found
        ]
        if written:
            await self.add_all(written)

    async def removed(self, ids: Sequence[UUID]) -> None:
        """Forget what is removed."""
        await self.all().filter(id__in=list(ids)).delete()


async def run(uow: UnitOfWork, statement: str, ids: Iterable[UUID]) -> list[dict[str, Any]]:
    """Send a statement about some rows of the tenant."""
    values = [uow.tenant_id, list(ids)]
    rows: list[dict[str, Any]] = await uow.connection.execute_query_dict(statement, values)
    return rows


async def rows_at(uow: UnitOfWork, model: type[TenantModel], ids: Iterable[UUID]) -> list[Any]:
    """Rows as they are stored, opened as far as there are keys."""
    found = await model.filter(tenant_id=uow.tenant_id, id__in=list(ids)).using_db(uow.connection)
    await uow.keys.open_remaining(found)
    return list(found)


async def needed(uow: UnitOfWork, keys: Sequence[UUID]) -> set[UUID]:
    """The keys among these under which something is still sealed that is not a mere copy."""
    if not keys:
        return set()
    return {row["id"] for row in await run(uow, statements.any_needed(_sealing()), keys)}


async def there(uow: UnitOfWork, table: str, ids: Sequence[UUID]) -> set[UUID]:
    """The ids among these of which a table has a row."""
    return {row["id"] for row in await run(uow, statements.there(table), ids)}


async def gone(uow: UnitOfWork, home: str, ids: Sequence[UUID]) -> set[UUID]:
    """The ids among these of which a table has no row."""
    return set(ids) - await there(uow, home, ids)


def home_of_key(model: type[TenantModel]) -> str | None:
    """The table whose ids name the keys of a table's rows, if they are a person's or a call's."""
    named = model.sealed_by or ""
    if named == "id":
        return model._meta.db_table
    home = tables().get(named.removesuffix("_id"))
    return home._meta.db_table if home and getattr(home, "sealed_by", None) == "id" else None


def _sealing() -> Iterator[statements.Sealing]:
    """The tables with something under another key than the tenant's, and where it is."""
    for table, model in tables_of_tenants().items():
        known = labels(model)
        columns = [name for name in sealed_fields(model) if known[name] not in FOLLOWING]
        columns += [model.objects_in] if model.objects_in else []
        if columns and model.sealed_by not in {None, "tenant_id"}:
            yield statements.Sealing(table, model.sealed_by, tuple(columns))

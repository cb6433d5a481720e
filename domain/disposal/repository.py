"""Leftovers, and the keys that nothing needs any more."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from tortoise.queryset import QuerySet

from domain.disposal.models import Leftover, LeftoverKind
from domain.disposal.paths import tables
from domain.repository import Repository
from domain.sealed import sealed_fields
from domain.tenancy import TenantModel
from domain.work import UnitOfWork


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


async def needed(uow: UnitOfWork, keys: Sequence[UUID]) -> set[UUID]:
    """The keys among these under which something is still sealed that is not a mere copy."""
    found: set[UUID] = set()
    for model in _sealing():
        some = [f'"{column}" IS NOT NULL' for column in sealed_fields(model)]
        some += [f'"{model.objects_in}" IS NOT NULL'] if model.objects_in else []
        rows = await uow.connection.execute_query_dict(
            f'SELECT DISTINCT "{model.sealed_by}" AS id FROM "{model._meta.db_table}"'  # noqa: S608
            f' WHERE tenant_id = $1 AND "{model.sealed_by}" = ANY($2::uuid[])'
            f" AND ({' OR '.join(some)})",
            [uow.tenant_id, list(keys)],
        )
        found |= {row["id"] for row in rows}
    return found


async def gone(uow: UnitOfWork, home: str, ids: Sequence[UUID]) -> set[UUID]:
    """The ids among these of which a table has no row."""
    rows = await uow.connection.execute_query_dict(
        f'SELECT id FROM "{home}" WHERE tenant_id = $1 AND id = ANY($2::uuid[])',  # noqa: S608
        [uow.tenant_id, list(ids)],
    )
    return set(ids) - {row["id"] for row in rows}


def home_of_key(model: type[TenantModel]) -> str | None:
    """The table whose ids name the keys of a table's rows, if they are a person's or a call's."""
    named = model.sealed_by or ""
    if named == "id":
        return model._meta.db_table
    home = tables().get(named.removesuffix("_id"))
    return home._meta.db_table if home and getattr(home, "sealed_by", None) == "id" else None


def _sealing() -> list[type[TenantModel]]:
    """The tables whose rows need a person's or a call's key."""
    models = [model for model in tables().values() if issubclass(model, TenantModel)]
    sealing = [model for model in models if sealed_fields(model) or model.objects_in]
    return [model for model in sealing if home_of_key(model)]

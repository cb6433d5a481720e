"""Taking a plugin out of one tenant: said beforehand, then done once and for all.

Whoever does it names how many rows they were shown. What is personal goes only when a copy of it
was taken within some days, or when they say that they want none; either is on record.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from tortoise.queryset import QuerySet

from domain.archives.models import ArchiveState, Whose
from domain.archives.repository import Archives
from domain.privacy.recipients import Recipient
from domain.tables import children_first, tables_of_tenants
from domain.tenancy import TenantModel
from domain.work import UnitOfWork
from plugins import settings
from plugins.errors import CopyFirst, PluginHolds
from plugins.events import PluginUninstalled
from plugins.manifest import Manifest
from plugins.registry import Registry
from plugins.repository import Standings
from tenants.agreements.models import Disposal
from tenants.agreements.service import put_on_record
from tenants.repository import PluginInstallations

# Older copies lack what came since.
COPY_LASTS = timedelta(days=7)


@dataclass(frozen=True)
class Removal:
    """What would go."""

    manifest: Manifest
    rows: Mapping[str, int]
    """By table; of the plugin's own tables only."""
    is_personal: bool
    has_copy: bool
    """Whether an archive of the last days holds it."""

    @property
    def total(self) -> int:
        """How many rows."""
        return sum(self.rows.values())

    @property
    def recipients(self) -> Sequence[Recipient]:
        """Who keeps what they were sent."""
        return self.manifest.recipients


def tables_of(manifest: Manifest) -> dict[str, type[TenantModel]]:
    """The tables that a plugin brings, by name."""
    found = tables_of_tenants().items()
    return {name: model for name, model in found if model.__module__ == manifest.models}


async def preview(uow: UnitOfWork, registry: Registry, plugin: str) -> Removal:
    """What would go with a plugin. Raises `UnknownPlugin`."""
    uow.require(settings.READ)
    manifest = registry.manifest(plugin)
    held = tables_of(manifest)
    rows = {name: await _count(uow, model) for name, model in held.items()}
    personal = any(rows[name] and model.personal is not None for name, model in held.items())
    return Removal(manifest, rows, personal, await _has_copy(uow, rows))


async def uninstall(
    uow: UnitOfWork, registry: Registry, plugin: str, *, rows: int, without_copy: bool = False
) -> Removal:
    """Switch a plugin off and delete its settings, secrets and rows.

    Raises as `disable`; `PluginHolds` if there are other rows than those that were shown, and
    `CopyFirst`.
    """
    await settings.disable(uow, registry, plugin)
    going = await preview(uow, registry, plugin)
    if going.total != rows:
        raise PluginHolds(going.total)
    if going.is_personal and not (going.has_copy or without_copy):
        raise CopyFirst
    if going.is_personal:
        copied = "a copy was taken first" if going.has_copy else "no copy was wanted"
        reason = f"The plugin {plugin} was taken out; {copied}"
        how = Disposal.RETURNED if going.has_copy else Disposal.DESTROYED
        await put_on_record(uow, how, reason)
    await _delete(uow, going.manifest)
    installations = PluginInstallations(uow)
    row = await installations.of(plugin)
    assert row is not None
    await installations.remove(row)
    uow.record(PluginUninstalled(plugin_installation_id=row.id, plugin=plugin, rows=going.total))
    return going


async def _delete(uow: UnitOfWork, manifest: Manifest) -> None:
    held = tables_of(manifest)
    for name in children_first(held):
        await _rows(uow, held[name]).delete()
    await Standings(uow).forget(manifest.name)


async def _count(uow: UnitOfWork, model: type[TenantModel]) -> int:
    return await _rows(uow, model).count()


def _rows(uow: UnitOfWork, model: type[TenantModel]) -> QuerySet[TenantModel]:
    return model.filter(tenant_id=uow.tenant_id).using_db(uow.connection)


async def _has_copy(uow: UnitOfWork, rows: Mapping[str, int]) -> bool:
    """Whether the last whole archive of the business knows at least as many rows."""
    archives = Archives(uow)
    made = archives.all().filter(
        whose=Whose.TENANT, state=ArchiveState.READY, finished_at__gte=uow.now - COPY_LASTS
    )
    last = await archives.maybe(made.order_by("-finished_at"))
    return last is not None and all(last.rows.get(each, 0) >= rows[each] for each in rows)

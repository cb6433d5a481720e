"""Which of our fields goes into which field of a customer file: checked against what is there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.crm import files
from domain.crm.models import CrmFile
from domain.crm.ports import CrmProvider, FieldThere
from domain.errors import FieldProblem, InvalidInput
from domain.work import UnitOfWork
from plugins import attempts, settings
from plugins.admission import Equipment
from plugins.capability import CheckContext
from plugins.crm_changes import missing_fields
from plugins.crm_sync import FieldMissing
from plugins.errors import UnknownPlugin
from plugins.guard import Here
from plugins.health import Trier, deliveries_of
from plugins.models import DeliveryStatus
from plugins.parts import Provider, job_handler
from plugins.registry import Registry
from plugins.repository import Deliveries, DeliveryAttempts
from tenants.repository import PluginInstallations

MOST_REPLAYED = 1000


@dataclass(frozen=True)
class Mapper:
    """Asks customer files for their fields, and sets what goes into them."""

    registry: Registry
    equipment: Equipment

    async def prepare(self, uow: UnitOfWork, plugin: str) -> CheckContext:
        """What a file is asked with. Raises `UnknownPlugin` and `PluginNotEnabled`."""
        uow.require(settings.WRITE)
        if plugin not in customer_files(self.registry):
            raise UnknownPlugin(plugin)
        return await Trier(self.registry, self.equipment).prepare(uow, plugin)

    async def admit(self, uow: UnitOfWork, plugin: str) -> None:
        """See that one can be filled. Raises `UnknownPlugin` and `PluginNotEnabled`."""
        uow.require(settings.WRITE)
        if plugin not in fillable(self.registry):
            raise UnknownPlugin(plugin)
        await Trier(self.registry, self.equipment).prepare(uow, plugin)

    async def fields(self, context: CheckContext) -> Sequence[FieldThere]:
        """Which fields contacts have there. Raises as the port says."""
        part = customer_files(self.registry)[context.plugin]
        return await Here().run(lambda: part.make(context).fields(), part.deadline)

    async def compared(self, uow: UnitOfWork, plugin: str, there: Sequence[FieldThere]) -> CrmFile:
        """Know which of the mapped fields are missing."""
        uow.require(settings.WRITE)
        mapping = await mapping_of(uow, plugin)
        return await files.compared(uow, plugin, missing_fields(mapping.values(), there))

    async def map(
        self, uow: UnitOfWork, plugin: str, wanted: Mapping[str, str], there: Sequence[FieldThere]
    ) -> CrmFile:
        """Let our fields go into these from now on, and try again what a missing one had parked.

        Raises `InvalidInput` if one is not there or takes no words.
        """
        uow.require(settings.WRITE)
        _check(wanted, there)
        values = await _values(uow, plugin)
        await settings.configure(uow, self.registry, plugin, {**values, "fields": dict(wanted)})
        await _replay(uow, plugin)
        return await files.compared(uow, plugin, [])


def customer_files(registry: Registry) -> dict[str, Provider]:
    """The plugins of customer files, by name."""
    return {each.plugin: each for each in registry.providers if each.port is CrmProvider}


def fillable(registry: Registry) -> frozenset[str]:
    """The plugins that put everybody somewhere who is known here: customer files, and audiences."""
    return frozenset(
        name
        for name in registry.manifests
        if registry.handler(job_handler(f"{name}.{files.FILL}")).plugin == name
    )


async def shown(uow: UnitOfWork, registry: Registry) -> list[tuple[CrmFile, Mapping[str, str]]]:
    """The customer files that are switched on, and what goes into which of their fields."""
    known = {row.plugin: row for row in await files.listed(uow)}
    installed = PluginInstallations(uow)
    rows = {row.plugin: row for row in await installed.page(installed.all().filter(enabled=True))}
    return [
        (known.get(plugin) or CrmFile(plugin=plugin), await mapping_of(uow, plugin))
        for plugin in sorted(fillable(registry) & rows.keys())
    ]


async def mapping_of(uow: UnitOfWork, plugin: str) -> Mapping[str, str]:
    """What is mapped now."""
    fields = (await _values(uow, plugin)).get("fields")
    return fields if isinstance(fields, dict) else {}


async def _values(uow: UnitOfWork, plugin: str) -> dict[str, object]:
    row = await PluginInstallations(uow).of(plugin)
    return dict(row.settings) if row else {}


def _check(wanted: Mapping[str, str], there: Sequence[FieldThere]) -> None:
    known = {each.name: each for each in there}
    problems = []
    for ours, theirs in wanted.items():
        found = known.get(theirs)
        if found is None:
            problems.append(FieldProblem(f"fields.{ours}", f"There is no {theirs!r}", "NO_FIELD"))
        elif not found.writable:
            words = f"{found.title} cannot be written"
            problems.append(FieldProblem(f"fields.{ours}", words, "READ_ONLY"))
        elif not found.is_text:
            words = f"{found.title} takes no words ({found.type})"
            problems.append(FieldProblem(f"fields.{ours}", words, "NOT_TEXT"))
    if problems:
        raise InvalidInput("Some fields cannot be mapped", *problems)


async def _replay(uow: UnitOfWork, plugin: str) -> None:
    parked = deliveries_of(uow, plugin).filter(status=DeliveryStatus.DEAD).order_by("created_at")
    rows = await Deliveries(uow).page(parked.limit(MOST_REPLAYED))
    tried = DeliveryAttempts(uow)
    failed = tried.all().filter(
        delivery_id__in=[row.id for row in rows], error=FieldMissing.__name__
    )
    because = {each.delivery_id for each in await tried.page(failed)}
    for row in rows:
        if row.id in because:
            await attempts.replay(uow, row.id)

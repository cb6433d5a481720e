"""The register of everybody to whom a tenant's data goes: vendors, and what its plugins bring."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from domain.privacy.recipients import Recipient
from domain.work import UnitOfWork
from plugins.registry import Registry
from tenants.agreements.service import is_agreed_with
from tenants.records.routes.models import RouteAcceptance
from tenants.records.routes.service import judged
from tenants.repository import PluginInstallations

READ = "privacy:read"


@dataclass(frozen=True)
class Entry:
    """One recipient, what brings it in, and whether data may go there."""

    recipient: Recipient
    source: str
    """`deployment`, or the name of a plugin."""
    inside: bool
    acceptance: RouteAcceptance | None = None

    @property
    def is_allowed(self) -> bool:
        """Whether it lies in the region, or was accepted on record."""
        return self.inside or self.acceptance is not None


async def recipients(
    uow: UnitOfWork, registry: Registry, vendors: Iterable[Recipient]
) -> list[tuple[Recipient, str]]:
    """Everybody whom the deployment and the enabled plugins send data to, by source."""
    installations = PluginInstallations(uow)
    on = await installations.page(installations.all().filter(enabled=True).order_by("plugin"))
    brought = []
    for row in on:
        if row.plugin in registry.manifests:
            agreed = await is_agreed_with(uow, row.plugin)
            own = registry.own_tools.get(row.plugin)
            made = await own.recipients(uow) if own else ()
            known = (*registry.manifests[row.plugin].recipients, *made)
            brought += [(replace(each, baa=agreed), row.plugin) for each in known]
    return [*((vendor, "deployment") for vendor in vendors), *brought]


async def register(
    uow: UnitOfWork, registry: Registry, vendors: Iterable[Recipient]
) -> list[Entry]:
    """The register of one tenant, as its region sees it."""
    uow.require(READ)
    found = await recipients(uow, registry, vendors)
    seen = await judged(uow, [recipient for recipient, _ in found])
    return [
        Entry(each.recipient, source, each.inside, each.acceptance)
        for each, (_, source) in zip(seen, found, strict=True)
    ]

"""Which calendars could be linked: those of an account, asked for by whoever sets it up."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.calendars.ports import Calendar, CalendarProvider
from domain.calendars.service import WRITE
from domain.scope import Scope
from domain.work import UnitOfWork
from plugins.admission import Equipment
from plugins.connections import service as connections
from plugins.guard import Breakers
from plugins.manifest import Manifest
from plugins.providers import Providers
from plugins.registry import Registry

# Seconds that somebody who looks at a form waits.
PATIENCE = 10.0


@dataclass(frozen=True)
class Choices:
    """Asks services for what somebody has there."""

    registry: Registry
    equipment: Equipment

    async def of(self, scope: Scope, plugin: str, account: UUID | None) -> Sequence[Calendar]:
        """The calendars of an account, or of what is set up. Raises as the port says.

        Raises `UnknownPlugin` and `NotFound` too, and `Unavailable` if the plugin is off.
        """
        work = self.equipment.unit_of_work
        providers = Providers(self.registry, self.equipment, Breakers(work.clock))
        port: type[CalendarProvider] = CalendarProvider  # type: ignore[type-abstract]
        async with work(scope, read_only=True) as uow:
            uow.require(WRITE)
            await check(uow, self.registry.manifest(plugin), account)
            chosen = await providers.one(uow, port, plugin)
        return await chosen.within(PATIENCE).calendars(account)


async def check(uow: UnitOfWork, manifest: Manifest, account: UUID | None) -> None:
    """Raise `NotFound` unless a connected account is one that a plugin works with."""
    if account is not None:
        accounts = manifest.oauth.provider if manifest.oauth else ""
        await connections.of_service(uow, account, accounts)

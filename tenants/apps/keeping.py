"""What follows, at every business, from what a partner does to an app at home."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from domain.events import Event
from domain.handlers import HandlerContext, HandlerFunction, serves
from domain.privacy.purposes import Purpose
from domain.work import UnitOfWork, UnitsOfWork
from tenants.apps.consent import part
from tenants.apps.events import AppDeleted, AppUpdated
from tenants.apps.models import ConnectedApp, GrantEnd
from tenants.apps.repository import Apps, ConnectedApps
from tenants.service import job_scope

Deed = Callable[[UnitOfWork, ConnectedApp], Awaitable[None]]


@dataclass(frozen=True)
class AppKeeper:
    """Goes round the businesses that an app is connected to, one at a time."""

    unit_of_work: UnitsOfWork

    @property
    def handlers(self) -> tuple[tuple[type[Event], HandlerFunction], ...]:
        """What to do about which events."""
        return ((AppDeleted, self.end_everywhere), (AppUpdated, self.rename_everywhere))

    @serves(Purpose.SERVICE)
    async def end_everywhere(self, event: AppDeleted, context: HandlerContext) -> None:
        """Write down that an app is gone; it opened nothing any more before."""

        async def part_with(uow: UnitOfWork, connection: ConnectedApp) -> None:
            await part(uow, connection, GrantEnd.APP_DELETED)

        await self._everywhere(context.tenant_id, event.app_id, part_with)

    @serves(Purpose.SERVICE)
    async def rename_everywhere(self, event: AppUpdated, context: HandlerContext) -> None:
        """Show an app under its present name."""
        app = await Apps.look_up(event.app_id)
        if app is None:
            return
        name, publisher = app.name, context.tenant.name

        async def rename(uow: UnitOfWork, connection: ConnectedApp) -> None:
            await ConnectedApps(uow).save(connection, name=name, publisher=publisher)

        await self._everywhere(context.tenant_id, event.app_id, rename)

    async def _everywhere(self, home_id: UUID, app_id: UUID, deed: Deed) -> None:
        """Only the app's own home is heard, whatever an event says."""
        for tenant_id in await Apps.tenants_of(app_id):
            async with self.unit_of_work(await job_scope(tenant_id, "apps")) as uow:
                connection = await ConnectedApps(uow).held(app_id)
                if connection is not None and connection.home_id == home_id:
                    await deed(uow, connection)

"""Deliveries to a plugin that fails: it is left alone for a while, at one tenant.

What a recipient of its own does is no fault of the plugin, and is not counted. A handler that cost
a worker its life rests at once.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.work import UnitOfWork
from plugins.events import PluginRested
from plugins.models import LOST
from plugins.pace import OF_DELIVERIES, Tolerance
from plugins.repository import Standings
from tenants.repository import PluginInstallations


@dataclass(frozen=True)
class Verdict:
    """Whether a delivery goes ahead now."""

    rests_until: datetime | None = None
    failing: bool = False
    """Whether it is a trial: all is forgotten if it works."""


@dataclass(frozen=True)
class Bench:
    """Where failing plugins sit."""

    tolerance: Tolerance = OF_DELIVERIES

    async def ask(self, uow: UnitOfWork, plugin: str, trial: timedelta) -> Verdict:
        """Whether it may be called; who comes after a rest is on trial, and alone for so long."""
        standings = Standings(uow)
        # Most plugins do not fail: those are not held.
        row = await standings.held(plugin) if await standings.of(plugin) else None
        if row is None:
            return Verdict()
        if row.rests_until is None:
            return Verdict(failing=True)
        if row.rests_until > uow.real_now:
            return Verdict(rests_until=row.rests_until)
        await standings.save(row, rests_until=uow.real_now + trial)
        return Verdict(failing=True)

    async def failed(self, uow: UnitOfWork, plugin: str, error: str) -> datetime | None:
        """Count a failure; returns until when it rests, if it rests from now on."""
        standings = Standings(uow)
        row = await standings.made(plugin)
        if error == LOST and row.rests_until is not None and row.rests_until > uow.real_now:
            # A worker that died took all that it did with it: that is one failure, not many.
            return row.rests_until
        failures = row.failures + 1
        changes = {"failures": failures, "error": error[:120], "failed_at": uow.now}
        if failures < self.tolerance.failures and error != LOST and row.rests_until is None:
            await standings.save(row, **changes)
            return None
        until = uow.real_now + self.tolerance.rest(row.rests)
        await standings.save(row, **changes, rests=row.rests + 1, rests_until=until)
        await _tell(uow, plugin, error)
        return until

    async def worked(self, uow: UnitOfWork, plugin: str) -> None:
        """Forget all failures."""
        await Standings(uow).forget(plugin)


async def _tell(uow: UnitOfWork, plugin: str, error: str) -> None:
    installation = await PluginInstallations(uow).of(plugin)
    if installation is not None:
        uow.record(
            PluginRested(plugin_installation_id=installation.id, plugin=plugin, error=error[:120])
        )

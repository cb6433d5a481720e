"""How a plugin does at one tenant: from its attempts, and from whether it is left alone."""

from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import Q, Subquery
from tortoise.queryset import QuerySet

from domain.work import UnitOfWork
from plugins import settings
from plugins.admission import Equipment, admission
from plugins.attempts import OUTSIDE_REGION, SWITCHED_OFF
from plugins.capability import CheckContext
from plugins.errors import PluginFailed, PluginNotEnabled
from plugins.guard import Here
from plugins.models import Delivery, DeliveryAttempt, DeliveryStatus, Health
from plugins.registry import Registry
from plugins.repository import Deliveries, DeliveryAttempts, Standings

# What one looks at: enough to tell a bad day from a bad minute.
RECENT = 50
NO_WORK = {SWITCHED_OFF, OUTSIDE_REGION}


@dataclass(frozen=True)
class Report:
    """How a plugin does, and since when."""

    health: Health
    last_error: str = ""
    """The name of an exception class."""
    last_error_at: datetime | None = None
    last_success_at: datetime | None = None
    rests_until: datetime | None = None
    dead: int = 0
    """How many deliveries were given up, and can be replayed."""


def deliveries_of(uow: UnitOfWork, plugin: str) -> QuerySet[Delivery]:
    """Everything that a plugin was told or is to do; also to its several recipients."""
    own = Q(handler__startswith=f"{plugin}:") | Q(handler__startswith=f"job:{plugin}.")
    return Deliveries(uow).all().filter(own)


async def attempts_of(uow: UnitOfWork, plugin: str) -> list[DeliveryAttempt]:
    """The last attempts of a plugin, newest first."""
    last = deliveries_of(uow, plugin).filter(attempts__gt=0).order_by("-created_at", "-id")
    ids = [row.id for row in await Deliveries(uow).page(last.limit(RECENT))]
    attempts = DeliveryAttempts(uow)
    made = attempts.all().filter(delivery_id__in=ids).order_by("-at", "-id").limit(RECENT)
    return [each for each in await attempts.page(made) if each.error not in NO_WORK]


def runs_of(uow: UnitOfWork, plugin: str) -> QuerySet[DeliveryAttempt]:
    """Every time that a plugin was called, but for those at which it was off."""
    made = DeliveryAttempts(uow).all().filter(~Q(error__in=sorted(NO_WORK)))
    return made.filter(delivery_id__in=Subquery(deliveries_of(uow, plugin).values("id")))


async def report(uow: UnitOfWork, plugin: str, *, enabled: bool) -> Report:
    """How a plugin does."""
    uow.require(settings.READ)
    attempts = await attempts_of(uow, plugin)
    standing = await Standings(uow).of(plugin)
    dead = await deliveries_of(uow, plugin).filter(status=DeliveryStatus.DEAD).count()
    failed = [each for each in attempts if not each.succeeded]
    worked = [each for each in attempts if each.succeeded]
    until = standing.rests_until if standing else None
    resting = until is not None and until > uow.real_now
    return Report(
        health=_health(enabled, resting, attempts),
        last_error=failed[0].error if failed else "",
        last_error_at=failed[0].at if failed else None,
        last_success_at=worked[0].at if worked else None,
        rests_until=until if resting else None,
        dead=dead,
    )


def _health(enabled: bool, resting: bool, attempts: list[DeliveryAttempt]) -> Health:
    if not enabled:
        return Health.OFF
    if resting or (attempts and not any(each.succeeded for each in attempts)):
        return Health.FAILING
    return Health.OK if all(each.succeeded for each in attempts) else Health.DEGRADED


@dataclass(frozen=True)
class Trial:
    """What came of trying a plugin out."""

    worked: bool
    error: str = ""
    """The name of an exception class."""
    milliseconds: int = 0


@dataclass(frozen=True)
class Trier:
    """Tries plugins out, with what they would work with."""

    registry: Registry
    equipment: Equipment

    async def prepare(self, uow: UnitOfWork, plugin: str) -> CheckContext:
        """What it is tried with. Raises `UnknownPlugin` and `PluginNotEnabled`."""
        uow.require(settings.WRITE)
        found = await admission(uow, self.registry, plugin)
        if found.shut:
            raise PluginNotEnabled(plugin)
        return self.equipment.capability(CheckContext, found, uow.scope)

    async def run(self, context: CheckContext) -> Trial:
        """Try it out, outside any unit of work; one that has no check works."""
        check = self.registry.checks.get(context.plugin)
        began = context.clock.monotonic()
        error = ""
        if check is not None:
            try:
                await Here().run(lambda: check.function(context), check.timeout)
            except Exception as fault:
                # Never the message: it may repeat a secret.
                error = fault.error if isinstance(fault, PluginFailed) else type(fault).__name__
        return Trial(not error, error, round((context.clock.monotonic() - began) * 1000))

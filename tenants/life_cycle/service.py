"""Looking after accounts that nobody uses; closing them, and taking them up again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.errors import InvalidInput
from domain.personal import DataClass
from domain.scope import TenantKind, TenantStatus
from domain.words import within
from domain.work import UnitOfWork
from tenants.agreements import service as agreements
from tenants.agreements.errors import DispositionMissing
from tenants.agreements.models import Disposal
from tenants.agreements.repository import remaining
from tenants.events import TenantStatusChanged
from tenants.life_cycle import rules
from tenants.life_cycle.errors import GraceOver, HouseStays, NotClosed
from tenants.life_cycle.events import (
    TenantArchived,
    TenantClosed,
    TenantErasureStarted,
    TenantLapsed,
    TenantReopened,
    TenantRevived,
    TenantWarned,
)
from tenants.life_cycle.models import LifeCycle, Stage
from tenants.life_cycle.repository import LifeCycles
from tenants.life_cycle.revoking import revoke_everything
from tenants.life_cycle.rules import Calendar
from tenants.policy.repository import of_operator
from tenants.repository import Tenants

READ, CLOSE = "tenant:read", "tenant:close"
LOOK, ERASE = "life_cycle.look", "life_cycle.erase"
TIMER, ERASE_TIMER = "life_cycle", "life_cycle.erasure"
LONGEST_REASON = 300
GONE = (Stage.CLOSED, Stage.ARCHIVED)


@dataclass(frozen=True)
class Closing:
    """That an account is to be closed: `confirm` is its short name, typed by hand."""

    confirm: str
    reason: str = ""
    health_data: Disposal | None = None
    """What becomes of health data; must be said where there is any."""


async def state(uow: UnitOfWork) -> LifeCycle | None:
    """Where the account stands; None as long as nobody has looked."""
    uow.require(READ)
    return await LifeCycles(uow).maybe(LifeCycles(uow).all())


async def look(uow: UnitOfWork) -> None:
    """See whether anybody still uses the account, and when to look again."""
    if not lives(uow):
        return
    cycles = LifeCycles(uow)
    alive_at = await cycles.alive_at()
    cycle = await cycles.own() or await cycles.begin(alive_at)
    if cycle.stage in (*GONE, Stage.ERASED):
        return
    days = rules.calendar(await of_operator(uow), alive_at)
    await _move(uow, cycle, days, alive_at)
    if moment := days.next(uow.now):
        uow.schedule(LOOK, at=moment, key=TIMER)


async def close(uow: UnitOfWork, closing: Closing) -> LifeCycle:
    """Close the account: every way in ends but the door, and after a time of grace it is erased.

    A second time changes nothing. Raises `InvalidInput`, `HouseStays` and `DispositionMissing`.
    """
    uow.require(CLOSE)
    if not lives(uow):
        raise HouseStays
    _confirmed(uow, closing.confirm)
    cycle = await _own(uow)
    if cycle.stage in (*GONE, Stage.ERASED):
        return cycle
    await _say_about_health(uow, closing)
    await revoke_everything(uow)
    ends = rules.grace_ends(await of_operator(uow), uow.now)
    actor = uow.scope.actor
    await _put_away(
        uow,
        cycle,
        Stage.CLOSED,
        ends,
        closed_by=str(actor),
        closed_because=within("reason", closing.reason, LONGEST_REASON),
        health_data=closing.health_data,
    )
    uow.record(TenantClosed(tenant_id=uow.tenant_id, erase_at=ends))
    return cycle


async def reopen(uow: UnitOfWork, confirm: str) -> LifeCycle:
    """Take an account up again: what was revoked and let go of stays so.

    Raises `InvalidInput`, `NotClosed` and `GraceOver`.
    """
    uow.require(CLOSE)
    _confirmed(uow, confirm)
    cycle = await _own(uow)
    if cycle.stage is Stage.ERASED:
        raise GraceOver
    if cycle.stage not in GONE or cycle.erase_at is None:
        raise NotClosed
    if cycle.erase_at <= uow.now:
        raise GraceOver
    changes = {"stage": Stage.ACTIVE, "since": uow.now, "alive_at": uow.now}
    cleared: dict[str, Any] = {"erase_at": None, "warned": None, "health_data": None}
    await LifeCycles(uow).save(cycle, **changes, **cleared)
    await _stand(uow, TenantStatus.ACTIVE, None)
    uow.cancel(ERASE_TIMER)
    days = rules.calendar(await of_operator(uow), uow.now)
    if moment := days.next(uow.now):
        uow.schedule(LOOK, at=moment, key=TIMER)
    uow.record(TenantReopened(tenant_id=uow.tenant_id))
    return cycle


async def due_for_erasure(uow: UnitOfWork) -> LifeCycle | None:
    """The account, if its time of grace is over and it has not been erased."""
    cycle = await LifeCycles(uow).own()
    if cycle is None or cycle.stage not in GONE or cycle.erase_at is None:
        return None
    return cycle if cycle.erase_at <= uow.now else None


async def erased(uow: UnitOfWork, cycle: LifeCycle, erasure_id: UUID) -> None:
    """Put on record that everything goes, and what stays for which reason."""
    privacy = uow.scope.tenant.privacy
    if privacy.hipaa:
        how = cycle.health_data or Disposal.DESTROYED
        why = f"The account was erased: {erasure_id}"
        await agreements.put_on_record(uow, how, why)
    consent = privacy.retention[DataClass.CONSENT].keep
    kept = rules.kept(await of_operator(uow), consent, uow.now)
    changes = {"stage": Stage.ERASED, "since": uow.now, "kept": kept, "erasure_id": erasure_id}
    await LifeCycles(uow).save(cycle, **changes, closed_because="")
    tenant = await Tenants(uow).lock(uow.tenant_id)
    # What stays belongs to something that has no name any more.
    nameless = {"name": "", "slug": f"erased-{tenant.id}", "status_reason": "", "origins": []}
    await Tenants(uow).save(tenant, **nameless)
    uow.record(TenantErasureStarted(tenant_id=uow.tenant_id, erasure_id=erasure_id))


def lives(uow: UnitOfWork) -> bool:
    """Whether the account has a life of its own: houses and sandboxes end with others."""
    tenant = uow.scope.tenant
    return tenant.kind is TenantKind.BUSINESS and not tenant.sandbox


async def _move(uow: UnitOfWork, cycle: LifeCycle, days: Calendar, alive_at: datetime) -> None:
    """Let the account be where it belongs by now, and have its owners told what is near."""
    stage, about = days.stage(uow.now), {"tenant_id": uow.tenant_id}
    if stage is Stage.ARCHIVED:
        await _put_away(uow, cycle, stage, days.erased, alive_at=alive_at)
        uow.record(TenantArchived(**about, erase_at=days.erased))
        return
    warned = days.warning(uow.now)
    if stage is not cycle.stage:
        await LifeCycles(uow).save(cycle, stage=stage, since=uow.now)
        inactive = TenantLapsed(**about, archive_at=days.archived)
        uow.record(inactive if stage is Stage.INACTIVE else TenantRevived(**about))
    elif warned is not None and warned != cycle.warned:
        uow.record(TenantWarned(**about, days=warned))
    await LifeCycles(uow).save(cycle, alive_at=alive_at, warned=warned)


async def _put_away(
    uow: UnitOfWork, cycle: LifeCycle, stage: Stage, erase_at: datetime, **changes: Any
) -> None:
    away: dict[str, Any] = {"stage": stage, "since": uow.now, "erase_at": erase_at}
    await LifeCycles(uow).save(cycle, **away, **changes)
    closed = stage is Stage.CLOSED
    status = TenantStatus.CLOSING if closed else TenantStatus.ARCHIVED
    await _stand(uow, status, TenantKind.BUSINESS if closed else TenantKind.OPERATOR)
    uow.cancel(TIMER)
    uow.schedule(ERASE, at=erase_at, key=ERASE_TIMER)


async def _stand(uow: UnitOfWork, status: TenantStatus, by: TenantKind | None) -> None:
    tenant = await Tenants(uow).lock(uow.tenant_id)
    if tenant.status is status:
        return
    await Tenants(uow).save(tenant, status=status, status_by=by, status_reason="")
    who = by or TenantKind.BUSINESS
    uow.record(TenantStatusChanged(tenant_id=tenant.id, status=status, by=who))


def _confirmed(uow: UnitOfWork, slug: str) -> None:
    if slug != uow.scope.tenant.slug:
        raise InvalidInput.at("confirm", "Type the short name of the business", "CONFIRM")


async def _own(uow: UnitOfWork) -> LifeCycle:
    cycles = LifeCycles(uow)
    # One after the other: the tenant's row is the turnstile.
    await Tenants(uow).lock(uow.tenant_id)
    return await cycles.own() or await cycles.begin(await cycles.alive_at())


async def _say_about_health(uow: UnitOfWork, closing: Closing) -> None:
    if not uow.scope.tenant.privacy.hipaa:
        return
    if closing.health_data is None:
        if rows := await remaining(uow):
            raise DispositionMissing(rows)
        return
    reason = closing.reason or "The account was closed"
    await agreements.put_on_record(uow, closing.health_data, reason)

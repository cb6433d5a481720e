"""The operator's people: no standing access anywhere, and a way in that everybody hears of.

The house puts on record first that somebody asks, then the tenant that it is open, in one
transaction with the letter to its owners, and then the house that it was opened.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from domain.errors import InvalidInput, NotFound
from domain.scope import Actor, ActorKind, Scope, TenantKind, TenantStatus
from domain.words import fitting
from domain.work import UnitOfWork, UnitsOfWork
from tenants.grants.above import carry_out, from_above
from tenants.grants.repository import Grants
from tenants.grants.rules import USUAL, checked
from tenants.grants.service import NewGrant, end, give, of_a_house
from tenants.models import Tenant
from tenants.operators.errors import RequestOver, SamePerson
from tenants.operators.events import (
    BreakGlassApproved,
    BreakGlassClosed,
    BreakGlassOpened,
    BreakGlassRequested,
)
from tenants.operators.models import BreakGlass
from tenants.operators.repository import BreakGlasses
from tenants.service import tenant_facts, tenant_of_slug

MOST_HOURS = 8
LONGEST_REASON = 300
# Whoever is asked is at work; tomorrow the reason may be gone.
APPROVED_WITHIN = timedelta(hours=1)
LOOKING = frozenset(permission for permission in USUAL if permission.endswith(":read"))


@dataclass(frozen=True)
class Wish:
    """To come in at a tenant: why, what for, and for how long."""

    target_id: UUID
    reason: str
    hours: int
    permissions: Iterable[str] | None = None
    """Looking at how it is set up, if nothing is said; words and sound only if they are named."""


async def ask(uow: UnitOfWork, wish: Wish) -> BreakGlass:
    """Ask to come in; `open_to` opens, at once or when a colleague agrees.

    Raises `InvalidInput` and `StepUpRequired`.
    """
    uow.require("breakglass:open")
    of_a_house(uow, TenantKind.OPERATOR)
    return await _request(uow, wish)


async def approve(work: UnitsOfWork, home: Scope, id: UUID) -> BreakGlass:
    """Agree to what a colleague asked for. Raises `SamePerson` and `RequestOver`."""
    async with work(home) as uow:
        uow.require("breakglass:open")
        of_a_house(uow, TenantKind.OPERATOR)
        row = await BreakGlasses(uow).lock(id)
        by = str(uow.scope.actor)
        if row.approved_by or row.opened_at or uow.now - row.requested_at > APPROVED_WITHIN:
            raise RequestOver
        if row.requested_by == by:
            raise SamePerson
        await BreakGlasses(uow).save(row, approved_by=by)
        uow.record(BreakGlassApproved(break_glass_id=id))
    return await open_to(work, home, row)


async def close(work: UnitsOfWork, home: Scope, id: UUID) -> BreakGlass:
    """Close a tenant again before its time. Raises `RequestOver` where nothing was opened."""
    async with work(home) as uow:
        uow.require("breakglass:open")
        row = await BreakGlasses(uow).lock(id)
        if row.grant_id is None:
            raise RequestOver
        uow.record(BreakGlassClosed(break_glass_id=id))
    there = from_above(home, row.target_id, await tenant_facts(row.target_id))
    async with work(there) as uow:
        await end(uow, await Grants(uow).lock(row.grant_id))
    return row


async def decide(
    work: UnitsOfWork, home: Scope, slug: str, status: TenantStatus, reason: str
) -> Tenant:
    """Serve a tenant, or no longer, or for the last time. Raises `NotFound`, `InvalidInput`."""
    target_id = await target(work, home, "tenants:write", slug)
    return await carry_out(work, home, target_id, status, reason)


async def target(work: UnitsOfWork, home: Scope, permission: str, slug: str) -> UUID:
    """The tenant with a short name, for those of the operator who may. Raises `NotFound`."""
    async with work(home, read_only=True) as uow:
        uow.require(permission)
        of_a_house(uow, TenantKind.OPERATOR)
    found = await tenant_of_slug(slug)
    # Over itself the operator decides with a command, not from within.
    if found is None or found == home.tenant_id:
        raise NotFound("There is no such tenant")
    return found


async def _request(uow: UnitOfWork, wish: Wish) -> BreakGlass:
    if not 1 <= wish.hours <= MOST_HOURS:
        raise InvalidInput.at("hours", f"Ask for 1 to {MOST_HOURS} hours")
    wanted = checked(LOOKING if wish.permissions is None else wish.permissions)
    row = await BreakGlasses(uow).add(
        target_id=wish.target_id,
        reason=fitting("reason", wish.reason, LONGEST_REASON),
        permissions=sorted(wanted),
        hours=wish.hours,
        requested_by=str(uow.scope.actor),
        requested_at=uow.now,
    )
    uow.record(
        BreakGlassRequested(
            break_glass_id=row.id,
            tenant_id=wish.target_id,
            permissions=tuple(row.permissions),
            hours=row.hours,
        )
    )
    return row


async def open_to(work: UnitsOfWork, home: Scope, row: BreakGlass) -> BreakGlass:
    """Open a tenant to whoever asked, once, and write to its owners."""
    if row.opened_at is not None:
        return row
    facts = await tenant_facts(row.target_id)
    there = from_above(home, row.target_id, facts)
    # It is opened to whoever asked, also if somebody else agreed last.
    asker = Actor(ActorKind.OPERATOR, row.requested_by.partition(":")[2])
    async with work(replace(there, actor=asker)) as uow:
        lent = frozenset(row.permissions)
        ends = uow.now + timedelta(hours=row.hours)
        kind = TenantKind.OPERATOR
        new = NewGrant(home.tenant_id, kind, lent, reason=row.reason, expires_at=ends)
        grant = await give(uow, new)
    async with work(home) as uow:
        rows = BreakGlasses(uow)
        opened = await rows.save(await rows.lock(row.id), grant_id=grant.id, opened_at=uow.now)
        uow.record(
            BreakGlassOpened(break_glass_id=row.id, tenant_id=row.target_id, grant_id=grant.id)
        )
    return opened

"""People of a house at a tenant: a session there, which lives no longer than what let it begin.

A visit is a session of the reached tenant in the stage `visiting`. Grant, house and membership are
looked up anew with every request: whoever loses one of them is out at once.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain.errors import Forbidden, NotFound
from domain.scope import Actor, ActorKind, Proof, Scope, TenantKind
from domain.work import UnitOfWork, UnitsOfWork
from tenants import factors, sessions
from tenants.devices import Origin
from tenants.errors import MfaNotEnrolled, SessionEnded
from tenants.grants import service
from tenants.grants.events import VisitStarted
from tenants.grants.models import AccessGrant
from tenants.grants.repository import Grants
from tenants.models import Session, Stage
from tenants.repository import Sessions
from tenants.sessions import Begun, Standing
from tenants.step_up import GUARDED
from tenants.tokens import hashed

# A working day: whoever stays longer goes there again.
LASTS = timedelta(hours=8)
BY_HASH = "SELECT * FROM visit_by_hash($1, $2)"


async def begin(unit_of_work: UnitsOfWork, standing: Standing, slug: str) -> Begun:
    """Go on at a tenant that one's house holds a grant of, with another token.

    Raises `NotFound` for any other tenant, `Forbidden`, and `MfaNotEnrolled`.
    """
    home, user_id = standing.scope, standing.user_id
    async with unit_of_work(home, read_only=True) as uow:
        uow.require("tenants:reach")
        grant = await Grants(uow).held_of(slug)
        await _proved_twice(uow, grant, user_id)
    there = await service.guest_scope(grant, home, service.VISIT)
    async with unit_of_work(home) as uow:
        old = await Sessions(uow).lock(standing.id)
        await Sessions(uow).save(old, revoked_at=uow.now)
        uow.record(_started(grant, user_id))
    async with unit_of_work(there) as uow:
        values = _kept(old, grant, uow.now)
        token, new = await sessions.add(uow, user_id, Origin(old.device, old.network), **values)
        uow.record(_started(grant, user_id))
    return Begun(token, there, new.expires_at, Stage.VISITING)


async def resume(token: str, now: datetime) -> Standing:
    """The session of a token, at home or on a visit. Raises `SessionEnded`."""
    try:
        return await sessions.resume(token, now)
    except SessionEnded:
        return await _visiting(token, now)


async def _visiting(token: str, now: datetime) -> Standing:
    found = await sessions.ask(BY_HASH, hashed(token), now)
    grant = (
        await Grants.look_up(found[0]["tenant_id"], found[0]["grant_id"], now) if found else None
    )
    if grant is None:
        raise SessionEnded
    row = found[0]
    try:
        at_home = await service.house_scope(row["house_id"], _person(row["user_id"]), now)
        scope = await service.guest_scope(grant, at_home, service.VISIT)
    except (NotFound, Forbidden) as gone:
        raise SessionEnded from gone
    if _asks_twice(grant, at_home, scope) and not row["enrolled"]:
        raise SessionEnded
    proof = Proof(row["session_id"], row["proved_at"], GUARDED)
    return Standing(row["session_id"], replace(scope, proof=proof), Stage.VISITING, row["seen_at"])


def _asks_twice(grant: AccessGrant, at_home: Scope, there: Scope) -> bool:
    """Whether the operator, the house or the tenant wants a second factor."""
    demanded = at_home.tenant.mfa_required or there.tenant.mfa_required
    return demanded or grant.kind is TenantKind.OPERATOR


async def _proved_twice(uow: UnitOfWork, grant: AccessGrant, user_id: UUID) -> None:
    demanded = uow.scope.tenant.mfa_required or grant.kind is TenantKind.OPERATOR
    if demanded and not (await factors.of(uow, user_id)).enrolled:
        raise MfaNotEnrolled


def _kept(old: Session, grant: AccessGrant, now: datetime) -> dict[str, Any]:
    ends = [end for end in (old.expires_at, now + LASTS, grant.expires_at) if end is not None]
    return {
        "stage": Stage.VISITING,
        "grant_id": grant.id,
        "generation": old.generation,
        "proved_at": old.proved_at,
        "idle_until": old.idle_until,
        "expires_at": min(ends),
    }


def _started(grant: AccessGrant, user_id: UUID) -> VisitStarted:
    return VisitStarted(grant_id=grant.id, house_id=grant.grantee_id, user_id=user_id)


def _person(user_id: UUID) -> Actor:
    return Actor(ActorKind.MEMBER, str(user_id))

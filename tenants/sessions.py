"""Sessions: who is behind a request, by the secret token of their browser.

Only the SHA-256 of a token is stored, so a copy of the database signs nobody in. A session ends
after some days, sooner if nobody uses it, and at once when its person leaves, when it is revoked,
or when the person's `generation` is raised, which ends all of them.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise.connection import get_connection

from domain.database import MAIN, tenant_transaction
from domain.errors import NotFound
from domain.scope import Proof, Scope
from domain.work import UnitOfWork, UnitsOfWork
from tenants.devices import Origin, network_of
from tenants.errors import NotBySso, SessionEnded, SsoRequired
from tenants.events import SessionMoved, SessionRevoked, UserSignedIn
from tenants.models import Membership, Role, Session, SignInMethod, Stage
from tenants.repository import Sessions, Users
from tenants.roles import ENROLLING, NOT_BY_SSO
from tenants.service import member_scope
from tenants.step_up import GUARDED, proof_of, proof_of_own
from tenants.tokens import hashed, new_token

# How often it is written down that a session is in use.
SEEN_EVERY = timedelta(minutes=1)
# Where health data is protected, a session ends when nobody has used it for so long.
LOG_OFF = timedelta(minutes=15)


@dataclass(frozen=True)
class Lifetimes:
    """How long a session lasts: at most, and if nobody uses it."""

    lasts: timedelta = timedelta(days=14)
    idle: timedelta = timedelta(days=7)
    # Whom the provider no longer knows is out after a day.
    sso: timedelta = timedelta(days=1)
    # A screen that nobody watches logs off by itself (45 CFR 164.312(a)(2)(iii)).
    health: timedelta = LOG_OFF

    def of(self, method: SignInMethod, *, hipaa: bool = False) -> tuple[timedelta, timedelta]:
        """How long a session lasts that began in some way: at most, and if nobody uses it."""
        sso = method is SignInMethod.SSO
        lasts, idle = (min(each, self.sso) if sso else each for each in (self.lasts, self.idle))
        return lasts, min(idle, self.health) if hipaa else idle


class Sso(StrEnum):
    """Whether a tenant's identity provider speaks for a member, by the domain of their address."""

    OFFERED = "offered"
    OWNER = "owner"
    """An owner where everybody else must: a password does, with a second factor."""
    REQUIRED = "required"


@dataclass(frozen=True)
class Standing:
    """A session that is still good."""

    id: UUID
    scope: Scope
    stage: Stage = Stage.OPEN
    seen_at: datetime | None = None
    method: SignInMethod = SignInMethod.PASSWORD

    @property
    def user_id(self) -> UUID:
        """Whose it is."""
        return UUID(self.scope.actor.id)


@dataclass(frozen=True)
class Begun:
    """A session with its token, which is shown here and never again."""

    token: str = field(repr=False)
    scope: Scope
    expires_at: datetime
    stage: Stage = Stage.OPEN


@dataclass(frozen=True)
class Seen:
    """One session as its person sees it, at whichever of their tenants."""

    tenant_id: UUID
    session_id: UUID
    tenant_name: str
    method: str
    device: str
    network: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Workplace:
    """A tenant that somebody works for."""

    tenant_id: UUID
    name: str
    slug: str
    status: str
    sso: str | None = None

    @property
    def wants_sso(self) -> bool:
        """Whether no password opens it."""
        return self.sso == Sso.REQUIRED


async def add(uow: UnitOfWork, user_id: UUID, origin: Origin, **values: Any) -> tuple[str, Session]:
    """Insert a session in use; returns its token beside it."""
    token = new_token()
    given: dict[str, Any] = {
        "token_hash": hashed(token),
        "device": origin.device,
        "network": origin.network,
        "created_at": uow.now,
        "seen_at": uow.now,
    }
    return token, await Sessions(uow).add(user_id=user_id, **given | values)


async def resume(token: str, now: datetime, stage: Stage = Stage.OPEN) -> Standing:
    """The session of a token, as its member may act at this moment. Raises `SessionEnded`.

    Membership and tenant are looked up anew: who has left, or is not served, notices at once.
    """
    found = await ask("SELECT * FROM session_by_hash($1, $2)", hashed(token), now)
    if not found or found[0]["stage"] != stage:
        raise SessionEnded
    row, method = found[0], SignInMethod(found[0]["method"])
    if not _still_right(method, row["sso"]):
        raise SessionEnded
    try:
        scope = await scope_at(row["tenant_id"], row["user_id"])
    except NotFound as gone:
        raise SessionEnded from gone
    if _logged_off(scope, row["seen_at"], now):
        raise SessionEnded
    by_tenant = method is SignInMethod.SSO
    proof = Proof(row["session_id"], row["proved_at"], GUARDED, by_tenant=by_tenant)
    scope = replace(scope, permissions=_allowed(scope, method, row), proof=proof)
    return Standing(row["session_id"], scope, stage, row["seen_at"], method)


def _logged_off(scope: Scope, seen_at: datetime | None, now: datetime) -> bool:
    """Whether it was left alone for too long, however long it was to last when it began."""
    if seen_at is None or not scope.tenant.privacy.hipaa:
        return False
    return now - seen_at > LOG_OFF + SEEN_EVERY


def _still_right(method: SignInMethod, sso: str | None) -> bool:
    """Whether a session that began in some way counts as things are now."""
    return sso is not None if method is SignInMethod.SSO else sso != Sso.REQUIRED


def _allowed(scope: Scope, method: SignInMethod, row: dict[str, Any]) -> frozenset[str]:
    breaks_in = method is SignInMethod.PASSWORD and row["sso"] == Sso.OWNER
    wanted = scope.tenant.mfa_required or breaks_in
    if wanted and not (row["enrolled"] or row["vouched"]):
        return scope.permissions & ENROLLING
    return scope.permissions - NOT_BY_SSO if method is SignInMethod.SSO else scope.permissions


async def scope_at(tenant_id: UUID, user_id: UUID) -> Scope:
    """The scope of somebody at one of their tenants. Raises `NotFound` if it is none of theirs."""
    async with tenant_transaction(tenant_id, read_only=True) as connection:
        member = await Membership.filter(user_id=user_id).using_db(connection).first()
    if member is None or member.frozen_at is not None:
        raise NotFound("There is no such tenant")
    return await member_scope(tenant_id, user_id, Role(member.role))


async def see(unit_of_work: UnitsOfWork, standing: Standing, lifetimes: Lifetimes) -> None:
    """Write down that a session is in use and from where, once a minute at most."""
    now = unit_of_work.clock.now()
    if standing.seen_at is not None and now - standing.seen_at < SEEN_EVERY:
        return
    network = network_of(standing.scope.access.address)
    async with unit_of_work(standing.scope) as uow:
        sessions, hipaa = Sessions(uow), standing.scope.tenant.privacy.hipaa
        _, idle = lifetimes.of(standing.method, hipaa=hipaa)
        session = await sessions.lock(standing.id)
        given: dict[str, Any] = {"network": network} if network else {}
        if network and session.network and network != session.network:
            moved = SessionMoved(user_id=standing.user_id, session_id=standing.id)
            given |= {"came_from": session.network, "came_from_at": session.seen_at}
            uow.record(moved)
        await sessions.save(session, seen_at=uow.now, idle_until=uow.now + idle, **given)


async def sign_out(unit_of_work: UnitsOfWork, standing: Standing) -> None:
    """End a session for good."""
    async with unit_of_work(standing.scope) as uow:
        sessions = Sessions(uow)
        await sessions.save(await sessions.lock(standing.id), revoked_at=uow.now)


async def rotate(uow: UnitOfWork, **changes: Any) -> str:
    """Give the actor's session another token, for it may do more from now on."""
    token = new_token()
    await Sessions(uow).save(await locked(uow), token_hash=hashed(token), **changes)
    return token


async def locked(uow: UnitOfWork) -> Session:
    """The actor's session, held until the transaction ends."""
    return await Sessions(uow).lock(proof_of(uow).session_id)


async def own(uow: UnitOfWork) -> list[Seen]:
    """Where the actor is signed in, the newest in front, at all of their tenants.

    A session that one tenant vouched for shows nothing of the others.
    """
    uow.require("account:read")
    user_id = UUID(uow.scope.actor.id)
    rows = await ask("SELECT * FROM sessions_of_user($1, $2)", user_id, uow.now)
    everywhere = [Seen(**row) for row in rows]
    return [seen for seen in everywhere if reaches(uow, seen.tenant_id)]


def reaches(uow: UnitOfWork, tenant_id: UUID) -> bool:
    """Whether the actor's session is good for what they have at a tenant."""
    proof = uow.scope.proof
    return tenant_id == uow.tenant_id or proof is None or not proof.by_tenant


async def revoke(unit_of_work: UnitsOfWork, scope: Scope, session_id: UUID) -> None:
    """End one of the actor's own sessions, at whichever tenant. Raises `NotFound`."""
    async with unit_of_work(scope, read_only=True) as uow:
        uow.require("account:write")
        at = {seen.session_id: seen.tenant_id for seen in await own(uow)}
    if session_id not in at:
        raise NotFound("There is no such session")
    there = await scope_at(at[session_id], UUID(scope.actor.id))
    async with unit_of_work(there) as uow:
        sessions, user_id = Sessions(uow), UUID(scope.actor.id)
        await sessions.save(await sessions.lock(session_id), revoked_at=uow.now)
        uow.record(SessionRevoked(user_id=user_id, session_id=session_id))


async def revoke_others(uow: UnitOfWork) -> None:
    """End every session of the actor but this one, at all of their tenants."""
    uow.require("account:write")
    user_id = UUID(uow.scope.actor.id)
    session_id = proof_of_own(uow).session_id
    await end_all(uow, user_id, spare=session_id)
    uow.record(SessionRevoked(user_id=user_id, session_id=None))


async def end_all(uow: UnitOfWork, user_id: UUID, *, spare: UUID | None = None) -> None:
    """End every session of a person at once, but one."""
    users = Users(uow)
    user = await users.lock(user_id)
    await users.save(user, generation=user.generation + 1)
    if spare is not None:
        sessions = Sessions(uow)
        await sessions.save(await sessions.lock(spare), generation=user.generation)


async def workplaces(user_id: UUID) -> list[Workplace]:
    """The tenants that somebody works for, in the order they joined."""
    rows = await ask("SELECT * FROM tenants_of_user($1)", user_id)
    return [Workplace(**row) for row in rows]


async def switch(unit_of_work: UnitsOfWork, standing: Standing, slug: str) -> Begun:
    """Go on at another of one's tenants, with another token.

    Raises `NotFound`, `SsoRequired`, and `NotBySso` for a session that one tenant vouched for.
    """
    if standing.method is SignInMethod.SSO:
        raise NotBySso
    user_id = standing.user_id
    wanted = [place for place in await workplaces(user_id) if place.slug == slug]
    if not wanted:
        raise NotFound("There is no such tenant")
    if wanted[0].wants_sso:
        raise SsoRequired
    there = await scope_at(wanted[0].tenant_id, user_id)
    async with unit_of_work(standing.scope) as uow:
        sessions = Sessions(uow)
        old = await sessions.lock(standing.id)
        await sessions.save(old, revoked_at=uow.now)
    async with unit_of_work(there) as uow:
        kept = ("generation", "created_at", "proved_at", "idle_until", "expires_at")
        values = {name: getattr(old, name) for name in kept}
        token, new = await add(uow, user_id, Origin(old.device, old.network), **values)
        uow.record(UserSignedIn(user_id=user_id, session_id=new.id, new_device=False))
    return Begun(token, there, new.expires_at)


async def ask(question: str, *values: object) -> list[dict[str, Any]]:
    """Ask one of the look-up functions that answer before a tenant is known."""
    return await get_connection(MAIN).execute_query_dict(question, list(values))

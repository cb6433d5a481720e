"""Telling which app is behind a token, and what it may do at this moment."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.scope import Actor, ActorKind, Scope, TenantStatus
from domain.work import UnitsOfWork
from tenants.apps import rules
from tenants.apps.errors import TokenRefused
from tenants.apps.models import App, ConnectedApp
from tenants.apps.repository import Apps, AppTokens, Bearer, ConnectedApps, Held
from tenants.service import tenant_facts
from tenants.tokens import hashed

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class AppStanding:
    """An access token that is good at this moment."""

    grant_id: UUID
    connection: ConnectedApp | None
    scope: Scope


def is_for_apps(token: str) -> bool:
    """Whether a token claims to be an app's, by how it begins."""
    return token.startswith((rules.ACCESS_PREFIX, rules.REFRESH_PREFIX, rules.CODE_PREFIX))


async def resume(unit_of_work: UnitsOfWork, token: str) -> AppStanding:
    """Who is behind a token, as its app may act at this moment. Raises `TokenRefused`.

    Malformed, unknown, expired, revoked, and meant for something else: one look-up each, one
    answer.
    """
    standing = await look(hashed(token), unit_of_work.clock.now())
    if standing is None:
        raise TokenRefused
    await _note_use(unit_of_work, standing)
    return standing


async def look(token_hash: str, now: datetime) -> AppStanding | None:
    """Who is behind the hash of an access token; None if it opens nothing."""
    found = await AppTokens.good(token_hash, now)
    if found is None:
        return None
    held, app = await AppTokens.held(found), await Apps.at(found.home_id, found.app_id)
    if held is None or app is None:
        return None
    return AppStanding(found.grant_id, held.connection, await _scope(found, held, app))


async def by_id(tenant_id: UUID, app_id: UUID) -> Scope | None:
    """An app as it may act at a tenant at this moment; None if it may not at all."""
    app = await Apps.look_up(app_id)
    if app is None:
        return None
    home = await tenant_facts(app.tenant_id)
    connection = await ConnectedApps.look_up(tenant_id, app_id)
    if connection is not None and home.status is TenantStatus.ACTIVE:
        permissions = rules.allowed(connection.permissions, app.permissions)
    elif app.tenant_id == tenant_id and app.acts_at_home:
        permissions = rules.allowed(app.permissions)
    else:
        return None
    return await app_scope(tenant_id, app_id, permissions)


async def app_scope(tenant_id: UUID, app_id: UUID, permissions: frozenset[str] = NOTHING) -> Scope:
    """The scope of an app at a tenant."""
    actor = Actor(ActorKind.APP, str(app_id))
    return Scope(tenant_id, actor, await tenant_facts(tenant_id), permissions)


async def _scope(found: Bearer, held: Held, app: App) -> Scope:
    agreed = held.connection.permissions if held.connection else app.permissions
    permissions = rules.allowed(held.token.permissions, agreed, app.permissions)
    return await app_scope(found.tenant_id, found.app_id, permissions)


async def _note_use(unit_of_work: UnitsOfWork, standing: AppStanding) -> None:
    """Note that a connection was used just now, unless that was noted a moment ago."""
    connection = standing.connection
    if connection is None:
        return
    last, now = connection.last_used_at, unit_of_work.clock.now()
    if last is None or last <= now - rules.NOTED_EVERY:
        async with unit_of_work(standing.scope) as uow:
            await ConnectedApps(uow).touch(connection.id, rules.NOTED_EVERY)

"""Agreeing to an app, and taking that back: what a business does."""

from dataclasses import dataclass
from uuid import UUID

from domain.scope import TenantFacts
from domain.work import UnitOfWork
from tenants.apps import rules
from tenants.apps.errors import ConsentOutdated
from tenants.apps.events import AppGrantOpened, AppInstalled, AppScopesChanged, AppUninstalled
from tenants.apps.families import end
from tenants.apps.models import App, ConnectedApp, GrantEnd
from tenants.apps.repository import AppGrants, ConnectedApps
from tenants.apps.service import WRITE
from tenants.members.rights import within_own
from tenants.tokens import hashed, new_token


@dataclass(frozen=True)
class Wish:
    """What an app asks a business for, and how it wants to be answered."""

    app: App
    home: TenantFacts
    permissions: frozenset[str]
    redirect_uri: str
    challenge: str


async def agree(uow: UnitOfWork, wish: Wish) -> str:
    """Let an app do what it asks for; returns a code that it turns into tokens within a minute.

    What is agreed to last is what counts: where it is less, earlier tokens do less from then on.
    Raises `Forbidden`, `BeyondOwnRights`, `StepUpRequired` and `ConsentOutdated`.
    """
    uow.require(WRITE)
    within_own(uow, wish.permissions)
    for permission in sorted(wish.permissions):
        uow.require(permission)
    connection = await _connected(uow, wish)
    grants, code = AppGrants(uow), new_token(rules.CODE_PREFIX)
    await grants.forget(wish.app.id, uow.now - rules.REMEMBERED)
    until = uow.now + rules.CODE_LASTS
    grant = await grants.add(
        connection_id=connection.id,
        app_id=wish.app.id,
        home_id=wish.app.tenant_id,
        permissions=connection.permissions,
        code_hash=hashed(code),
        code_until=until,
        redirect_uri=wish.redirect_uri,
        challenge=wish.challenge,
        created_at=uow.now,
        expires_at=until,
    )
    told = tuple(grant.permissions)
    uow.record(AppGrantOpened(grant_id=grant.id, app_id=grant.app_id, permissions=told))
    return code


async def disconnect(uow: UnitOfWork, id: UUID) -> ConnectedApp:
    """Let an app do nothing any more, at once; a second time changes nothing."""
    uow.require(WRITE, ends_access=True)
    connection = await ConnectedApps(uow).lock(id)
    return await part(uow, connection, GrantEnd.DISCONNECTED)


async def part(uow: UnitOfWork, connection: ConnectedApp, why: GrantEnd) -> ConnectedApp:
    """End a connection and all that was granted by it."""
    if connection.ended_at is not None:
        return connection
    for grant in await AppGrants(uow).going(connection_id=connection.id):
        await end(uow, grant, why)
    named = {"connection_id": connection.id, "app_id": connection.app_id}
    uow.record(AppUninstalled(**named, tenant_id=uow.tenant_id))
    return await ConnectedApps(uow).save(connection, ended_at=uow.now)


async def _connected(uow: UnitOfWork, wish: Wish) -> ConnectedApp:
    connections, app = ConnectedApps(uow), wish.app
    permissions = sorted(wish.permissions)
    actor = uow.scope.actor
    values = {
        "name": app.name,
        "publisher": wish.home.name,
        "permissions": permissions,
        "granted_by": str(actor),
        "updated_at": uow.now,
    }
    known = await connections.held(app.id)
    if known is None:
        async with connections.refusing(connected_app_live_key=ConsentOutdated()):
            made = await connections.add(
                **values, app_id=app.id, home_id=app.tenant_id, connected_at=uow.now
            )
        named = {"connection_id": made.id, "app_id": app.id, "tenant_id": uow.tenant_id}
        uow.record(AppInstalled(**named, permissions=tuple(permissions)))
        return made
    if known.permissions != permissions:
        named = {"connection_id": known.id, "app_id": app.id, "tenant_id": uow.tenant_id}
        uow.record(AppScopesChanged(**named, permissions=tuple(permissions)))
    return await connections.save(known, **values)

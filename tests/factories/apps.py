"""Apps of partners, and businesses that agree to them."""

import base64
import hashlib
from typing import Any
from uuid import UUID

from domain.scope import Scope
from domain.work import UnitOfWork, UnitsOfWork
from tenants.apps import consent, families, service
from tenants.apps.consent import Wish
from tenants.apps.families import Tokens
from tenants.apps.models import App
from tenants.apps.repository import AppGrants
from tenants.apps.service import Issued, NewApp
from tenants.apps.standing import app_scope
from tenants.service import tenant_facts
from tenants.tokens import hashed

CALLBACK = "https://partner.example/callback"
VERIFIER = "v" * 64
CHALLENGE = (
    base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
)


async def app_of(
    unit_of_work: UnitsOfWork, scope: Scope, *permissions: str, **given: Any
) -> Issued:
    """An app with its secret, at the home of whoever makes it."""
    values = {"name": "A partner's app", "redirect_uris": (CALLBACK,)} | given
    async with unit_of_work(scope) as uow:
        return await service.create(uow, NewApp(permissions=permissions, **values))


async def wish_of(app: App, *permissions: str) -> Wish:
    """What an app asks for: everything that it may, unless it is said."""
    wanted = frozenset(permissions or app.permissions) | {"tenant:read"}
    return Wish(app, await tenant_facts(app.tenant_id), wanted, CALLBACK, CHALLENGE)


async def agree(unit_of_work: UnitsOfWork, scope: Scope, app: App, *permissions: str) -> str:
    """Somebody's consent; a code."""
    wish = await wish_of(app, *permissions)
    async with unit_of_work(scope) as uow:
        return await consent.agree(uow, wish)


async def redeem(unit_of_work: UnitsOfWork, app: App, code: str) -> Tokens | None:
    """What a code is worth."""
    place = await AppGrants.by_code(hashed(code))
    assert place is not None
    async with unit_of_work(await app_scope(place.tenant_id, app.id)) as uow:
        return await families.redeem(uow, place.id, app)


async def connect(unit_of_work: UnitsOfWork, scope: Scope, app: App, *permissions: str) -> Tokens:
    """An app at work: somebody has agreed, and it has its tokens."""
    tokens = await redeem(unit_of_work, app, await agree(unit_of_work, scope, app, *permissions))
    assert tokens is not None
    return tokens


async def own_apps(uow: UnitOfWork, mark: str) -> dict[str, UUID]:
    """An app, and the business's own consent to it."""
    new = NewApp(f"App {mark}", ("calls:read",), (CALLBACK,), description=mark)
    app = (await service.create(uow, new)).app
    wish = Wish(app, uow.scope.tenant, frozenset(app.permissions), CALLBACK, CHALLENGE)
    await consent.agree(uow, wish)
    connections = consent.ConnectedApps(uow)
    connection = await connections.one(connections.live(app.id))
    return {"App": app.id, "ConnectedApp": connection.id}

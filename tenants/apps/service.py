"""Making, changing and deleting apps: what a partner does at home."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from domain.errors import InvalidInput
from domain.words import fitting
from domain.work import UnitOfWork
from tenants.apps import rules
from tenants.apps.errors import PublicApp, TooManyApps
from tenants.apps.events import AppCreated, AppDeleted, AppRotated, AppUpdated
from tenants.apps.families import end
from tenants.apps.models import App, GrantEnd
from tenants.apps.repository import AppGrants, Apps
from tenants.members.rights import within_own
from tenants.tokens import hashed, new_token

WRITE = "apps:write"


@dataclass(frozen=True)
class NewApp:
    """An app to be made: what it asks for, and where browsers are sent back to."""

    name: str
    permissions: tuple[str, ...]
    redirect_uris: tuple[str, ...] = ()
    description: str = ""
    confidential: bool = True
    acts_at_home: bool = False
    self_registered: bool = False


@dataclass(frozen=True)
class Issued:
    """An app with its secret, which is shown here and never again; None if it can keep none."""

    app: App
    secret: str | None


async def create(uow: UnitOfWork, new: NewApp) -> Issued:
    """Make an app. Raises `InvalidInput`, `TooManyApps`, and `BeyondOwnRights`.

    What it asks of others may be more than its maker holds; what it does at home may not.
    """
    uow.require(WRITE)
    permissions = rules.askable(new.permissions)
    _may_act(uow, permissions, confidential=new.confidential, acts_at_home=new.acts_at_home)
    apps = Apps(uow)
    most = rules.MOST_REGISTERED if new.self_registered else rules.MOST_APPS
    if await apps.there().filter(self_registered=new.self_registered).count() >= most:
        raise TooManyApps(most)
    secret = new_token(rules.SECRET_PREFIX) if new.confidential else None
    app = await apps.add(
        **_checked(
            name=new.name, description=new.description, redirect_uris=list(new.redirect_uris)
        ),
        permissions=sorted(permissions),
        confidential=new.confidential,
        acts_at_home=new.acts_at_home,
        self_registered=new.self_registered,
        secret_hash=hashed(secret) if secret else None,
        created_by=str(uow.scope.actor),
        created_at=uow.now,
        updated_at=uow.now,
    )
    uow.record(AppCreated(app_id=app.id, permissions=tuple(app.permissions)))
    return Issued(app, secret)


async def update(uow: UnitOfWork, id: UUID, **values: Any) -> App:
    """Change `name`, `description`, `redirect_uris`, `permissions` or `acts_at_home`.

    What it asks for no more, it may no more, at once and everywhere; for what it asks anew,
    businesses are asked. Raises `NotFound`, `InvalidInput` and `BeyondOwnRights`.
    """
    uow.require(WRITE)
    apps = Apps(uow)
    app = await apps.lock(id)
    changes = _checked(**values)
    permissions = frozenset(changes.get("permissions", app.permissions))
    at_home = changes.get("acts_at_home", app.acts_at_home)
    _may_act(uow, permissions, confidential=app.confidential, acts_at_home=at_home)
    uow.record(AppUpdated(app_id=id))
    return await apps.save(app, **changes, updated_at=uow.now)


async def rotate(uow: UnitOfWork, id: UUID, overlap: timedelta) -> Issued:
    """Give an app a new secret; the one before it stays good for the overlap.

    Raises `NotFound`, `InvalidInput`, `PublicApp`, and `BeyondOwnRights`.
    """
    uow.require(WRITE)
    if not timedelta(0) <= overlap <= rules.LONGEST_OVERLAP:
        raise InvalidInput.at("overlap", f"Use 0 to {rules.LONGEST_OVERLAP.days} days")
    apps = Apps(uow)
    app = await apps.lock(id)
    if not app.confidential:
        raise PublicApp
    _may_act(uow, frozenset(app.permissions), confidential=True, acts_at_home=app.acts_at_home)
    secret = new_token(rules.SECRET_PREFIX)
    earlier = {"previous_hash": app.secret_hash, "previous_until": uow.now + overlap}
    await apps.save(app, secret_hash=hashed(secret), **earlier)
    uow.record(AppRotated(app_id=id))
    return Issued(app, secret)


async def delete(uow: UnitOfWork, id: UUID) -> UUID:
    """Delete an app; its tokens open nothing from then on, wherever it was connected."""
    uow.require(WRITE, ends_access=True)
    apps = Apps(uow)
    app = await apps.lock(id)
    for grant in await AppGrants(uow).going(app_id=id, connection_id=None):
        await end(uow, grant, GrantEnd.APP_DELETED)
    await apps.save(app, deleted_at=uow.now, secret_hash=None, previous_hash=None)
    uow.record(AppDeleted(app_id=id))
    return id


def _may_act(
    uow: UnitOfWork, permissions: frozenset[str], *, confidential: bool, acts_at_home: bool
) -> None:
    """Whoever lets an app act at home lends it their own rights there."""
    if not acts_at_home:
        return
    if not confidential:
        raise InvalidInput.at("acts_at_home", "Only an app with a secret can act by itself")
    within_own(uow, permissions)


def _checked(**values: Any) -> dict[str, Any]:
    if "name" in values:
        values["name"] = fitting("name", values["name"], rules.LONGEST_NAME)
    if "description" in values:
        given = values["description"].strip()
        longest = rules.LONGEST_DESCRIPTION
        values["description"] = fitting("description", given, longest) if given else ""
    if "redirect_uris" in values:
        values["redirect_uris"] = rules.addresses(values["redirect_uris"])
    if "permissions" in values:
        values["permissions"] = sorted(rules.askable(values["permissions"]))
    return values

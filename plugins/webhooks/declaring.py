"""What an app wants to be told at every business that is connected to it: kept at its home."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from domain.errors import NotFound
from domain.work import UnitOfWork
from integrations.http_out import Reach
from plugins.webhooks.events import AppWebhookDeclared, AppWebhookRemoved
from plugins.webhooks.models import WebhookAlgorithm, WebhookEndpoint, WebhookOwner
from plugins.webhooks.repository import WebhookEndpoints
from plugins.webhooks.rules import PayloadDocument
from plugins.webhooks.service import add_key, checked, renew
from plugins.webhooks.signatures import NewKey
from tenants.apps.repository import Apps

WRITE = "apps:write"


@dataclass(frozen=True)
class Declaration:
    """Where to tell an app what."""

    url: str
    events: tuple[str, ...]
    payload: PayloadDocument | None = None
    algorithm: WebhookAlgorithm = WebhookAlgorithm.HMAC_SHA256


@dataclass(frozen=True)
class Declared:
    """The declaration, and its key if one was just made: the only time its secret is shown."""

    endpoint: WebhookEndpoint
    key: NewKey | None


async def declare(uow: UnitOfWork, app_id: UUID, new: Declaration, reach: Reach) -> Declared:
    """Say, or say anew, where to tell an app what. Raises `NotFound` and `InvalidInput`."""
    uow.require(WRITE)
    await Apps(uow).lock(app_id)
    values = checked(reach, url=new.url, events=new.events)
    values |= {"payload": new.payload, "updated_at": uow.now}
    endpoints = WebhookEndpoints(uow)
    known = await endpoints.of_app(app_id, WebhookOwner.DECLARED)
    uow.record(AppWebhookDeclared(app_id=app_id))
    if known is not None:
        return Declared(await endpoints.save(known, **values), None)
    actor = uow.scope.actor
    made = await endpoints.add(
        **values,
        owner_kind=WebhookOwner.DECLARED,
        app_id=app_id,
        created_by=str(actor),
        created_at=uow.now,
    )
    return Declared(made, await add_key(uow, made, new.algorithm))


async def rotate(
    uow: UnitOfWork, app_id: UUID, overlap: timedelta, algorithm: WebhookAlgorithm | None = None
) -> Declared:
    """Make a new key; those before it sign too until the overlap ends. Raises `NotFound`."""
    uow.require(WRITE)
    endpoint = await _declared(uow, app_id)
    uow.record(AppWebhookDeclared(app_id=app_id))
    return Declared(endpoint, await renew(uow, endpoint, overlap, algorithm))


async def remove(uow: UnitOfWork, app_id: UUID) -> None:
    """Tell an app nothing any more. Raises `NotFound`."""
    uow.require(WRITE)
    endpoint = await _declared(uow, app_id)
    await WebhookEndpoints(uow).remove(endpoint)
    uow.record(AppWebhookRemoved(app_id=app_id))


async def _declared(uow: UnitOfWork, app_id: UUID) -> WebhookEndpoint:
    endpoint = await WebhookEndpoints(uow).of_app(app_id, WebhookOwner.DECLARED)
    if endpoint is None:
        raise NotFound("This app has declared no webhook")
    return endpoint

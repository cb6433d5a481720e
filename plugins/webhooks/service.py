"""Keeping endpoints: naming, changing, taking away, new keys, tests."""

import os
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from domain.errors import InvalidInput
from domain.sealed import Sealed
from domain.words import fitting
from domain.work import UnitOfWork
from integrations.http_out import AddressRefused, Reach
from plugins.catalogue import every_event
from plugins.errors import PluginNotEnabled
from plugins.webhooks import rules
from plugins.webhooks.errors import EndpointDisabled, TooManyEndpoints
from plugins.webhooks.events import (
    WebhookCreated,
    WebhookDeleted,
    WebhookRotated,
    WebhookTested,
    WebhookUpdated,
)
from plugins.webhooks.models import WebhookAlgorithm, WebhookEndpoint, WebhookOwner, WebhookStopped
from plugins.webhooks.repository import WebhookDeliveries, WebhookEndpoints, WebhookKeys
from plugins.webhooks.rules import NAME, Health, PayloadDocument
from plugins.webhooks.signatures import KEY_BYTES, NewKey, new_key
from tenants.repository import PluginInstallations

WRITE = "webhooks:write"
LONGEST_DESCRIPTION = 200


@dataclass(frozen=True)
class NewEndpoint:
    """Where to tell what, and how to sign."""

    url: str
    events: tuple[str, ...]
    description: str = ""
    payload: PayloadDocument | None = None
    algorithm: WebhookAlgorithm = WebhookAlgorithm.HMAC_SHA256


@dataclass(frozen=True)
class Keyed:
    """An endpoint with a key that was just made: the only time its secret is shown."""

    endpoint: WebhookEndpoint
    key: NewKey


async def create(uow: UnitOfWork, new: NewEndpoint, reach: Reach) -> Keyed:
    """Name an endpoint; it may read what whoever makes it may read.

    Raises `InvalidInput`, `PluginNotEnabled` and `TooManyEndpoints`.
    """
    uow.require(WRITE)
    values = checked(reach, url=new.url, events=new.events, description=new.description)
    await _require_room(uow)
    actor = uow.scope.actor
    endpoint = await WebhookEndpoints(uow).add(
        **values,
        owner_kind=WebhookOwner.TENANT,
        payload=new.payload,
        permissions=rules.readable(uow.scope.permissions),
        created_by=str(actor),
        created_at=uow.now,
        updated_at=uow.now,
    )
    uow.record(WebhookCreated(endpoint_id=endpoint.id))
    return Keyed(endpoint, await add_key(uow, endpoint, new.algorithm))


async def update(uow: UnitOfWork, id: UUID, reach: Reach, **values: Any) -> WebhookEndpoint:
    """Change `url`, `events`, `description`, `payload` or `enabled`; the rest stays.

    Whoever changes what is sent, or where, lends it their own rights from then on. Raises
    `NotFound` and `InvalidInput`.
    """
    uow.require(WRITE)
    changes = checked(reach, **values)
    if changes.keys() & {"url", "payload"}:
        actor = uow.scope.actor
        changes["permissions"] = rules.readable(uow.scope.permissions)
        changes["created_by"] = str(actor)
    endpoints = WebhookEndpoints(uow)
    endpoint = await endpoints.own(id)
    if "enabled" in changes:
        changes["stopped"] = None if changes["enabled"] else WebhookStopped.BY_HAND
        changes |= vars(Health())
    uow.record(WebhookUpdated(endpoint_id=id))
    return await endpoints.save(endpoint, **changes, updated_at=uow.now)


async def delete(uow: UnitOfWork, id: UUID) -> UUID:
    """Take an endpoint away with its keys and its log. Raises `NotFound`."""
    uow.require(WRITE)
    endpoints = WebhookEndpoints(uow)
    endpoint = await endpoints.own(id)
    await WebhookDeliveries(uow).forget(id)
    await endpoints.remove(endpoint)
    uow.record(WebhookDeleted(endpoint_id=id))
    return id


async def rotate(
    uow: UnitOfWork, id: UUID, overlap: timedelta, algorithm: WebhookAlgorithm | None = None
) -> Keyed:
    """Make a new key; those before it sign too until the overlap ends.

    Without an algorithm the new key is of the kind of the newest. Raises `NotFound` and
    `InvalidInput`.
    """
    uow.require(WRITE)
    endpoint = await WebhookEndpoints(uow).own(id)
    made = await renew(uow, endpoint, overlap, algorithm)
    uow.record(WebhookRotated(endpoint_id=id))
    return Keyed(endpoint, made)


async def renew(
    uow: UnitOfWork,
    endpoint: WebhookEndpoint,
    overlap: timedelta,
    algorithm: WebhookAlgorithm | None = None,
) -> NewKey:
    """A new key, beside those that sign now until the overlap ends. Raises `InvalidInput`."""
    if not timedelta(0) <= overlap <= rules.LONGEST_OVERLAP:
        days = rules.LONGEST_OVERLAP.days
        raise InvalidInput.at("overlap", f"Both keys may sign for 0 to {days} days")
    keys = WebhookKeys(uow)
    signing = await keys.signing(endpoint.id)
    for key in signing:
        ends = uow.now + overlap
        await keys.save(key, expires_at=min(ends, key.expires_at or ends))
    kind = algorithm or (signing[0].algorithm if signing else WebhookAlgorithm.HMAC_SHA256)
    return await add_key(uow, endpoint, kind)


async def test(uow: UnitOfWork, id: UUID) -> WebhookEndpoint:
    """Send an endpoint an event of its own.

    Raises `NotFound`, `ManagedByApp` and `EndpointDisabled`.
    """
    uow.require(WRITE)
    endpoint = await WebhookEndpoints(uow).own(id)
    if not endpoint.enabled:
        raise EndpointDisabled
    uow.record(WebhookTested(endpoint_id=id))
    return endpoint


def checked(reach: Reach, **values: Any) -> dict[str, Any]:
    """Values of an endpoint that make sense. Raises `InvalidInput`."""
    if "url" in values:
        try:
            reach.target(values["url"])
        except AddressRefused as refused:
            raise InvalidInput.at("url", str(refused), "ADDRESS_REFUSED") from refused
    if "events" in values:
        known = frozenset(event.name for event in every_event())
        values["events"] = rules.chosen(values["events"], known)
    if "description" in values:
        given = values["description"].strip()
        values["description"] = fitting("description", given, LONGEST_DESCRIPTION) if given else ""
    return values


async def _require_room(uow: UnitOfWork) -> None:
    installation = await PluginInstallations(uow).of(NAME)
    if installation is None or not installation.enabled:
        raise PluginNotEnabled(NAME)
    if await WebhookEndpoints(uow).kept_by(WebhookOwner.TENANT).count() >= rules.MOST_ENDPOINTS:
        raise TooManyEndpoints(rules.MOST_ENDPOINTS)


async def add_key(
    uow: UnitOfWork, endpoint: WebhookEndpoint, algorithm: WebhookAlgorithm
) -> NewKey:
    """A key that signs from now on."""
    made = new_key(algorithm, os.urandom(KEY_BYTES))
    await WebhookKeys(uow).add(
        endpoint_id=endpoint.id,
        algorithm=algorithm,
        secret=Sealed.text(made.secret),
        public_key=made.public,
        created_at=uow.now,
    )
    return made

"""One attempt to tell one endpoint of one event."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.events import Event
from domain.privacy.policy import Destination
from domain.privacy.sensitive import redact_record
from domain.scope import Actor, ActorKind
from domain.sealed import Sealed
from domain.work import UnitOfWork
from integrations.http_out import AddressRefused, Answer, NoAnswer
from plugins.context import PluginContext
from plugins.errors import PutOff
from plugins.webhooks.errors import PayloadTooLarge, ReceiverGone, ReceiverRefused, WasDisabled
from plugins.webhooks.events import WebhookDisabled, WebhookTested
from plugins.webhooks.hearing import OWN, may_hear
from plugins.webhooks.lending import granted
from plugins.webhooks.models import WebhookEndpoint, WebhookKey, WebhookOwner, WebhookStopped
from plugins.webhooks.repository import WebhookEndpoints, WebhookExchanges, WebhookKeys
from plugins.webhooks.rules import MOST_BODY, MOST_KEPT, Health
from plugins.webhooks.signatures import Signed, sign
from plugins.webhooks.subject import about
from tenants.agreements import service as agreements

GONE = 410
# What an address learns where health data is protected and no agreement covers it.
NEWS = {"notice": "There is something new. Log in to see it."}
# Events that are about the connection itself, and about no caller.
UNCONCERNED = OWN | {WebhookTested.name}


@dataclass(frozen=True)
class Turn:
    """An endpoint whose turn it is, what signs for it, and when."""

    endpoint: WebhookEndpoint
    keys: list[WebhookKey]
    at: datetime
    full: bool = True
    """Whether what is known of callers may go there."""


@dataclass(frozen=True)
class Letter:
    """What is sent, and the permissions with which it was put together."""

    signed: Signed
    permissions: frozenset[str]


async def send(event: Event, context: PluginContext) -> None:
    """Tell the endpoint, or say why not. Raises what counts as a failed attempt, and `PutOff`."""
    turn = await _begin(event, context)
    if turn is None:
        context.log.info("The endpoint has been deleted; nothing is owed to it")
        return
    lent = await granted(turn.endpoint, context, turn.at)
    if turn.endpoint.owner_kind is WebhookOwner.APP and not _may_be_told(event, lent):
        context.log.info("The app may not hear of this any more")
        return
    letter = await _letter(turn, context, lent)
    answer: Answer | None = None
    fault: Exception | None = None
    try:
        answer = await context.http.post(
            turn.endpoint.url, letter.signed.headers, letter.signed.body
        )
    except (AddressRefused, NoAnswer) as refused:
        fault = refused
    fault = fault or _fault_of(answer)
    if fault is not None:
        await _note_failure(context, letter, answer, fault)
        raise fault
    async with context.settle() as uow:
        await _note(uow, context, letter, answer, "")
        await _heal(uow, UUID(context.recipient))


async def _begin(event: Event, context: PluginContext) -> Turn | None:
    """Whether it is this delivery's turn; a pause is not for tests, which ask how it is now."""
    async with context.unit_of_work() as uow:
        endpoints = WebhookEndpoints(uow)
        endpoint = await endpoints.known(UUID(context.recipient))
        if endpoint is None:
            return None
        if not endpoint.enabled:
            raise WasDisabled
        if endpoint.paused_until is not None and not isinstance(event, WebhookTested):
            await _wait_or_probe(uow, endpoint.id)
        keys = await WebhookKeys(uow).signing(endpoint.id)
        cleared = await agreements.clearance(uow, _destination(endpoint))
        # On record before anything leaves; an attempt that fails may have been read all the same.
        agreements.account(uow, cleared, event.name.partition(".")[0], event.key)
        return Turn(endpoint, keys, uow.now, cleared.full or event.name in UNCONCERNED)


def _destination(endpoint: WebhookEndpoint) -> str:
    return f"app:{endpoint.app_id}" if endpoint.app_id else f"webhook:{endpoint.id}"


async def _wait_or_probe(uow: UnitOfWork, endpoint_id: UUID) -> None:
    """Go ahead of the others when a pause is over. Raises `PutOff` while it lasts."""
    endpoints = WebhookEndpoints(uow)
    endpoint = await endpoints.lock(endpoint_id)
    if endpoint.paused_until is None:
        return
    if endpoint.paused_until > uow.now:
        raise PutOff(endpoint.paused_until)
    await endpoints.save(endpoint, **vars(_health(endpoint).probing(uow.now)))


def _may_be_told(event: Event, lent: frozenset[str]) -> bool:
    """Whether an app may hear of an event now; of its own connection it always may."""
    return event.name in OWN or may_hear(event.name, lent)


async def _letter(turn: Turn, context: PluginContext, lent: frozenset[str]) -> Letter:
    happened, endpoint = context.occurrence, turn.endpoint
    message: dict[str, Any] = {
        "type": happened.name,
        "version": happened.version,
        "id": str(happened.id),
        "timestamp": happened.at.isoformat(),
        "sequence": happened.sequence,
        "data": happened.payload if turn.full else NEWS,
    }
    if endpoint.owner_kind is WebhookOwner.APP:
        # One address hears of many businesses.
        message["tenant"] = str(context.tenant_id)
    permissions: frozenset[str] = frozenset()
    if turn.full and endpoint.payload is not None and happened.name not in OWN:
        permissions = lent
        seen_by = Actor(ActorKind.APP, str(endpoint.app_id)) if endpoint.app_id else None
        answered = await context.render(endpoint.payload, permissions, seen_by)
        message |= redact_record(answered, Destination.WEBHOOK, context.tenant.privacy)
    body = json.dumps(message, separators=(",", ":"), ensure_ascii=False).encode()
    if len(body) > MOST_BODY:
        raise PayloadTooLarge
    return Letter(sign(turn.keys, context.delivery_id, turn.at, body), permissions)


def _fault_of(answer: Answer | None) -> Exception | None:
    if answer is None or answer.is_success:
        return None
    if answer.status == GONE:
        return ReceiverGone(f"Status {GONE}")
    return ReceiverRefused(f"Status {answer.status}")


async def _note_failure(
    context: PluginContext, letter: Letter, answer: Answer | None, fault: Exception
) -> None:
    async with context.unit_of_work() as uow:
        endpoints = WebhookEndpoints(uow)
        endpoint = await endpoints.lock(UUID(context.recipient))
        await _note(uow, context, letter, answer, type(fault).__name__)
        health = _health(endpoint).after_failure(uow.now)
        changes: dict[str, Any] = vars(health)
        reason = WebhookStopped.GONE if isinstance(fault, ReceiverGone) else WebhookStopped.FAILING
        if endpoint.enabled and (reason is WebhookStopped.GONE or health.is_spent(uow.now)):
            changes = {**changes, "enabled": False, "stopped": reason}
            uow.record(WebhookDisabled(endpoint_id=endpoint.id, reason=reason))
        await endpoints.save(endpoint, **changes)


async def _heal(uow: UnitOfWork, endpoint_id: UUID) -> None:
    endpoint = await WebhookEndpoints(uow).known(endpoint_id)
    if endpoint is not None and endpoint.failures:
        await WebhookEndpoints(uow).save(endpoint, **vars(Health()))


async def _note(
    uow: UnitOfWork, context: PluginContext, letter: Letter, answer: Answer | None, error: str
) -> None:
    subject = await about(uow, context.occurrence.payload)
    signed = letter.signed
    request = {"headers": signed.headers, "body": _kept(signed.body)}
    response = answer and {"headers": _few(answer.headers), "body": _kept(answer.body)}
    await WebhookExchanges(uow).add(
        endpoint_id=UUID(context.recipient),
        delivery_id=context.delivery_id,
        contact_id=subject.contact_id,
        conversation_id=subject.conversation_id,
        sealed_under=subject.sealed_under,
        permissions=sorted(letter.permissions),
        attempt=context.attempt,
        status=answer.status if answer else None,
        error=error,
        milliseconds=context.milliseconds,
        request=Sealed.json(request),
        response=Sealed.json(response) if response else None,
        at=uow.now,
    )


def _health(endpoint: WebhookEndpoint) -> Health:
    return Health(endpoint.failures, endpoint.failing_since, endpoint.paused_until)


def _kept(body: bytes) -> str:
    return body[:MOST_KEPT].decode(errors="replace")


def _few(headers: dict[str, str]) -> dict[str, str]:
    """As many headers as the log has room for."""
    kept: dict[str, str] = {}
    room = MOST_KEPT
    for name, value in headers.items():
        room -= len(name) + len(value)
        if room < 0:
            break
        kept[name] = value
    return kept

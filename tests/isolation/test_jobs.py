"""Whatever happens later happens within its own tenant, whichever ids it is told of."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from joserfc.jwk import ECKey

from deskbell.webhooks import deliverer
from domain import events
from domain.outbox import EntryKind
from plugins import settings
from plugins.attempts import Dispatch
from plugins.catalogue import every_event
from plugins.models import DeliveryStatus
from plugins.repository import Deliveries, DeliveryAttempts, OutboxEntries
from tests.api.test_isolation import MARK, everything_of
from tests.fakes.mailer import Postbox

# What a property of an event's JSON Schema may hold, where it holds no id.
SAMPLES: dict[str, Any] = {
    "array": [],
    "boolean": True,
    "integer": 1,
    "number": 1.0,
    "object": {},
    "string": "2026-11-16T15:00:00Z",
}
# What timers carry beside ids.
OF_TIMERS = {
    "disposition": "completed",
    "letter": 1,
    "attempt": 1,
    "status": "open",
    "news": "calls",
    "told": "calls",
    "about": "01939000-0000-7000-8000-000000000000",
    "urgent": False,
}
# What plugins cannot be switched on without; nobody may be called there.
SET_UP = {
    "caldav": {"url": "https://127.0.0.1/", "username": "us", "password": "secret"},
    "fhir": {
        "base_url": "https://127.0.0.1/fhir",
        "client_id": "us",
        "key_id": "one",
        "private_key": ECKey.generate_key("P-384").as_pem(private=True).decode(),
    },
    "open_dental": {"developer_key": "us", "customer_key": "them"},
    "slack": {"webhook_url": "https://hooks.slack.com/services/T0"},
    "teams": {"webhook_url": "https://one.logic.azure.com/workflows/1"},
}
# A handler told of what is not its tenant's finds nothing, or has nothing to do.
HARMLESS = {"", "NotConnected", "NotFound", "WasDisabled"}
# It keeps no note here of whom it made: it asks its own system, which does not answer, for what
# carries an id of its own business.
ASKS_ELSEWHERE = {("fhir:erase", "Unavailable")}


# What some events and timers call a thing.
ALIASES = {
    "calendar_link": "LinkedCalendar",
    "change": "BulkChange",
    "cause": "Erasure",
    "connection": "OAuthConnection",
    "custom_tool": "Tool",
    "custom_tool_run": "ToolRun",
    "domain": "SsoDomain",
    "endpoint": "WebhookEndpoint",
    "export": "BulkExport",
    "grant": "AccessGrant",
    "request": "PrivacyRequest",
    "hold": "LegalHold",
    "role": "CustomRole",
    "user": "Member",
}


def named(name: str, theirs: dict[str, UUID]) -> str:
    """The id of theirs that a property called `call_id` would hold."""
    noun = name.removesuffix("_id")
    kind = ALIASES.get(noun, "".join(word.title() for word in noun.split("_")))
    return str(theirs.get(kind, theirs["Call"]))


def payload_of(schema: dict[str, Any], theirs: dict[str, UUID]) -> dict[str, Any]:
    """An event about things of theirs, as its schema wants it."""
    return {
        name: _value(name, known, schema, theirs) for name, known in schema["properties"].items()
    }


def _value(name: str, known: dict[str, Any], schema: dict[str, Any], theirs: Any) -> Any:
    if "anyOf" in known:
        return _value(name, known["anyOf"][0], schema, theirs)
    if "$ref" in known:
        return _value(name, schema["$defs"][known["$ref"].rpartition("/")[2]], schema, theirs)
    if "enum" in known or "const" in known:
        return known.get("const", known.get("enum", [None])[0])
    return named(name, theirs) if known.get("format") == "uuid" else SAMPLES[known["type"]]


def happenings(registry: Any, theirs: dict[str, UUID]):
    """Every handler with every event it wants, and every job with a timer of its own."""
    every_event()
    for event in events.declared():
        told = payload_of(event.json_schema(), theirs)
        for handler in registry.subscribers(event.name):
            yield EntryKind.EVENT, event.name, event.version, told, handler.name
        for audience in registry.audiences:
            recipient = f"{audience.handler.name}/{theirs['WebhookEndpoint']}"
            yield EntryKind.EVENT, event.name, event.version, told, recipient
    timer = {f"{_snake(kind)}_id": str(id) for kind, id in theirs.items()} | OF_TIMERS
    timer |= {f"{each}_id": named(each, theirs) for each in ALIASES}
    for name in (each for each in registry._by_name if each.startswith("job:")):
        yield EntryKind.TIMER, name.removeprefix("job:"), 1, timer, name


def _snake(kind: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in kind)[1:]


@pytest.fixture
def tell(unit_of_work, scope):
    """Put a delivery of ours on its way; what the queue would carry."""

    async def tell(number, kind, name, version, told, handler):
        async with unit_of_work(scope) as uow:
            entry = await OutboxEntries(uow).add(
                kind=kind,
                key=f"attack {number}",
                sequence=1,
                name=name,
                version=version,
                payload=told,
                recorded_at=uow.now,
                due_at=uow.now,
                attempts=0,
                done_at=uow.now,
            )
            delivery = await Deliveries(uow).add(
                event_id=entry.id,
                handler=handler,
                key=entry.key,
                sequence=1,
                status=DeliveryStatus.WAITING,
                attempts=0,
                due_at=uow.now,
                created_at=uow.now,
            )
        return Dispatch(delivery.id, after=0)

    return tell


async def test_no_handler_and_no_job_reaches_another_tenant(
    wiring, tell, scope, other_scope, owned, theirs
):
    unit_of_work = wiring.unit_of_work
    async with unit_of_work(scope) as uow:
        for plugin, manifest in wiring.registry.manifests.items():
            if manifest.needs_hipaa:
                # A trade, which is not on here, and has nothing that could be called.
                assert not [name for name in wiring.registry._by_name if plugin in name]
                continue
            if plugin in SET_UP:
                await settings.configure(uow, wiring.registry, plugin, SET_UP[plugin])
            await settings.enable(uow, wiring.registry, plugin)
    before, postbox = await everything_of(unit_of_work, other_scope), Postbox()
    carrier = replace(deliverer(wiring), mailer=postbox, unit_of_work=unit_of_work)
    attacked, handlers = {}, wiring.registry
    for number, happening in enumerate(happenings(handlers, theirs)):
        dispatch = await tell(number, *happening)
        await carrier.deliver(scope.tenant_id, dispatch)
        attacked[dispatch.delivery_id] = happening[-1]
    async with unit_of_work(scope) as uow:
        attempts = DeliveryAttempts(uow)
        ended = await attempts.page(attempts.all().filter(delivery_id__in=list(attacked)))
    odd = {(attacked[each.delivery_id], each.error) for each in ended if each.error not in HARMLESS}
    assert odd == ASKS_ELSEWHERE
    assert await everything_of(unit_of_work, other_scope) == before
    assert not [letter for letter in postbox.letters if MARK in repr(letter)]
    called = {name.partition("/")[0] for name in attacked.values()}
    assert called == set(handlers._by_name)

"""Webhooks through GraphQL, and what receivers may ask without signing in."""

import base64
from dataclasses import replace
from uuid import uuid4

import httpx
import pytest
from starlette.applications import Starlette

from api import problems, webhook_keys
from api.graphql.ids import parse_id, write_id
from api.graphql.payloads import PayloadRenderer, payload_document
from domain import contacts
from domain.contacts.events import ContactChanged
from domain.errors import InvalidInput
from domain.personal import Source
from domain.sealed import Sealed
from plugins import settings
from plugins.catalogue import every_event
from plugins.context import Occurrence
from plugins.registry import Registry
from plugins.repository import OutboxEntries
from plugins.webhooks.repository import WebhookDeliveries, WebhookExchanges
from plugins.webhooks.rules import LONGEST_PAYLOAD, NAME
from tests.api.conftest import PUBLIC_URL
from tests.api.deeds import do, listed, refuse
from tests.api.everything import own_everything
from tests.conftest import NOW

URL = "https://hooks.example/in"
DELIVERIES = """
query ($id: ID!, $first: Int) { tenant { webhookDeliveries(endpointId: $id, first: $first) {
  edges { node { id event status attempts exchanges { attempt error request response } } } } } }
"""
PAYLOAD = "subscription { event { name contact { name phone } } }"


@pytest.fixture
async def switched_on(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        await settings.enable(uow, Registry(), NAME)


async def create(owner, **more):
    shown = "secret endpoint { id url enabled events keys { algorithm publicKey expiresAt } }"
    return await do(owner, "webhookCreate", shown, **{"url": URL, "events": ["call.*"], **more})


async def deliver(unit_of_work, scope, endpoint, times=1, *, permissions=()):
    """Deliveries to an endpoint, each with an attempt on record."""
    id = parse_id(endpoint["id"])[1]
    async with unit_of_work(scope) as uow:
        for _ in range(times):
            uow.record(ContactChanged(contact_id=uuid4()))
    async with unit_of_work(scope) as uow:
        entries = OutboxEntries(uow)
        changed = entries.all().filter(name=ContactChanged.name).order_by("-id").limit(times)
        rows = await WebhookDeliveries(uow).owe(id, await entries.page(changed))
        for row in rows:
            await WebhookExchanges(uow).add(
                endpoint_id=id,
                delivery_id=row.id,
                sealed_under=uow.tenant_id,
                attempt=1,
                milliseconds=3,
                error="NoAnswer",
                permissions=list(permissions),
                request=Sealed.json({"body": "{}"}),
                at=uow.now,
            )
    return [write_id("WebhookDelivery", row.id) for row in rows]


async def test_an_endpoint_is_made_shown_changed_and_deleted(owner, switched_on):
    made = await create(owner)
    assert made["secret"].startswith("whsec_")
    id = made["endpoint"]["id"]
    assert [each["id"] for each in await listed(owner, "webhookEndpoints", "id")] == [id]
    changed = await do(
        owner,
        "webhookUpdate",
        "endpoint { enabled stopped events }",
        id=id,
        enabled=False,
        events=["*"],
    )
    assert changed["endpoint"] == {"enabled": False, "stopped": "BY_HAND", "events": ["*"]}
    assert await do(owner, "webhookDelete", "deletedId", id=id) == {"deletedId": id}
    assert await listed(owner, "webhookEndpoints", "id") == []


async def test_a_rotation_shows_the_new_key_and_lists_both(owner, switched_on):
    made = await create(owner)
    shown = "secret endpoint { keys { algorithm publicKey expiresAt } }"
    turned = await do(
        owner, "webhookRotateSecret", shown, id=made["endpoint"]["id"], algorithm="ED25519"
    )
    newest, oldest = turned["endpoint"]["keys"]
    assert turned["secret"] == f"whpk_{newest['publicKey']}"
    assert (newest["expiresAt"], oldest["algorithm"]) == (None, "HMAC_SHA256")
    assert oldest["expiresAt"] is not None


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "https://169.254.169.254/latest"},
        {"url": "http://hooks.example/"},
        {"events": ["call.exploded"]},
        {"events": []},
        {"payload": "{ viewer { name } }"},
        {"payload": "subscription { event { nothing } }"},
    ],
)
async def test_what_makes_no_sense_is_refused_when_it_is_said(owner, switched_on, wrong):
    given = {"url": URL, "events": ["*"], **wrong}
    assert await refuse(owner, "webhookCreate", **given) == "InvalidInputError"


async def test_the_plugin_must_be_switched_on_first(owner):
    refused = await refuse(owner, "webhookCreate", url=URL, events=["*"])
    assert refused == "PluginNotEnabledError"


async def test_a_test_of_an_endpoint_that_is_off_is_refused(owner, switched_on):
    id = (await create(owner))["endpoint"]["id"]
    assert await refuse(owner, "webhookTest", id=id) == "WebhookTestPayload"
    await do(owner, "webhookUpdate", "endpoint { id }", id=id, enabled=False)
    assert await refuse(owner, "webhookTest", id=id) == "WebhookDisabledError"
    ends = {"since": "2026-11-16T00:00:00Z", "until": "2026-11-17T00:00:00Z"}
    assert await refuse(owner, "webhookReplay", id=id, **ends) == "WebhookDisabledError"


async def test_deliveries_are_listed_with_both_sides(owner, switched_on, unit_of_work, scope):
    endpoint = (await create(owner))["endpoint"]
    [delivery] = await deliver(unit_of_work, scope, endpoint)
    data = await owner.ask(DELIVERIES, id=endpoint["id"])
    [edge] = data["tenant"]["webhookDeliveries"]["edges"]
    assert edge["node"] == {
        "id": delivery,
        "event": "contact.changed",
        "status": "WAITING",
        "attempts": 0,
        "exchanges": [
            {"attempt": 1, "error": "NoAnswer", "request": {"body": "{}"}, "response": None}
        ],
    }


async def test_the_log_shows_nobody_more_than_they_may_read(
    owner, switched_on, unit_of_work, scope
):
    endpoint = (await create(owner))["endpoint"]
    await deliver(unit_of_work, scope, endpoint, permissions=["calls:answer"])
    data = await owner.ask(DELIVERIES, id=endpoint["id"])
    [edge] = data["tenant"]["webhookDeliveries"]["edges"]
    assert [each["request"] for each in edge["node"]["exchanges"]] == [None]


async def test_deliveries_cost_the_same_at_any_size(
    owner, switched_on, unit_of_work, scope, queries
):
    endpoint = (await create(owner))["endpoint"]
    await deliver(unit_of_work, scope, endpoint, 5)
    counted = []
    for first in (1, 5):
        queries()
        data = await owner.ask(DELIVERIES, id=endpoint["id"], first=first)
        assert len(data["tenant"]["webhookDeliveries"]["edges"]) == first
        counted.append(len(queries()))
    assert counted[0] == counted[1]


async def test_endpoints_cost_the_same_at_any_size(owner, switched_on, queries):
    query = "query ($n: Int) { tenant { webhookEndpoints(first: $n) { edges { node {"
    query += " id keys { algorithm } } } } } }"
    for _ in range(5):
        await create(owner)
    counted = []
    for first in (1, 5):
        queries()
        data = await owner.ask(query, n=first)
        assert len(data["tenant"]["webhookEndpoints"]["edges"]) == first
        counted.append(len(queries()))
    assert counted[0] == counted[1]


async def test_another_tenants_deliveries_are_not_listed(owner, unit_of_work, other_scope):
    theirs = await own_everything(unit_of_work, other_scope, "theirs")
    id = write_id("WebhookEndpoint", theirs["WebhookEndpoint"])
    data = await owner.ask(DELIVERIES, id=id)
    assert data["tenant"]["webhookDeliveries"]["edges"] == []


async def test_a_replay_names_deliveries_or_a_span(owner, switched_on, unit_of_work, scope):
    endpoint = (await create(owner, events=["*"]))["endpoint"]
    [delivery] = await deliver(unit_of_work, scope, endpoint)
    id, since = endpoint["id"], "2026-11-16T00:00:00Z"
    assert await refuse(owner, "webhookReplay", id=id) == "InvalidInputError"
    assert await refuse(owner, "webhookReplay", id=id, since=since) == "InvalidInputError"
    both = {"deliveryIds": [delivery], "since": since, "until": "2026-11-17T00:00:00Z"}
    assert await refuse(owner, "webhookReplay", id=id, **both) == "InvalidInputError"
    again = await do(owner, "webhookReplay", "deliveries", id=id, deliveryIds=[delivery])
    # It is still on its way, and is not doubled.
    assert again == {"deliveries": 0}


async def test_every_event_can_be_chosen_by_what_it_carries(owner):
    data = await owner.ask("{ tenant { webhookEventTypes { name version jsonSchema } } }")
    types = {each["name"]: each["jsonSchema"] for each in data["tenant"]["webhookEventTypes"]}
    assert types.keys() == {event.name for event in every_event()}
    assert types["contact.changed"]["required"] == ["contact_id"]


@pytest.fixture
async def receiver(database, unit_of_work):
    """Somebody outside who checks signatures."""
    app = Starlette(routes=webhook_keys.routes(unit_of_work), exception_handlers=problems.HANDLERS)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=PUBLIC_URL) as http:
        yield http


async def test_public_keys_are_served_without_signing_in(owner, switched_on, receiver):
    made = await create(owner, algorithm="ED25519")
    id = parse_id(made["endpoint"]["id"])[1]
    answer = await receiver.get(f"/webhooks/{id}/jwks.json")
    assert answer.headers["content-type"] == "application/jwk-set+json"
    [key] = answer.json()["keys"]
    raw = base64.urlsafe_b64decode(key["x"] + "=")
    assert "whpk_" + base64.b64encode(raw).decode() == made["secret"]


async def test_an_endpoint_with_shared_secrets_shows_no_key(owner, switched_on, receiver):
    id = parse_id((await create(owner))["endpoint"]["id"])[1]
    assert (await receiver.get(f"/webhooks/{id}/jwks.json")).json() == {"keys": []}


async def test_nobody_elses_keys_are_there(receiver):
    assert (await receiver.get(f"/webhooks/{uuid4()}/jwks.json")).status_code == 404


async def test_the_catalogue_of_events_is_served(receiver):
    served = (await receiver.get("/webhooks/events.json")).json()
    assert "contact.changed@1" in served


@pytest.fixture
def render(unit_of_work, live):
    return PayloadRenderer(unit_of_work, live, Registry()).render


async def happening(unit_of_work, scope):
    """Anna's details have changed."""
    async with unit_of_work(scope) as uow:
        details = contacts.Details(name="Anna Lee", phone="+12125550142")
        anna = await contacts.add(uow, details, source=Source.OWNER)
    payload = {"contact_id": str(anna.id)}
    return Occurrence(uuid4(), "contact.changed", 1, str(anna.id), 1, NOW, payload)


async def test_a_payload_is_answered_as_the_api_would(render, unit_of_work, scope):
    answered = await render(scope, PAYLOAD, await happening(unit_of_work, scope))
    told = {"name": "contact.changed", "contact": {"name": "Anna Lee", "phone": "+12125550142"}}
    assert answered == {"data": {"event": told}}


async def test_a_payload_shows_nothing_beyond_its_rights(render, unit_of_work, scope):
    happened = await happening(unit_of_work, scope)
    few = replace(scope, permissions=frozenset({"calls:read"}))
    answered = await render(few, PAYLOAD, happened)
    assert answered["data"] == {"event": {"name": "contact.changed", "contact": None}}
    assert [each["extensions"]["code"] for each in answered["errors"]] == ["FORBIDDEN"]


async def test_a_payload_of_another_tenants_thing_is_empty(
    render, unit_of_work, scope, other_scope
):
    answered = await render(other_scope, PAYLOAD, await happening(unit_of_work, scope))
    assert answered == {"data": {"event": {"name": "contact.changed", "contact": None}}}


@pytest.mark.parametrize(
    "document",
    [
        "",
        "subscription {",
        "{ version }",
        "mutation { x }",
        "subscription { event { name } } query { version }",
        "subscription ($id: ID!) { event { name } }",
        "subscription { event { name } other: event { name } }",
        "subscription { callUpdated(callId: 1) { id } }",
        "subscription { event { contact { secrets } } }",
        "subscription { event { " + " ".join(f"a{n}: name" for n in range(31)) + " } }",
        "subscription { event { name } } #" + "x" * LONGEST_PAYLOAD,
    ],
)
def test_only_one_subscription_of_events_is_a_payload(document):
    with pytest.raises(InvalidInput):
        payload_document(document)


def test_no_payload_sends_ids():
    assert payload_document(None) is None

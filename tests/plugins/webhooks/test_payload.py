"""A payload of the subscriber's own, on its way to a partner."""

from dataclasses import replace

import pytest
from redis.asyncio import Redis

from api.graphql.payloads import PayloadRenderer, payload_document
from domain import contacts
from domain.personal import Source
from domain.scope import Actor, ActorKind
from integrations.redis_pubsub import Subscriber
from plugins.models import DeliveryStatus
from plugins.webhooks import sending, service
from plugins.webhooks.models import WebhookEndpoint
from plugins.webhooks.service import NewEndpoint
from tenants.api_keys import service as api_keys
from tenants.api_keys.service import NewKey
from tenants.models import Membership
from tests.plugins.webhooks.conftest import LOOPBACK

PAYLOAD = payload_document("subscription { event { name contact { name } } }")


@pytest.fixture
async def rendering(way, servers):
    """The road of a worker that can answer documents."""
    redis = Redis.from_url(servers.redis_url)
    live = Subscriber(redis)
    road = way.road
    renderer = PayloadRenderer(road.unit_of_work, live, road.registry)
    road.deliverer = replace(road.deliverer, renderer=renderer)
    yield way
    await live.close()
    await redis.aclose()


async def meet_anna(way):
    async with way.road.unit_of_work(way.road.scope) as uow:
        await contacts.add(uow, contacts.Details(name="Anna Lee"), source=Source.OWNER)
    await way.travel()


async def test_a_partner_gets_what_it_asked_for(rendering, receiver):
    await rendering.name(receiver.url, payload=PAYLOAD)
    await meet_anna(rendering)
    [heard] = receiver.heard
    told = {"event": {"name": "contact.added", "contact": {"name": "Anna Lee"}}}
    assert (heard.message["data"], "errors" in heard.message) == (told, False)


@pytest.mark.law("L42")
async def test_words_are_masked_for_partners_as_the_profile_says(rendering, receiver):
    document = "subscription { event { contact { goal: notes name } } }"
    await rendering.name(receiver.url, payload=payload_document(document))
    notes = "Her social security number is 123-45-6789, she was born May 3 1980; prefers mornings"
    async with rendering.road.unit_of_work(rendering.road.scope) as uow:
        await contacts.add(uow, contacts.Details(name="Anna", notes=notes), source=Source.OWNER)
    await rendering.travel()
    [heard] = receiver.heard
    told = heard.message["data"]["event"]["contact"]
    assert told == {
        "goal": "Her social security number is [social security number], she was born"
        " [date of birth]; prefers mornings",
        "name": "Anna",
    }


async def test_an_endpoint_reads_no_more_than_it_was_lent(rendering, receiver):
    made = await rendering.name(receiver.url, payload=PAYLOAD)
    async with rendering.road.unit_of_work(rendering.road.scope) as uow:
        mine = WebhookEndpoint.filter(id=made.endpoint.id).using_db(uow.connection)
        await mine.update(permissions=["calls:read"])
    await meet_anna(rendering)
    [heard] = receiver.heard
    assert heard.message["data"]["event"]["contact"] is None
    assert heard.message["errors"][0]["extensions"]["code"] == "FORBIDDEN"


async def test_an_endpoint_of_somebody_who_has_left_reads_nothing(rendering, receiver):
    await rendering.name(receiver.url, payload=PAYLOAD)
    async with rendering.road.unit_of_work(rendering.road.scope) as uow:
        await Membership.all().using_db(uow.connection).delete()
    await meet_anna(rendering)
    [heard] = receiver.heard
    assert "Anna" not in heard.body.decode()
    assert heard.message["errors"][0]["extensions"]["code"] == "FORBIDDEN"


async def test_a_key_that_is_over_lends_nothing(rendering, receiver):
    scope = rendering.road.scope
    async with rendering.road.unit_of_work(scope) as uow:
        new = NewKey(name="Partner", permissions=("contacts:read", "webhooks:write"))
        key = (await api_keys.create(uow, new)).key
    actor = Actor(ActorKind.KEY, str(key.id))
    async with rendering.road.unit_of_work(replace(scope, actor=actor)) as uow:
        await service.create(uow, NewEndpoint(receiver.url, ("contact.*",), "", PAYLOAD), LOOPBACK)
    await meet_anna(rendering)
    assert "Anna" in receiver.heard[-1].body.decode()
    async with rendering.road.unit_of_work(scope) as uow:
        await api_keys.revoke(uow, key.id)
    await meet_anna(rendering)
    assert "Anna" not in receiver.heard[-1].body.decode()


async def test_the_log_says_with_which_rights_it_was_put_together(rendering, receiver):
    await rendering.name(receiver.url, payload=PAYLOAD)
    await rendering.name(receiver.url)
    await meet_anna(rendering)
    lent = sorted(len(each.permissions) for each in await rendering.exchanges())
    assert lent[0] == 0
    assert lent[1] > 1


async def test_a_payload_that_is_too_long_is_given_up_at_once(rendering, receiver, monkeypatch):
    monkeypatch.setattr(sending, "MOST_BODY", 50)
    await rendering.name(receiver.url, payload=PAYLOAD)
    await meet_anna(rendering)
    assert receiver.heard == []
    [delivery] = [one for one in await rendering.road.deliveries() if "webhooks:" in one.handler]
    assert (delivery.status, delivery.attempts) == (DeliveryStatus.DEAD, 1)
    errors = [one.error for one in await rendering.road.attempts()]
    assert "PayloadTooLarge" in errors


async def test_without_graphql_a_payload_waits(way, receiver):
    await way.name(receiver.url, payload=PAYLOAD)
    await meet_anna(way)
    assert receiver.heard == []
    [delivery] = [one for one in await way.road.deliveries() if "webhooks:" in one.handler]
    assert delivery.status is DeliveryStatus.WAITING

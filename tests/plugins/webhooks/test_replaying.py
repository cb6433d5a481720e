"""Sending again, by id and by time."""

from datetime import timedelta
from uuid import uuid4

import pytest

from domain.errors import InvalidInput, NotFound
from plugins.models import DeliveryStatus
from plugins.webhooks import replaying, service
from plugins.webhooks.errors import EndpointDisabled, TooManyToReplay
from plugins.webhooks.replaying import Span, replay_some, replay_span
from tests.conftest import NOW
from tests.plugins.webhooks.conftest import LOOPBACK

ANNA, BOB = uuid4(), uuid4()
HOUR = timedelta(hours=1)


async def sent(way):
    return [one for one in await way.road.deliveries() if one.handler.startswith("webhooks:send/")]


def today(way) -> Span:
    return Span(NOW - HOUR, way.road.unit_of_work.clock.now() + HOUR)


async def test_a_delivery_is_sent_again_under_the_same_id(way, receiver):
    made = await way.name(receiver.url)
    await way.happen(ANNA)
    await way.travel()
    [delivery] = await sent(way)
    assert await way.do(replay_some, made.endpoint.id, [delivery.id]) == 1
    await way.travel()
    assert [each.headers["webhook-id"] for each in receiver.heard] == [str(delivery.id)] * 2


async def test_a_dead_letter_is_sent_again(way, receiver):
    made = await way.name(receiver.url)
    receiver.status = 410
    await way.happen(ANNA)
    await way.travel()
    [dead] = await sent(way)
    assert dead.status is DeliveryStatus.DEAD
    receiver.status = 200
    await way.do(service.update, made.endpoint.id, LOOPBACK, enabled=True)
    await way.do(replay_some, made.endpoint.id, [dead.id])
    await way.travel()
    assert receiver.of(ANNA) == [1]


async def test_a_span_is_sent_again_in_order(way, receiver):
    made = await way.name(receiver.url)
    await way.happen(ANNA, BOB, ANNA, ANNA)
    await way.travel()
    receiver.heard.clear()
    assert await way.do(replay_span, made.endpoint.id, today(way)) == 4
    await way.travel()
    assert (receiver.of(ANNA), receiver.of(BOB)) == ([1, 2, 3], [1])


async def test_a_span_brings_what_happened_while_the_endpoint_was_off(way, receiver):
    made = await way.name(receiver.url)
    await way.do(service.update, made.endpoint.id, LOOPBACK, enabled=False)
    await way.happen(ANNA, ANNA)
    await way.travel()
    assert await sent(way) == []
    await way.do(service.update, made.endpoint.id, LOOPBACK, enabled=True)
    assert await way.do(replay_span, made.endpoint.id, today(way)) == 2
    await way.travel()
    assert receiver.of(ANNA) == [1, 2]


async def test_a_span_ends_before_its_end(way, receiver):
    made = await way.name(receiver.url)
    for contact in (ANNA, BOB):
        await way.happen(contact)
        await way.travel()
        way.road.wait(HOUR)
    receiver.heard.clear()
    await way.do(replay_span, made.endpoint.id, Span(NOW, NOW + HOUR))
    await way.travel()
    assert (receiver.of(ANNA), receiver.of(BOB)) == ([1], [])


async def test_what_is_still_on_its_way_is_not_doubled(way, receiver):
    made = await way.name(receiver.url)
    receiver.status = 500
    await way.happen(ANNA)
    await way.travel()
    assert await way.do(replay_span, made.endpoint.id, today(way)) == 0
    receiver.status = 200
    await way.pass_time(1)
    assert receiver.of(ANNA) == [1]


async def test_a_span_must_have_a_length(way, receiver):
    made = await way.name(receiver.url)
    with pytest.raises(InvalidInput):
        await way.do(replay_span, made.endpoint.id, Span(NOW, NOW))


async def test_too_much_at_once_is_refused(way, receiver, monkeypatch):
    monkeypatch.setattr(replaying, "MOST_REPLAYED", 2)
    made = await way.name(receiver.url)
    await way.happen(ANNA, ANNA, ANNA)
    await way.travel()
    with pytest.raises(TooManyToReplay):
        await way.do(replay_span, made.endpoint.id, today(way))


async def test_an_endpoint_that_is_off_is_sent_nothing(way, receiver):
    made = await way.name(receiver.url)
    await way.do(service.update, made.endpoint.id, LOOPBACK, enabled=False)
    with pytest.raises(EndpointDisabled):
        await way.do(replay_span, made.endpoint.id, today(way))


async def test_deliveries_of_others_are_not_there(way, receiver):
    one = await way.name(receiver.url)
    other = await way.name(receiver.url)
    await way.happen(ANNA)
    await way.travel()
    handlers = {delivery.handler: delivery.id for delivery in await sent(way)}
    theirs = handlers[f"webhooks:send/{other.endpoint.id}"]
    with pytest.raises(NotFound):
        await way.do(replay_some, one.endpoint.id, [theirs])


@pytest.mark.parametrize("ids", [[], [uuid4() for _ in range(1001)]])
async def test_a_replay_names_some(way, receiver, ids):
    made = await way.name(receiver.url)
    with pytest.raises(InvalidInput):
        await way.do(replay_some, made.endpoint.id, ids)


async def test_a_span_in_which_nothing_happened_brings_nothing(way, receiver):
    made = await way.name(receiver.url)
    span = Span(NOW - 3 * HOUR, NOW - 2 * HOUR)
    assert await way.do(replay_span, made.endpoint.id, span) == 0

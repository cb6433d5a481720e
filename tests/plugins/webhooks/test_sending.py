"""From an event to a partner's server, and what happens when nobody is there."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from domain import contacts
from domain.contacts.repository import Contacts
from domain.outbox import OutboxEntry
from domain.personal import Source
from domain.sealed import Sealed
from integrations.http_out import Outbound
from plugins import settings
from plugins.events import DeliveryDead
from plugins.housekeeping import KEEP_DONE, clear_delivered
from plugins.models import DeliveryStatus
from plugins.webhooks import service
from plugins.webhooks.events import WebhookDisabled
from plugins.webhooks.models import WebhookStopped
from plugins.webhooks.rules import FAILING_UNTIL_OFF, FAILURES_UNTIL_PAUSE, MOST_KEPT, NAME, PACE
from tests.conftest import as_system
from tests.plugins.webhooks.conftest import LOOPBACK

ANNA, BOB = uuid4(), uuid4()


async def recorded(way, name):
    async with way.road.unit_of_work(way.road.scope) as uow:
        return await OutboxEntry.filter(name=name).using_db(uow.connection)


async def sent(way):
    """The deliveries to endpoints."""
    return [one for one in await way.road.deliveries() if one.handler.startswith("webhooks:send/")]


async def test_a_chosen_event_is_sent_with_its_ids(way, receiver):
    await way.name(receiver.url)
    await way.happen(ANNA)
    await way.travel()
    [heard] = receiver.heard
    [delivery] = await sent(way)
    assert heard.headers["webhook-id"] == str(delivery.id)
    assert heard.message == {
        "type": "contact.changed",
        "version": 1,
        "id": str(delivery.event_id),
        "timestamp": heard.message["timestamp"],
        "sequence": 1,
        "data": {"contact_id": str(ANNA)},
    }


async def test_what_was_not_chosen_is_not_sent(way, receiver):
    await way.name(receiver.url, "lead.*")
    await way.happen(ANNA)
    await way.travel()
    assert receiver.heard == []
    assert await sent(way) == []


async def test_each_endpoint_has_deliveries_of_its_own(way, receiver):
    await way.name(receiver.url)
    await way.name("http://127.0.0.1:1/nobody")
    await way.happen(ANNA)
    await way.travel()
    assert receiver.of(ANNA) == [1]
    statuses = sorted(one.status for one in await sent(way))
    assert statuses == [DeliveryStatus.DONE, DeliveryStatus.WAITING]


@pytest.mark.promise("P117")
async def test_nothing_is_sent_while_the_plugin_is_off(way, receiver):
    await way.name(receiver.url)
    async with way.road.unit_of_work(way.road.scope) as uow:
        await settings.disable(uow, way.road.registry, NAME)
    await way.happen(ANNA)
    await way.travel()
    assert receiver.heard == []


async def test_another_tenants_events_are_not_sent(way, receiver, other_scope):
    await way.name(receiver.url)
    async with way.road.unit_of_work(other_scope) as uow:
        await contacts.add(uow, contacts.Details(name="Eve"), source=Source.OWNER)
    await way.travel()
    assert receiver.heard == []


async def test_a_day_without_a_receiver_loses_nothing_and_keeps_the_order(way, receiver):
    await way.name(receiver.url)
    receiver.status = 503
    for _ in range(24):
        await way.happen(ANNA, BOB)
        await way.pass_time(1, step=1)
    assert receiver.heard == []
    # Far fewer than without a pause: 48 events, each tried again and again.
    assert receiver.refused < 60
    receiver.status = 200
    await way.pass_time(10, step=2)
    assert receiver.of(ANNA) == list(range(1, 25))
    assert receiver.of(BOB) == list(range(1, 25))
    assert {one.status for one in await sent(way)} == {DeliveryStatus.DONE}


async def test_an_endpoint_that_fails_is_spared_until_its_pause_ends(way, receiver):
    made = await way.name(receiver.url)
    receiver.status = 500
    await way.happen(*(uuid4() for _ in range(FAILURES_UNTIL_PAUSE + 3)))
    await way.travel()
    assert receiver.refused == FAILURES_UNTIL_PAUSE
    paused = (await way.endpoint(made.endpoint.id)).paused_until
    assert paused is not None
    # What was put off has used up no attempt.
    assert sorted(one.attempts for one in await sent(way)) == [0] * 3 + [1] * FAILURES_UNTIL_PAUSE
    way.road.wait(paused - way.road.unit_of_work.clock.now())
    await way.travel()
    assert receiver.refused == FAILURES_UNTIL_PAUSE + 1


async def test_an_answer_ends_the_pause(way, receiver):
    made = await way.name(receiver.url)
    receiver.status = 500
    await way.happen(*(uuid4() for _ in range(FAILURES_UNTIL_PAUSE + 3)))
    await way.travel()
    receiver.status = 200
    await way.pass_time(3)
    endpoint = await way.endpoint(made.endpoint.id)
    assert (endpoint.failures, endpoint.failing_since, endpoint.paused_until) == (0, None, None)
    assert len(receiver.heard) == FAILURES_UNTIL_PAUSE + 3


async def test_an_endpoint_is_switched_off_after_days_and_the_owner_is_told(way, receiver):
    made = await way.name(receiver.url)
    receiver.status = 500
    for _ in range(FAILING_UNTIL_OFF.days + 1):
        await way.happen(uuid4())
        await way.pass_time(24, step=6)
    endpoint = await way.endpoint(made.endpoint.id)
    assert (endpoint.enabled, endpoint.stopped) == (False, WebhookStopped.FAILING)
    assert [entry.payload["reason"] for entry in await recorded(way, WebhookDisabled.name)] == [
        "failing"
    ]
    [letter] = [each for each in way.postbox.letters if "webhook" in each.subject]
    assert receiver.url in letter.text
    assert letter.to == (f"owner@{way.road.scope.tenant.slug}.test",)
    await way.pass_time(12, step=6)
    assert {one.status for one in await sent(way)} == {DeliveryStatus.DEAD}


async def test_a_receiver_that_is_gone_is_told_nothing_more(way, receiver):
    made = await way.name(receiver.url)
    receiver.status = 410
    await way.happen(ANNA, ANNA)
    await way.travel()
    endpoint = await way.endpoint(made.endpoint.id)
    assert (endpoint.enabled, endpoint.stopped) == (False, WebhookStopped.GONE)
    assert receiver.refused == 1
    assert [one.status for one in await sent(way)] == [DeliveryStatus.DEAD] * 2


async def test_a_delivery_that_never_arrives_becomes_a_dead_letter(way, receiver):
    made = await way.name(receiver.url)
    receiver.status = 500
    await way.happen(ANNA)
    for _ in range(PACE.most_attempts):
        # Somebody who keeps switching it on, so that it is not the endpoint that is given up.
        await way.do(service.update, made.endpoint.id, LOOPBACK, enabled=True)
        await way.pass_time(6, step=6)
    [dead] = await sent(way)
    assert (dead.status, dead.attempts) == (DeliveryStatus.DEAD, PACE.most_attempts)
    [told] = await recorded(way, DeliveryDead.name)
    assert told.payload["delivery_id"] == str(dead.id)


async def know(way, *ids):
    """Contacts with these ids."""
    async with way.road.unit_of_work(way.road.scope) as uow:
        for id in ids:
            seen = {"created_at": uow.now, "last_seen_at": uow.now}
            await Contacts(uow).add(id=id, source=Source.OWNER, name=Sealed.text("Eve"), **seen)


async def test_every_attempt_is_in_the_log_with_both_sides(way, receiver):
    await know(way, ANNA)
    await way.name(receiver.url)
    receiver.status = 500
    await way.happen(ANNA)
    await way.travel()
    receiver.status = 200
    await way.pass_time(1)
    first, second = await way.exchanges()
    assert (first.attempt, first.status, first.error) == (1, 500, "ReceiverRefused")
    assert first.response.load()["body"] == "not now"
    assert (second.attempt, second.status, second.error) == (2, 200, "")
    assert second.request.load()["body"] == receiver.heard[0].body.decode()
    assert first.contact_id == second.sealed_under == ANNA


async def test_the_log_keeps_the_beginning_of_a_long_answer(way, receiver):
    await way.name(receiver.url)
    receiver.words = "z" * (MOST_KEPT * 3)
    await way.happen(ANNA)
    await way.travel()
    [exchange] = await way.exchanges()
    assert exchange.response.load()["body"] == "z" * MOST_KEPT


async def test_what_is_erased_stays_shut_beside_what_is_not(way, receiver):
    await know(way, ANNA, BOB)
    await way.name(receiver.url)
    await way.happen(ANNA, BOB)
    await way.travel()
    async with way.road.unit_of_work(way.road.scope) as uow:
        await uow.keys.destroy([ANNA])
    open_ = {each.contact_id: each.request.is_open for each in await way.exchanges()}
    assert open_ == {ANNA: False, BOB: True}


async def test_an_inside_address_is_never_called(way, receiver):
    made = await way.name(receiver.url)
    way.road.deliverer = replace(way.road.deliverer, http=Outbound())
    await way.happen(ANNA)
    await way.travel()
    assert (receiver.heard, receiver.refused) == ([], 0)
    [exchange] = await way.exchanges()
    assert (exchange.status, exchange.error) == (None, "AddressRefused")
    assert (await way.endpoint(made.endpoint.id)).failures == 1


async def test_a_deleted_endpoint_is_owed_nothing(way, receiver):
    made = await way.name(receiver.url)
    receiver.status = 500
    await way.happen(ANNA)
    await way.travel()
    await way.do(service.delete, made.endpoint.id)
    receiver.status = 200
    await way.pass_time(1)
    assert receiver.heard == []
    assert {one.status for one in await sent(way)} == {DeliveryStatus.DONE}
    assert await way.exchanges() == []


async def test_a_test_goes_to_the_endpoint_that_is_tested_even_in_a_pause(way, receiver):
    made = await way.name(receiver.url, "lead.*")
    await way.name(receiver.url, "*")
    receiver.status = 500
    await way.do(service.test, made.endpoint.id)
    for _ in range(FAILURES_UNTIL_PAUSE):
        await way.travel()
        way.road.wait(timedelta(minutes=5))
    receiver.status, receiver.heard = 200, []
    await way.do(service.test, made.endpoint.id)
    await way.pass_time(1)
    tests = [each.message for each in receiver.heard if each.message["type"] == "webhook.tested"]
    assert [each["data"]["endpoint_id"] for each in tests] == [str(made.endpoint.id)] * 2


async def test_switching_on_again_forgets_the_failures(way, receiver):
    made = await way.name(receiver.url)
    receiver.status = 410
    await way.happen(ANNA)
    await way.travel()
    endpoint = await way.do(service.update, made.endpoint.id, LOOPBACK, enabled=True)
    assert (endpoint.enabled, endpoint.stopped, endpoint.failures) == (True, None, 0)


async def test_the_log_goes_with_its_delivery(way, receiver):
    await way.name(receiver.url)
    await way.happen(ANNA)
    await way.travel()
    way.road.wait(KEEP_DONE + timedelta(hours=1))
    async with as_system(way.road.urls):
        await clear_delivered(way.road.unit_of_work.clock.now())
    assert await way.exchanges() == []

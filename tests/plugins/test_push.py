"""Members hear of what happens on their devices: what they chose, when, and no more of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from domain import messages
from domain.conversations.models import Channel
from domain.errors import Forbidden, InvalidInput, NotFound
from domain.ids import global_id
from domain.messages.models import Priority
from domain.privacy.policy import Preset
from domain.reminders.events import ReminderAnswered, about
from domain.reminders.models import Reply
from domain.reminders.repository import Reminders
from domain.reminders.rules import Quiet
from domain.scope import Actor, ActorKind
from integrations.http_out import Outbound, Reach
from integrations.web_push import Device, PushClient, Vapid
from plugins import push
from plugins.digest.worker import DigestWorker
from plugins.models import DeliveryStatus
from plugins.push.devices import MOST_DEVICES
from plugins.push.worker import PushWorker
from plugins.registry import Registry
from tenants import notifications
from tenants.members import service as members
from tenants.models import Role
from tenants.notifications.models import News, NewsPace
from tenants.notifications.repository import PushDevices
from tenants.repository import Memberships
from tests.api.everything import own_everything
from tests.factories.members import somebody
from tests.factories.policies import promise
from tests.fakes.push_service import ORIGIN, PushService
from tests.plugins.test_digest import LINKS, SIX, end
from tests.plugins.test_notify import converse, finalize

VAPID = Vapid.derived(b"a secret of tests", "mailto:ops@deskbell.test")
NIGHT = Quiet(21 * 60, 8 * 60)
# Eleven in the evening in New York.
LATE = datetime(2026, 11, 17, 4, tzinfo=UTC)
OPENS = "https://portal.example/inbox/{id}"


@pytest.fixture
def service(clock) -> PushService:
    return PushService(VAPID.public_key, clock.now)


@pytest.fixture
def way(road, service):
    worker = PushWorker(PushClient(VAPID))
    jobs = (*worker.jobs, *DigestWorker(LINKS).jobs)
    return road(Registry(worker.handlers, jobs, plugins=()), http=service)


@pytest.fixture
async def phone(way, service):
    """The owner's telephone."""
    return await subscribe(way, service, way.scope, "phone")


async def settle(way) -> None:
    """Let everything react, and to what came of it."""
    while await way.travel():
        pass


async def subscribe(way, service, scope, name):
    browser = service.subscribe(f"{name.replace(' ', '-')}-{scope.actor.id}")
    new = push.NewDevice(browser.device, name, OPENS)
    async with way.unit_of_work(scope) as uow:
        row = await push.subscribe(uow, new, Reach())
    return browser, row.id


async def devices(way, scope=None):
    async with way.unit_of_work(scope or way.scope) as uow:
        return await push.own(uow)


async def choose(way, **change) -> None:
    async with way.unit_of_work(way.scope) as uow:
        await notifications.choose(uow, notifications.Change(**change))


async def statuses(way):
    return {row.handler: row.status for row in await way.deliveries()}


async def test_a_device_is_told_that_there_is_something_and_no_more(way, service, phone):
    held = await converse(way, Channel.CHAT)
    await settle(way)
    [arrived] = service.arrived
    node = global_id("Conversation", held.id)
    assert arrived.told == {
        "title": "A new conversation in writing",
        "tag": arrived.headers["Topic"],
        "urgent": False,
        "url": f"https://portal.example/inbox/{node}",
    }
    assert (arrived.headers["Urgency"], arrived.headers["TTL"]) == ("normal", "43200")


async def test_a_call_is_told_of_once_when_final(way, service, phone):
    held = await converse(way, Channel.VOICE)
    await settle(way)
    assert service.arrived == []
    await finalize(way, held.id)
    await settle(way)
    await settle(way)
    assert [each.told["title"] for each in service.arrived] == ["A new call"]


async def test_who_wants_details_has_them(way, service, phone):
    await choose(way, push_details=True)
    await converse(way, Channel.CHAT)
    await settle(way)
    [arrived] = service.arrived
    assert arrived.told["title"] == "Chat from Anna Lee: message left"
    assert arrived.told["body"] == "Please call about my crown"


async def test_health_data_is_never_on_a_screen(way, service, phone):
    await choose(way, push_details=True)
    await promise(way.unit_of_work, way.scope, preset=Preset.HEALTHCARE)
    await converse(way, Channel.CHAT)
    await settle(way)
    [arrived] = service.arrived
    assert "Anna" not in str(arrived.told)
    assert "body" not in arrived.told


@pytest.mark.parametrize("pace", [NewsPace.OFF, NewsPace.DIGEST])
async def test_what_is_not_wanted_at_once_is_not_pushed(way, service, phone, pace):
    await choose(way, push={News.CHATS: pace})
    await converse(way, Channel.CHAT)
    await settle(way)
    assert service.arrived == []


async def test_the_day_is_told_of_in_one_push(way, service, phone):
    await choose(way, push=dict.fromkeys(News, NewsPace.DIGEST))
    await end(way, await converse(way, Channel.CHAT))
    way.wait(SIX - way.unit_of_work.clock.now())
    await settle(way)
    [arrived] = service.arrived
    assert arrived.told["title"] == "The day in short is ready"
    assert arrived.headers["Urgency"] == "low"
    way.wait(timedelta(days=1))
    await settle(way)
    assert len(service.arrived) == 1


async def test_quiet_hours_are_kept(way, service, phone):
    await choose(way, quiet=NIGHT)
    way.wait(LATE - way.unit_of_work.clock.now())
    await converse(way, Channel.CHAT)
    await settle(way)
    assert service.arrived == []
    way.wait(timedelta(hours=9))
    await settle(way)
    assert len(service.arrived) == 1


async def test_what_is_urgent_wakes_them(way, service, phone):
    await choose(way, quiet=NIGHT)
    way.wait(LATE - way.unit_of_work.clock.now())
    held = await converse(way, Channel.CHAT)
    async with way.unit_of_work(way.scope) as uow:
        await messages.leave(uow, messages.NewMessage(held.id, "Help", priority=Priority.EMERGENCY))
    await settle(way)
    [arrived] = service.arrived
    assert arrived.told["title"] == "URGENT: A new conversation in writing"
    assert arrived.headers["Urgency"] == "high"


async def test_who_no_longer_wants_it_when_it_is_due_has_none(way, service, phone):
    await choose(way, quiet=NIGHT)
    way.wait(LATE - way.unit_of_work.clock.now())
    await converse(way, Channel.CHAT)
    await settle(way)
    await choose(way, push={News.CHATS: NewsPace.OFF})
    way.wait(timedelta(hours=9))
    await settle(way)
    assert service.arrived == []


async def test_a_browser_that_has_unsubscribed_is_forgotten(way, service, phone):
    browser, _ = phone
    await subscribe(way, service, way.scope, "laptop")
    service.unsubscribe(browser)
    await converse(way, Channel.CHAT)
    await settle(way)
    assert [row.label for row in await devices(way)] == ["laptop"]
    assert len(service.arrived) == 1


async def test_a_browser_that_subscribed_anew_meanwhile_stays(way, service, phone):
    browser, id = phone
    service.unsubscribe(browser)
    again = service.subscribe(browser.name)
    service.answer(410)
    async with way.unit_of_work(way.scope) as uow:
        await push.try_out(uow, id)
    take = service.post

    async def post(url, headers, body):
        answer = await take(url, headers, body)
        async with way.unit_of_work(way.scope) as uow:
            await push.subscribe(uow, push.NewDevice(again.device, "phone"), Reach())
        return answer

    service.post = post
    await settle(way)
    assert [row.id for row in await devices(way)] == [id]


async def test_a_service_that_asks_for_patience_is_left_alone(way, service, phone):
    service.answer(429, **{"retry-after": "120"})
    await converse(way, Channel.CHAT)
    await settle(way)
    way.wait(timedelta(seconds=119))
    await settle(way)
    assert service.asked == 1
    way.wait(timedelta(seconds=1))
    await settle(way)
    assert (len(service.arrived), service.asked) == (1, 2)


async def test_a_service_that_is_down_is_tried_again(way, service, phone):
    service.answer(503)
    await converse(way, Channel.CHAT)
    await settle(way)
    assert service.arrived == []
    way.wait(timedelta(minutes=10))
    await settle(way)
    assert len(service.arrived) == 1


async def test_one_device_that_fails_keeps_no_other_waiting(way, service, phone):
    await subscribe(way, service, way.scope, "laptop")
    service.answer(503)
    await converse(way, Channel.CHAT)
    await settle(way)
    assert len(service.arrived) == 1


async def test_a_refusal_is_shown_and_not_repeated(way, service, phone):
    service.answer(403)
    await converse(way, Channel.CHAT)
    await settle(way)
    way.wait(timedelta(days=1))
    await settle(way)
    [row] = await devices(way)
    assert (row.problem, service.asked) == ("HTTP_403", 1)
    assert (await statuses(way))["job:push.send"] is DeliveryStatus.DEAD
    async with way.unit_of_work(way.scope) as uow:
        await push.try_out(uow, row.id)
    await settle(way)
    [row] = await devices(way)
    assert (row.problem, row.told_at) == ("", way.unit_of_work.clock.now())


async def test_a_device_is_tried_out_by_its_member(way, service, phone):
    _, id = phone
    async with way.unit_of_work(way.scope) as uow:
        await push.try_out(uow, id)
    await settle(way)
    assert [each.told["title"] for each in service.arrived] == ["Pushes arrive on this device"]


async def test_whoever_leaves_is_told_nothing_more(way, service, phone):
    staff = await somebody(way.unit_of_work, way.scope, Role.STAFF)
    await subscribe(way, service, staff, "tablet")
    async with way.unit_of_work(way.scope) as uow:
        rows = await Memberships(uow).page(Memberships(uow).all())
        [member] = [row for row in rows if str(row.user_id) == staff.actor.id]
        await members.remove(uow, member.id)
    await converse(way, Channel.CHAT)
    await settle(way)
    assert [each.browser for each in service.arrived] == [phone[0].name]
    async with way.unit_of_work(way.scope) as uow:
        assert [row.label for row in await PushDevices(uow).page(PushDevices(uow).all())] == [
            "phone"
        ]


async def test_who_may_not_read_what_people_said_is_pushed_nothing(way, service):
    billing = await somebody(way.unit_of_work, way.scope, Role.BILLING)
    await subscribe(way, service, billing, "tablet")
    await converse(way, Channel.CHAT)
    await settle(way)
    assert service.arrived == []


@pytest.mark.parametrize(
    ("reply", "pushes"), [(Reply.CANCELLED, 1), (Reply.MOVE_ASKED, 1), (Reply.CONFIRMED, 0)]
)
async def test_an_answer_that_changes_something_is_told_of(way, service, phone, reply, pushes):
    owned = await own_everything(way.unit_of_work, way.scope, "ours")
    await settle(way)
    service.arrived.clear()
    async with way.unit_of_work(way.scope) as uow:
        row = await Reminders(uow).lock(owned["Reminder"])
        await Reminders(uow).save(row, reply=reply, replied_at=uow.now)
        uow.record(ReminderAnswered(**about(row), reply=reply))
    await settle(way)
    titles = [each.told["title"] for each in service.arrived]
    assert titles == ["News about an appointment"] * pushes


async def test_devices_are_their_member_s_own(way, service, phone):
    _, id = phone
    staff = await somebody(way.unit_of_work, way.scope, Role.STAFF)
    assert await devices(way, staff) == []
    for deed in (push.unsubscribe, push.try_out):
        with pytest.raises(NotFound):
            async with way.unit_of_work(staff) as uow:
                await deed(uow, id)
    async with way.unit_of_work(way.scope) as uow:
        await push.unsubscribe(uow, id)
    assert await devices(way) == []


async def test_a_browser_is_one_device_and_whoever_signs_in_there_has_it(way, service, phone):
    browser, id = phone
    staff = await somebody(way.unit_of_work, way.scope, Role.STAFF)
    async with way.unit_of_work(staff) as uow:
        row = await push.subscribe(uow, push.NewDevice(browser.device, "front desk"), Reach())
    assert row.id == id
    assert await devices(way) == []
    assert [each.label for each in await devices(way, staff)] == ["front desk"]


def changed(device, **changes):
    values = {"endpoint": device.endpoint, "p256dh": device.p256dh, "auth": device.auth}
    return Device(**(values | changes))


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"endpoint": "http://push.example/1"}, "endpoint"),
        ({"endpoint": "https://127.0.0.1/1"}, "endpoint"),
        ({"endpoint": "https://push.example:8443/1"}, "endpoint"),
        ({"endpoint": "words"}, "endpoint"),
        ({"p256dh": "AAAA"}, "p256dh"),
        ({"auth": "AAAA"}, "auth"),
    ],
)
async def test_what_no_browser_made_is_refused(way, service, changes, path):
    device = changed(service.subscribe("phone").device, **changes)
    with pytest.raises(InvalidInput) as refused:
        async with way.unit_of_work(way.scope) as uow:
            await push.subscribe(uow, push.NewDevice(device, "phone"), Reach())
    assert [each.path for each in refused.value.problems] == [path]


@pytest.mark.parametrize("opens", ["javascript:alert(1)", "http://portal.example/{id}"])
async def test_a_tap_opens_only_what_is_safe(way, service, opens):
    new = push.NewDevice(service.subscribe("phone").device, "phone", opens)
    with pytest.raises(InvalidInput):
        async with way.unit_of_work(way.scope) as uow:
            await push.subscribe(uow, new, Reach())


async def test_a_member_has_so_many_devices_and_no_more(way, service):
    one = partial(subscribe, way, service, way.scope)
    for number in range(MOST_DEVICES):
        await one(f"device {number}")
    with pytest.raises(InvalidInput, match="devices already"):
        await one("one more")


async def test_only_members_have_devices(way, service):
    browser = service.subscribe("phone")
    key = Actor(ActorKind.KEY, way.scope.actor.id)
    with pytest.raises(Forbidden):
        async with way.unit_of_work(replace(way.scope, actor=key)) as uow:
            await push.subscribe(uow, push.NewDevice(browser.device, "phone"), Reach())


async def test_a_name_that_leads_inside_is_not_called(road, service):
    async def inside(host, port):
        return [next(Reach.parse("10.0.0.0/8").networks[0].hosts())]

    worker = PushWorker(PushClient(VAPID))
    registry = Registry(worker.handlers, worker.jobs, plugins=())
    way = road(registry, http=Outbound(resolve=inside))
    _, id = await subscribe(way, service, way.scope, "phone")
    async with way.unit_of_work(way.scope) as uow:
        await push.try_out(uow, id)
    await settle(way)
    [row] = await devices(way)
    assert row.problem == "ADDRESS"
    assert ORIGIN not in repr(row.subscription)

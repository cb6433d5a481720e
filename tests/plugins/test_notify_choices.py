"""Each member hears of what they want, when they want it, and by nobody else's choice."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from deskbell.testing.http import FakeHttp
from domain import messages
from domain.conversations.models import Channel
from domain.errors import Forbidden, InvalidInput
from domain.messages.models import Priority
from domain.reminders.events import ReminderAnswered, about
from domain.reminders.models import Reply
from domain.reminders.repository import Reminders
from domain.reminders.rules import Quiet
from domain.scope import Actor, ActorKind
from plugins import settings, slack
from plugins.registry import Registry
from tenants import notifications
from tenants.models import Role
from tenants.notifications.models import News, NewsPace
from tenants.notifications.rules import next_time, quiet_ends
from tests.api.everything import own_everything
from tests.factories.members import somebody
from tests.fakes.mailer import Postbox
from tests.plugins.test_notify import converse
from tests.plugins.test_team_chat import URLS, said, set_up

NIGHT = Quiet(21 * 60, 8 * 60)
NEW_YORK = ZoneInfo("America/New_York")
IMMEDIATE, OFF = NewsPace.IMMEDIATE, NewsPace.OFF


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
async def way(road, postbox):
    made = road(Registry(), postbox)
    async with made.unit_of_work(made.scope) as uow:
        await settings.enable(uow, made.registry, "notify")
    return made


async def choose(way, scope, **change) -> None:
    async with way.unit_of_work(scope) as uow:
        await notifications.choose(uow, notifications.Change(**change))


async def test_owners_hear_of_everything_until_they_say_otherwise(way, postbox):
    await choose(way, way.scope, email={News.CHATS: OFF})
    await converse(way, Channel.CHAT)
    await way.travel()
    assert postbox.letters == []


async def test_others_hear_of_what_they_ask_for(way, postbox):
    staff = await somebody(way.unit_of_work, way.scope, Role.STAFF)
    await choose(way, staff, email={News.CHATS: IMMEDIATE})
    await choose(way, way.scope, email={News.CHATS: OFF})
    await converse(way, Channel.CHAT)
    await way.travel()
    [letter] = postbox.letters
    assert [to.partition("-")[0] for to in letter.to] == ["staff"]


async def test_who_may_not_read_what_people_said_is_not_written_to(way, postbox):
    billing = await somebody(way.unit_of_work, way.scope, Role.BILLING)
    await choose(way, billing, email={News.CHATS: IMMEDIATE})
    await converse(way, Channel.CHAT)
    await way.travel()
    assert all(not to.startswith("billing") for letter in postbox.letters for to in letter.to)


async def test_in_quiet_hours_a_letter_waits_for_their_end(way, postbox):
    await choose(way, way.scope, quiet=NIGHT)
    # Eleven in the evening in New York.
    way.wait(datetime(2026, 11, 17, 4, tzinfo=UTC) - way.unit_of_work.clock.now())
    await converse(way, Channel.CHAT)
    await way.travel()
    assert postbox.letters == []
    way.wait(timedelta(hours=9))
    await way.travel()
    assert [mail.subject for mail in postbox.letters] == ["Chat from Anna Lee: message left"]
    way.wait(timedelta(days=1))
    await way.travel()
    assert len(postbox.letters) == 1


async def test_what_is_urgent_waits_for_nobody(way, postbox):
    await choose(way, way.scope, quiet=NIGHT)
    way.wait(datetime(2026, 11, 17, 4, tzinfo=UTC) - way.unit_of_work.clock.now())
    held = await converse(way, Channel.CHAT)
    async with way.unit_of_work(way.scope) as uow:
        new = messages.NewMessage(held.id, "Help", priority=Priority.EMERGENCY)
        await messages.leave(uow, new)
    await way.travel()
    assert [mail.subject[:6] for mail in postbox.letters] == ["URGENT"]


@pytest.mark.parametrize(
    ("reply", "letters"), [(Reply.CANCELLED, 1), (Reply.MOVE_ASKED, 1), (Reply.CONFIRMED, 0)]
)
async def test_an_answer_that_changes_something_is_told_of(way, postbox, reply, letters):
    await answer(way, reply)
    before = len(postbox.letters)
    await way.travel()
    told = postbox.letters[before:]
    assert len(told) == letters
    assert all("Anna ours" in letter.text for letter in told)


async def answer(way, reply) -> None:
    """Let somebody answer a reminder of their visit."""
    owned = await own_everything(way.unit_of_work, way.scope, "ours")
    await way.travel()
    async with way.unit_of_work(way.scope) as uow:
        row = await Reminders(uow).get(owned["Reminder"])
        row = await Reminders(uow).save(row, reply=reply, replied_at=uow.now)
        uow.record(ReminderAnswered(**about(row), reply=reply))


async def test_the_teams_chat_tells_of_answers_whoever_wants_to_be_named(road):
    http = FakeHttp()
    http.answer(URLS["slack"], b"ok")
    way = road(Registry(plugins=(slack,)), http=http)
    await set_up(way, "slack")
    await choose(way, way.scope, team_chat=frozenset({News.REPLIES}))
    await answer(way, Reply.CANCELLED)
    await way.travel()
    words = said(http)
    assert "Anna ours has cancelled: Cleaning" in words
    assert "For " in words


async def test_the_teams_chat_names_whoever_wants_to_be_named(road):
    http = FakeHttp()
    http.answer(URLS["slack"], b"ok")
    way = road(Registry(plugins=(slack,)), http=http)
    await set_up(way, "slack")
    staff = await somebody(way.unit_of_work, way.scope, Role.STAFF)
    await choose(way, staff, team_chat=frozenset({News.CHATS}))
    await converse(way, Channel.CHAT)
    await way.travel()
    assert "For Staff Person." in said(http)


async def test_only_members_choose_and_only_times_of_day(way):
    program = replace(way.scope, actor=Actor(ActorKind.KEY, "1"))
    with pytest.raises(Forbidden):
        await choose(way, program, email={})
    with pytest.raises(InvalidInput):
        await choose(way, way.scope, quiet=Quiet(0, 24 * 60))


def test_quiet_hours_end_by_the_clock_of_the_business():
    at = datetime(2026, 11, 1, 4, tzinfo=UTC)
    # That night New York puts its clocks back.
    ends = quiet_ends(NIGHT, "America/New_York", at)
    assert ends == datetime(2026, 11, 1, 8, tzinfo=NEW_YORK)
    assert quiet_ends(NIGHT, "America/New_York", at + timedelta(hours=12)) is None


def test_the_next_time_is_never_now():
    six = datetime(2026, 11, 16, 18, tzinfo=NEW_YORK)
    assert next_time(18 * 60, "America/New_York", six.astimezone(UTC)) == six + timedelta(days=1)

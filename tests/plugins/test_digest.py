"""The daily letter: what presses most in front, once a day, and none where nothing happened."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from starlette.applications import Starlette

from api import problems
from api.blocking import Blocking
from domain import contacts, conversations, messages
from domain.contacts.models import NumberList
from domain.contacts.repository import ListedNumbers
from domain.conversations.acts import Disposition
from domain.conversations.models import Channel
from domain.messages.models import Priority
from domain.privacy.policy import Preset
from plugins.digest.items import Urgency
from plugins.digest.worker import DigestWorker
from plugins.registry import Registry
from tenants import notifications
from tenants.notifications.links import BlockLinks
from tenants.notifications.models import News, NewsPace
from tenants.repository import Memberships
from tests.factories.policies import promise
from tests.fakes.mailer import Postbox
from tests.plugins.test_notify import PHONE, converse

LINKS = BlockLinks("http://deskbell.test", b"a secret of tests")
# Six in the evening in New York, on the day of the tests.
SIX = datetime(2026, 11, 16, 23, tzinfo=UTC)
A_DAY = timedelta(days=1)
DAILY = dict.fromkeys(News, NewsPace.DIGEST)


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
async def way(road, postbox):
    """A business whose owner has one letter a day."""
    made = road(Registry(jobs=DigestWorker(LINKS).jobs, plugins=()), postbox)
    async with made.unit_of_work(made.scope) as uow:
        await notifications.choose(uow, notifications.Change(email=DAILY))
    return made


async def wait_until(way, at: datetime) -> None:
    way.wait(at - way.unit_of_work.clock.now())
    while await way.travel():
        pass


async def end(way, held) -> None:
    async with way.unit_of_work(way.scope) as uow:
        await conversations.end(uow, held.id, Disposition.COMPLETED)


def link_in(text: str) -> str:
    [line] = [line for line in text.splitlines() if line.startswith("Block this caller: ")]
    return line.partition(": ")[2].removeprefix("http://deskbell.test")


async def test_the_day_is_told_in_one_letter(way, postbox):
    await end(way, await converse(way, Channel.CHAT))
    await wait_until(way, SIX - timedelta(minutes=1))
    assert postbox.letters == []
    await wait_until(way, SIX)
    [letter] = postbox.letters
    assert letter.to == (f"owner@{way.scope.tenant.slug}.test",)
    assert letter.subject == f"{way.scope.tenant.name}: 1 to answer"
    assert "NEEDS AN ANSWER\n\nMonday 10:00, Anna Lee: Anna asks about her crown." in letter.text


async def test_a_day_without_news_has_no_letter_and_the_next_has_one(way, postbox):
    await wait_until(way, SIX)
    assert postbox.letters == []
    await end(way, await converse(way, Channel.CHAT))
    await wait_until(way, SIX + A_DAY)
    await wait_until(way, SIX + 2 * A_DAY)
    assert len(postbox.letters) == 1


async def test_what_presses_most_comes_first(way, postbox):
    first = await converse(way, Channel.CHAT)
    await end(way, first)
    async with way.unit_of_work(way.scope) as uow:
        [left] = await messages.service.Messages(uow).page(messages.service.Messages(uow).all())
        await messages.resolve(uow, left.id)
        version = first.receptionist_version_id
        opening = conversations.Opening(Channel.VOICE, "en", version, "1", "1")
        second = await conversations.start(uow, opening)
        pain = messages.NewMessage(second.id, "It bleeds", priority=Priority.HIGH)
        await messages.leave(uow, pain)
    await end(way, second)
    await wait_until(way, SIX)
    [letter] = postbox.letters
    assert letter.subject.endswith(": 1 urgent, 1 for information")
    assert letter.text.index("URGENT") < letter.text.index("FOR INFORMATION")
    assert sorted(Urgency) == [Urgency.URGENT, Urgency.ANSWER, Urgency.INFORMATION]


async def test_the_business_says_at_which_hour(way, postbox):
    async with way.unit_of_work(way.scope) as uow:
        await notifications.set_digest_minute(uow, 12 * 60)
    await end(way, await converse(way, Channel.CHAT))
    await wait_until(way, SIX - timedelta(hours=6))
    assert len(postbox.letters) == 1


async def test_a_letter_whose_answer_was_lost_is_the_same_one(road):
    class Lossy(Postbox):
        async def send(self, mail):
            await super().send(mail)
            if len(self.letters) == 1:
                raise ConnectionResetError

    lossy = Lossy()
    way = road(Registry(jobs=DigestWorker(LINKS).jobs, plugins=()), lossy)
    async with way.unit_of_work(way.scope) as uow:
        await notifications.choose(uow, notifications.Change(email=DAILY))
    await end(way, await converse(way, Channel.CHAT))
    await wait_until(way, SIX)
    await wait_until(way, SIX + timedelta(hours=1))
    await wait_until(way, SIX + A_DAY)
    assert len(lossy.letters) == 2
    assert len({mail.message_id for mail in lossy.letters}) == 1


async def test_where_health_is_protected_it_says_how_much_there_is(way, postbox):
    await promise(way.unit_of_work, way.scope, preset=Preset.HEALTHCARE)
    await end(way, await converse(way, Channel.CHAT))
    await wait_until(way, SIX)
    [letter] = postbox.letters
    assert "Anna" not in letter.text
    assert letter.text.endswith("1 to answer. Log in to see it.\n")


@pytest.fixture
async def letter(way, postbox):
    """The path of the link in a letter, which blocks Anna."""
    await end(way, await converse(way, Channel.CHAT))
    await wait_until(way, SIX)
    return link_in(postbox.letters[0].text)


@pytest.fixture
async def browser(way):
    app = Starlette(
        routes=Blocking(way.unit_of_work, LINKS).routes(), exception_handlers=problems.HANDLERS
    )
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://deskbell.test") as http:
        yield http


async def listed(way):
    async with way.unit_of_work(way.scope) as uow:
        return await ListedNumbers(uow).page(ListedNumbers(uow).all())


async def test_one_click_blocks_a_caller_and_can_be_undone(way, letter, browser):
    shown = await browser.get(letter)
    assert "<button" in shown.text
    assert PHONE not in shown.text
    assert await listed(way) == []
    for words in ("not taken any more", "in your list of numbers already"):
        assert words in (await browser.post(letter)).text
    [row] = await listed(way)
    assert (row.kind, row.phone.read()) == (NumberList.BLOCK, PHONE)
    async with way.unit_of_work(way.scope) as uow:
        await contacts.unlist_number(uow, row.id)
    assert await listed(way) == []


async def test_a_link_is_good_for_a_month_and_for_its_member_only(way, letter, browser):
    assert (await browser.get(letter[:-2] + "AA")).status_code == 404
    async with way.unit_of_work(way.scope) as uow:
        [member] = await Memberships(uow).page(Memberships(uow).all())
        await Memberships(uow).save(member, frozen_at=uow.now)
    assert (await browser.post(letter)).status_code == 404
    async with way.unit_of_work(way.scope) as uow:
        await Memberships(uow).save(member, frozen_at=None)
    way.wait(31 * A_DAY)
    assert (await browser.post(letter)).status_code == 404
    assert await listed(way) == []

"""Writing with the receptionist over a real websocket."""

import asyncio
import json
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from starlette.applications import Starlette
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from api.chat.limits import ChatLimits
from api.chat.socket import ChatDependencies, chat_routes
from api.reception import Reception
from domain import appointments, contacts
from domain.appointments.repository import Appointments
from domain.business import versions
from domain.conversations.acts import Disposition
from domain.conversations.repository import Conversations, Turns
from domain.errors import Unavailable
from domain.handlers import event_handlers, jobs
from domain.personal import Source
from domain.scope import TenantStatus
from plugins.delivery import Deliverer
from plugins.dispatch import claim_due
from plugins.fanout import fan_out
from plugins.pace import Pace
from plugins.registry import Registry
from tenants.models import Tenant
from tests.api.serving import serving
from tests.conftest import as_system
from tests.factories.business import open_practice
from tests.fakes.mailer import Postbox

SOON = 10  # seconds; a test that waits this long has failed
PHONE = "+12125550142"
TOMORROW_2_PM = datetime(2026, 11, 17, 19, 0, tzinfo=UTC)


class Visitor:
    """Somebody with a chat window."""

    def __init__(self, socket):
        self.socket = socket
        self.conversation_id = None

    async def send(self, **message):
        await self.socket.send(json.dumps(message))

    async def receive(self):
        return json.loads(await asyncio.wait_for(self.socket.recv(), SOON))

    async def begin(self):
        """Wait for the greeting; returns it."""
        connected = await self.receive()
        assert connected["type"] == "connected"
        self.conversation_id = UUID(connected["conversation"])
        return [(await self.receive())["text"] for _ in range(2)]

    async def say(self, text):
        """Write, and return everything that is answered until it is our turn again."""
        await self.send(type="say", text=text)
        assert await self.receive() == {"type": "typing"}
        # Answers come in order: what an unknown message is answered with comes after them all.
        await self.send(type="ping")
        said = []
        while (message := await self.receive())["type"] == "said":
            said.append(message["text"])
        return " ".join(said)

    async def closed(self):
        """Read to the end; the last message and the close code."""
        last = None
        try:
            while True:
                last = await self.receive()
        except ConnectionClosed:
            return last, self.socket.close_code


@pytest.fixture
async def practice(unit_of_work, scope):
    return await open_practice(unit_of_work, scope)


@pytest.fixture
def limits():
    return ChatLimits()


@pytest.fixture
async def authority(unit_of_work, clock, limits):
    deps = ChatDependencies(Reception(unit_of_work), clock, limits)
    async with serving(Starlette(routes=chat_routes(deps))) as authority:
        yield authority


@asynccontextmanager
async def window(authority, slug):
    async with connect(f"ws://{authority}/chat/{slug}", proxy=None) as socket:
        yield Visitor(socket)


@pytest.fixture
async def visitor(authority, practice, scope):
    async with window(authority, scope.tenant.slug) as visitor:
        visitor.greeting = await visitor.begin()
        yield visitor


async def ended(unit_of_work, scope, id):
    """The conversation once it is closed."""
    async with asyncio.timeout(SOON):
        while True:
            async with unit_of_work(scope) as uow:
                conversation = await Conversations(uow).get(id)
            if conversation.ended_at is not None:
                return conversation
            await asyncio.sleep(0.01)


async def turns(unit_of_work, scope, id):
    async with unit_of_work(scope) as uow:
        return [turn.text.read() for turn in await Turns(uow).of(id)]


async def booked(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        return await Appointments(uow).page(Appointments(uow).standing().order_by("starts_at"))


async def test_an_unknown_business_is_refused(authority, practice):
    async with window(authority, "nobody-here") as visitor:
        assert await visitor.closed() == (None, 4404)


async def test_a_visitor_is_told_who_writes(visitor):
    assert visitor.greeting[0].startswith("You are writing with the A.I. assistant of")
    assert visitor.greeting[1] == "How can I help you?"


@pytest.mark.parametrize(
    "frame",
    [
        "{",
        "[]",
        "17",
        "null",
        b"\x00\xff",
        '{"type": "say"}',
        '{"type": "say", "text": 5}',
        "[" * 3999,
    ],
)
async def test_a_bad_message_is_answered_and_forgiven(visitor, frame):
    await visitor.socket.send(frame)
    assert (await visitor.receive())["code"] == "BAD_MESSAGE"
    assert "free parking" in await visitor.say("Where can I park?")


async def test_a_message_that_is_too_long_ends_it(visitor, unit_of_work, scope):
    await visitor.send(type="say", text="x" * 4_000)
    assert (await visitor.closed())[1] == 1009
    held = await ended(unit_of_work, scope, visitor.conversation_id)
    assert held.disposition is Disposition.PROTOCOL_ERROR


@pytest.mark.parametrize("message", ["say", "nonsense"])
async def test_a_flood_is_held_back(visitor, clock, limits, message):
    for _ in range(limits.messages):
        await visitor.send(type=message, text="hello")
    await visitor.send(type=message, text="hello")
    answers = [await visitor.receive()]
    while answers[-1].get("code") != "RATE_LIMITED":
        answers.append(await visitor.receive())
    clock.advance(timedelta(seconds=limits.within_seconds))
    assert "free parking" in await visitor.say("Where can I park?")


class TestIdle:
    """A visitor who has gone for lunch."""

    @pytest.fixture
    def limits(self):
        return ChatLimits(idle_seconds=0.2)

    async def test_a_silent_visitor_is_let_go(self, visitor, unit_of_work, scope):
        assert await visitor.closed() == ({"type": "ended"}, 1000)
        held = await ended(unit_of_work, scope, visitor.conversation_id)
        assert held.disposition is Disposition.CALLER_SILENT


async def test_goodbye_ends_the_conversation(visitor, unit_of_work, scope):
    await visitor.send(type="bye")
    assert await visitor.closed() == ({"type": "ended"}, 1000)
    held = await ended(unit_of_work, scope, visitor.conversation_id)
    assert held.disposition is Disposition.COMPLETED


async def test_the_receptionist_ends_after_the_goodbye(visitor):
    await visitor.say("Where can I park?")
    await visitor.send(type="say", text="No thank you, goodbye")
    await visitor.receive()
    assert (await visitor.receive())["text"].startswith("Thank you for writing to")
    assert await visitor.closed() == ({"type": "ended"}, 1000)


async def test_an_answer_is_stored_before_the_next_question(visitor, unit_of_work, scope):
    answer = await visitor.say("Where can I park?")
    async with asyncio.timeout(SOON):
        while answer not in await turns(  # noqa: ASYNC110
            unit_of_work, scope, visitor.conversation_id
        ):
            await asyncio.sleep(0.01)
    stored = await turns(unit_of_work, scope, visitor.conversation_id)
    assert stored[-2:] == ["Where can I park?", answer]


async def test_nothing_is_lost_when_a_visitor_leaves_mid_answer(visitor, unit_of_work, scope):
    await visitor.say("My name is Anna Lopez, I want a cleaning tomorrow at 2 pm")
    await visitor.say("212 555 0142")
    await visitor.send(type="say", text="yes please")
    await visitor.receive()
    visitor.socket.transport.abort()
    held = await ended(unit_of_work, scope, visitor.conversation_id)
    assert held.disposition is Disposition.CALLER_HANGUP
    assert len(await booked(unit_of_work, scope)) == 1
    assert "yes please" in await turns(unit_of_work, scope, held.id)


async def test_two_visitors_stay_apart(visitor, authority, unit_of_work, scope):
    async with window(authority, scope.tenant.slug) as other:
        await other.begin()
        await visitor.say("I'd like to book a cleaning tomorrow")
        await other.say("I'd like an exam on Wednesday")
        await visitor.say("2 pm")
        await other.say("10 am")
        await visitor.say("Anna Lopez")
        await other.say("John Miller")
        assert "cleaning" in await visitor.say("212 555 0142")
        assert "exam" in await other.say("212 555 0143")
        for one in (visitor, other):
            assert "You are booked" in await one.say("yes")
    assert visitor.conversation_id != other.conversation_id
    first, second = await booked(unit_of_work, scope)
    assert (first.conversation_id, second.conversation_id) == (
        visitor.conversation_id,
        other.conversation_id,
    )
    async with unit_of_work(scope) as uow:
        held = await Conversations(uow).many([visitor.conversation_id, other.conversation_id])
    assert len({one.contact_id for one in held}) == 2


async def test_a_suspended_business_takes_messages_only(
    authority, practice, unit_of_work, scope, database
):
    async with as_system(database):
        await Tenant.filter(id=scope.tenant_id).update(status=TenantStatus.SUSPENDED)
    async with window(authority, scope.tenant.slug) as visitor:
        await visitor.begin()
        for words in ("My name is Anna Lopez, I want a cleaning tomorrow at 2 pm", "212 555 0142"):
            await visitor.say(words)
        assert "You are booked" not in await visitor.say("yes")
        await visitor.say("Please take a message")
        assert "passed that on" in await visitor.say("Please tell Dr. Lee that I liked it a lot")
    assert await booked(unit_of_work, scope) == []


class Closed(Reception):
    """A reception that nobody gets into."""

    async def welcome(self, arrival):
        raise Unavailable("The database is being repaired, see host db-7")


async def test_a_visitor_who_cannot_be_served_is_told_so(unit_of_work, clock, practice, scope):
    deps = ChatDependencies(Closed(unit_of_work), clock)
    async with (
        serving(Starlette(routes=chat_routes(deps))) as authority,
        window(authority, scope.tenant.slug) as visitor,
    ):
        assert (await visitor.receive())["text"].startswith("Nobody can be reached here")
        assert await visitor.closed() == (None, 1011)


async def test_a_visit_is_booked_in_writing(visitor, unit_of_work, scope, practice):
    await visitor.say("Hi! I'd like to book a cleaning")
    await visitor.say("tomorrow at 2pm")
    assert "number" in await visitor.say("Anna Lopez")
    assert "Shall I book it?" in await visitor.say("212-555-0142")
    assert "You are booked" in await visitor.say("yes")
    [visit] = await booked(unit_of_work, scope)
    assert (visit.starts_at, visit.service_id) == (TOMORROW_2_PM, practice.cleaning_id)
    async with unit_of_work(scope) as uow:
        conversation = await Conversations(uow).get(visitor.conversation_id)
    assert (conversation.contact_id, conversation.verified) == (visit.contact_id, False)


@pytest.mark.parametrize(
    "wish", ["cancel my appointment", "move my appointment", "When do I come?"]
)
async def test_a_claimed_number_opens_nothing(visitor, unit_of_work, scope, practice, wish):
    async with unit_of_work(scope) as uow:
        contact = await contacts.recognise(uow, PHONE, source=Source.OWNER)
        profile = await versions.profile(uow)
        wanted = appointments.Booking(contact.id, practice.cleaning_id, TOMORROW_2_PM)
        await appointments.book(uow, profile, wanted)
    await visitor.say("Can I leave a message? I am Anna Lopez and my number is 212 555 0142")
    await visitor.say("Please tell Dr. Lee that I liked it")
    await visitor.say("Anna Lopez")
    answers = (
        await visitor.say(wish) + await visitor.say("yes") + await visitor.say("tomorrow at 3 pm")
    )
    assert "2 PM" not in answers
    [visit] = await booked(unit_of_work, scope)
    assert visit.starts_at == TOMORROW_2_PM


async def test_an_ended_chat_is_summed_up(visitor, unit_of_work, scope, database):
    await visitor.say("Do you take insurance?")
    await visitor.send(type="bye")
    await visitor.closed()
    await deliver(unit_of_work, scope, database)
    held = await ended(unit_of_work, scope, visitor.conversation_id)
    assert (
        held.summary.read()
        == "Somebody asked something and was answered. Asked: Do you take insurance?"
    )


async def deliver(unit_of_work, scope, database):
    """What the relay and the workers do, until nothing is due for this tenant."""
    registry, pace = Registry(event_handlers(), jobs()), Pace()
    deliverer = Deliverer(registry, unit_of_work, Postbox(), pace)
    while True:
        async with as_system(database):
            now = unit_of_work.clock.now()
            await fan_out(registry, unit_of_work.ids, now, 100_000)
            due = await claim_due(now, pace.queue_lease, 100_000)
        mine = [one for one in due if one.tenant_id == scope.tenant_id]
        if not mine:
            return
        for one in mine:
            await deliverer.deliver(one.tenant_id, one.dispatch)

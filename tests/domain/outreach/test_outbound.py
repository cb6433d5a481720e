"""Every call and text leaves by the gate, and one that may not go says why."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain import contacts, outreach, rights
from domain.contacts.models import NumberList
from domain.errors import InvalidInput, NotFound, Unavailable
from domain.handlers import event_handlers
from domain.outreach import outbound
from domain.outreach.agreements.models import Form, Route
from domain.outreach.agreements.repository import OutreachConsents, OutreachPermits
from domain.outreach.handlers import leave_alone
from domain.outreach.outbound.models import OutboundState
from domain.outreach.outbound.ports import Outgoing
from domain.outreach.outbound.repository import Outbounds
from domain.outreach.outbound.worker import OutboundWorker
from domain.outreach.refusals import Refusal
from domain.outreach.wishes import real_gate
from domain.ports import leave
from domain.privacy.purposes import Purpose
from domain.rights.events import ChoiceMade
from domain.rights.kinds import RequestKind
from tenants.service import job_scope
from tests.factories.calls import Delivery

LINE = "+12125550190"
OTHER_LINE = "+12125550191"


@dataclass
class Pigeon:
    """Carries what it is given, and knows the numbers that are registered."""

    carried: list[Outgoing] = field(default_factory=list)
    registered: bool = True
    lost: int = 0

    async def is_registered(self, line: str | None) -> bool:
        leave()
        return self.registered

    async def carry(self, outgoing: Outgoing) -> None:
        leave()
        self.carried.append(outgoing)
        if self.lost:
            self.lost -= 1
            raise Unavailable("The carrier is down")


@dataclass
class Post:
    """Somebody who may be reached, and everything by which they are."""

    door: object
    pigeon: Pigeon
    delivery: Delivery

    @property
    def contact_id(self) -> UUID:
        return self.door.caller.contact_id

    def work(self):
        return self.door.work(self.door.scope)

    async def ask(self, purpose=Purpose.SCHEDULING, route=Route.TEXT, **more):
        wanted = outbound.Wanted(
            self.contact_id, route, purpose, "See you tomorrow at ten", **{"line": LINE} | more
        )
        async with self.work() as uow:
            return (await outbound.ask(uow, wanted)).id

    async def send(self, id: UUID, carrier="pigeon"):
        worker = OutboundWorker(real_gate(), self.pigeon if carrier else None)
        await worker.send({"outbound_id": str(id)}, self.delivery)
        return await self.row(id)

    async def row(self, id: UUID):
        async with self.work() as uow:
            return await Outbounds(uow).get(id)

    async def choose(self, kind, purpose=None):
        """Say so at the rights desk, and let the news arrive."""
        async with self.work() as uow:
            await rights.choose(uow, self.contact_id, kind, purpose=purpose)
        said = ChoiceMade(
            contact_id=self.contact_id, kind=kind.value, purpose=purpose and purpose.value
        )
        await leave_alone(said, self.delivery)


@pytest.fixture
async def post(door):
    scope = await job_scope(door.scope.tenant_id, "outreach")
    return Post(door, Pigeon(), Delivery(door.work, scope))


@pytest.mark.law("L13")
async def test_what_may_go_out_goes_out_once(post):
    await post.door.agree()
    id = await post.ask()
    for _ in range(2):
        row = await post.send(id)
    assert (row.state, row.refusal) == (OutboundState.SENT, None)
    [outgoing] = post.pigeon.carried
    assert (outgoing.permit.to, outgoing.words) == (
        post.door.caller.phone,
        "See you tomorrow at ten",
    )
    assert outgoing.permit.id == row.permit_id


@pytest.mark.law("L13")
async def test_without_consent_it_is_withheld_and_says_why(post):
    row = await post.send(await post.ask())
    assert (row.state, row.refusal) == (OutboundState.WITHHELD, Refusal.NO_CONSENT)
    assert row.rule.startswith("calling.consent/US@")
    assert post.pigeon.carried == []


@pytest.mark.law("L15")
async def test_a_stop_to_the_number_is_heeded(post):
    await post.door.agree()
    async with post.work() as uow:
        await outreach.hear(uow, outreach.Incoming(LINE, post.door.caller.phone, "STOP"))
    row = await post.send(await post.ask())
    assert (row.state, row.refusal) == (OutboundState.WITHHELD, Refusal.OPTED_OUT)
    assert post.pigeon.carried == []


@pytest.mark.law("L18")
async def test_a_stop_to_one_number_leaves_another(post):
    await post.door.agree()
    async with post.work() as uow:
        await outreach.hear(uow, outreach.Incoming(LINE, post.door.caller.phone, "STOP"))
    assert (await post.send(await post.ask(line=OTHER_LINE))).state is OutboundState.SENT
    row = await post.send(await post.ask(line=None))
    assert row.refusal is Refusal.OPTED_OUT


@pytest.mark.law("L15", "L18")
async def test_a_start_opens_it_again(post):
    await post.door.agree()
    for word in ("STOP", "START"):
        async with post.work() as uow:
            await outreach.hear(uow, outreach.Incoming(LINE, post.door.caller.phone, word))
    assert (await post.send(await post.ask())).state is OutboundState.SENT


@pytest.mark.law("L14")
async def test_a_number_on_the_list_is_left_alone(post):
    await post.door.agree(Route.CALL)
    async with post.work() as uow:
        await contacts.list_number(uow, post.door.caller.phone, NumberList.NO_CALL)
    row = await post.send(await post.ask(route=Route.CALL))
    assert (row.state, row.refusal) == (OutboundState.WITHHELD, Refusal.DO_NOT_CALL)


@pytest.mark.law("L14")
async def test_at_night_it_waits_for_the_morning(post, clock):
    await post.door.agree()
    # Midnight in New York, five hours behind.
    clock.advance(datetime(2026, 11, 17, 5, 0, tzinfo=UTC) - clock.now())
    id = await post.ask()
    row = await post.send(id)
    assert (row.state, row.refusal) == (OutboundState.WAITING, Refusal.OUTSIDE_HOURS)
    clock.advance(timedelta(hours=8))
    row = await post.send(id)
    assert (row.state, row.refusal) == (OutboundState.SENT, None)


@pytest.mark.law("L14")
async def test_what_nobody_wants_any_more_is_not_sent(post, clock):
    await post.door.agree()
    id = await post.ask()
    # The next night but one: by the morning it would be too late.
    clock.advance(datetime(2026, 11, 18, 5, 0, tzinfo=UTC) - clock.now())
    row = await post.send(id)
    assert (row.state, row.refusal) == (OutboundState.WITHHELD, Refusal.OUTSIDE_HOURS)


@pytest.mark.law("L20")
async def test_a_number_that_is_not_registered_sends_no_text(post):
    await post.door.agree()
    post.pigeon.registered = False
    row = await post.send(await post.ask())
    assert (row.state, row.refusal) == (OutboundState.WITHHELD, Refusal.SENDER_UNREGISTERED)


@pytest.mark.law("L29")
async def test_an_objection_ends_consent_and_what_waits(post):
    consent = await post.door.agree(purpose=Purpose.SURVEYS, form=Form.WRITTEN)
    id, other = await post.ask(Purpose.SURVEYS), await post.ask()
    await post.choose(RequestKind.OBJECTION)
    row = await post.row(id)
    assert (row.state, row.refusal) == (OutboundState.WITHHELD, Refusal.OPTED_OUT)
    assert (await post.row(other)).state is OutboundState.WAITING
    async with post.work() as uow:
        assert (await OutreachConsents(uow).get(consent.id)).withdrawn_at is not None


@pytest.mark.law("L29")
async def test_an_objection_counts_before_its_news_arrives(post):
    await post.door.agree(purpose=Purpose.SURVEYS, form=Form.WRITTEN)
    async with post.work() as uow:
        await rights.choose(uow, post.contact_id, RequestKind.OBJECTION)
    row = await post.send(await post.ask(Purpose.SURVEYS))
    assert row.refusal is Refusal.OPTED_OUT


@pytest.mark.promise("P077")
async def test_whoever_takes_back_their_consent_is_reached_for_nothing(post):
    await post.door.agree()
    id = await post.ask()
    await post.choose(RequestKind.CONSENT_WITHDRAWAL)
    assert (await post.row(id)).refusal is Refusal.OPTED_OUT
    assert (await post.send(await post.ask())).refusal is Refusal.NO_CONSENT


@pytest.mark.law("L26")
async def test_whoever_is_restricted_is_not_reached(post):
    await post.door.agree()
    async with post.work() as uow:
        await contacts.restrict(uow, post.contact_id)
    assert (await post.send(await post.ask())).refusal is Refusal.OPTED_OUT


@pytest.mark.law("L19")
async def test_an_answer_that_was_lost_is_sent_again_on_the_same_permit(post):
    answers = post.door.caller.conversation_id
    id = await post.ask(Purpose.CALL_DELIVERY, answers=answers)
    post.pigeon.lost = 1
    with pytest.raises(Unavailable):
        await post.send(id)
    assert (await post.send(id)).state is OutboundState.SENT
    first, second = post.pigeon.carried
    assert (first.permit, first.key) == (second.permit, second.key)
    async with post.work() as uow:
        assert await OutreachPermits(uow).all().filter(answers_id=answers).count() == 1


async def test_without_a_carrier_it_says_so(post):
    await post.door.agree()
    row = await post.send(await post.ask(), carrier=None)
    assert (row.state, row.refusal) == (OutboundState.WITHHELD, Refusal.NO_CARRIER)


async def test_letters_and_silence_are_not_sent_like_this(post):
    with pytest.raises(InvalidInput):
        await post.ask(route=Route.EMAIL)
    empty = outbound.Wanted(post.contact_id, Route.TEXT, Purpose.SCHEDULING, "  ")
    async with post.work() as uow:
        with pytest.raises(InvalidInput):
            await outbound.ask(uow, empty)
        with pytest.raises(NotFound):
            await outbound.ask(uow, replace(empty, contact_id=uow.new_id(), words="Hello"))
        with pytest.raises(NotFound):
            await outbound.ask(uow, replace(empty, answers=uow.new_id(), words="Hello"))


def test_outreach_listens_to_choices():
    assert (ChoiceMade, leave_alone) in event_handlers()

"""Requests are assigned, extended, refused and fulfilled, in time and on record."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from domain import appointments, archives, audit, contacts, rights
from domain.archives.errors import LinkSpent
from domain.contacts.repository import Contacts
from domain.errors import Forbidden, InvalidInput, NotFound
from domain.exports import pages
from domain.privacy.purposes import Purpose
from domain.rights import choices
from domain.rights.errors import NobodyOnFile, NotExtendable, RequestClosed
from domain.rights.kinds import Intake, Refusal, RequestKind, RequestState
from domain.rights.repository import PrivacyChoices
from domain.scope import Actor, ActorKind
from tenants.rights import account, staff
from tests.domain.rights.test_asking import mailed
from tests.factories.callers import ring
from tests.factories.exports import store_in
from tests.factories.policies import PEOPLE, promise
from tests.factories.rights import PUBLIC_URL, RightsDesk

A_DAY = timedelta(days=1)


@pytest.mark.promise("P071", "P074")
@pytest.mark.law("L23", "L28")
async def test_a_copy_is_packed_and_its_link_sent(desk, anna):
    request = await desk.opened("access", phone=anna.phone)
    await desk.do(rights.fulfil, request.id)
    assert (await desk.look(request.id)).state is RequestState.OPEN
    await desk.work()
    assert (await desk.look(request.id)).state is RequestState.FULFILLED
    answer = desk.letter("fulfilled")
    assert answer.to == (mailed(anna),)
    token = answer.text.partition(f"{PUBLIC_URL}/my-copy#")[2].split()[0]
    tenant, archive, secret = token.split(".")
    assert UUID(tenant) == desk.way.scope.tenant_id
    taken = await desk.do(archives.collect, UUID(archive), secret)
    packed = b"".join([block async for block in desk.packer.read(taken)])
    [row] = json.loads(zipfile.ZipFile(io.BytesIO(packed)).read("data/contact.json"))
    assert row["name"] == "Anna Lee"
    with pytest.raises(LinkSpent):
        await desk.do(archives.collect, UUID(archive), secret)


@pytest.mark.promise("P072")
@pytest.mark.law("L24")
async def test_a_correction_is_made_and_told(desk, anna, unit_of_work, scope):
    """The event takes it to everybody who has a copy."""
    changes = contacts.Details(name="Anna Smith", email="anna@smith.example")
    request = await desk.opened("correction", phone=anna.phone, changes=changes)
    await desk.do(rights.fulfil, request.id)
    async with unit_of_work(scope) as uow:
        contact = await Contacts(uow).get(anna.contact_id)
        search = audit.Search(action="contact.changed", object=("contact", anna.contact_id))
        assert await audit.find(uow, search).count() == 1
    assert (contact.name.read(), contact.email.read()) == ("Anna Smith", "anna@smith.example")
    assert contact.phone.read() == anna.phone


@pytest.mark.promise("P075")
@pytest.mark.law("L26")
async def test_what_is_restricted_is_kept_and_not_used(desk, anna, unit_of_work, scope):
    request = await desk.opened("restriction", phone=anna.phone)
    await desk.do(rights.fulfil, request.id)
    async with unit_of_work(scope) as uow:
        contact = await Contacts(uow).get(anna.contact_id)
        assert contact.name.read() == "Anna Lee"
        assert contact.restricted_at is not None
        for purpose in Purpose:
            assert await rights.forbids(uow, anna.contact_id, purpose)
        await contacts.lift_restriction(uow, anna.contact_id)
        assert not await rights.forbids(uow, anna.contact_id, Purpose.IMPROVEMENT)


@pytest.mark.law("L26")
async def test_nothing_restricted_is_in_an_export(desk, anna, unit_of_work, scope):
    bert = await ring(unit_of_work, scope, name="Bert")
    async with unit_of_work(scope) as uow:
        await contacts.restrict(uow, anna.contact_id)
    async with unit_of_work(scope) as uow:
        for kind in pages.WRITTEN:
            rows = pages.WRITTEN[kind].repository(uow).all()
            found = await pages.unrestricted(uow, rows)
            about = {getattr(row, "contact_id", row.id) for row in found}
            assert anna.contact_id not in about, kind
        left = await pages.unrestricted(uow, Contacts(uow).all())
        assert [row.id for row in left] == [bert.contact_id]


@pytest.mark.promise("P076", "P077", "P078", "P080")
@pytest.mark.law("L29", "L33")
@pytest.mark.parametrize(
    ("kind", "forbidden", "allowed"),
    [
        ("objection", Purpose.IMPROVEMENT, Purpose.SCHEDULING),
        ("consent_withdrawal", Purpose.IMPROVEMENT, Purpose.CALL_DELIVERY),
        ("marketing_opt_out", Purpose.MARKETING, Purpose.SERVICE_MESSAGES),
        ("sale_opt_out", Purpose.INDUSTRY_INSIGHT, Purpose.SCHEDULING),
    ],
)
async def test_a_choice_is_heeded(desk, anna, kind, forbidden, allowed, clock):
    assert not await desk.do(rights.forbids, anna.contact_id, forbidden)
    request = await desk.opened(kind, phone=anna.phone)
    await desk.do(rights.fulfil, request.id)
    assert await desk.do(rights.forbids, anna.contact_id, forbidden)
    assert not await desk.do(rights.forbids, anna.contact_id, allowed)
    clock.advance(364 * A_DAY)
    assert not await desk.do(rights.may_ask, anna.contact_id, RequestKind(kind))
    clock.advance(2 * A_DAY)
    assert await desk.do(rights.may_ask, anna.contact_id, RequestKind(kind))


async def test_a_choice_ends_when_its_person_says_so(desk, anna, unit_of_work, scope):
    choice = await desk.do(choices.choose, anna.contact_id, RequestKind.OBJECTION)
    again = await desk.do(choices.choose, anna.contact_id, RequestKind.OBJECTION)
    assert choice.id == again.id
    await desk.do(choices.end, choice.id)
    assert not await desk.do(rights.forbids, anna.contact_id, Purpose.IMPROVEMENT)
    async with unit_of_work(scope) as uow:
        assert await PrivacyChoices(uow).in_force(anna.contact_id).count() == 0


@pytest.mark.promise("P079")
async def test_every_answer_says_where_to_complain(desk, anna):
    request = await desk.ask("complaint_information", phone=anna.phone, place="DE")
    await desk.do(rights.fulfil, request.id)
    await desk.work()
    assert "edpb.europa.eu" in desk.letter("fulfilled").text
    other = await desk.opened("access", phone=anna.phone, place="US-CA")
    await desk.do(rights.refuse, other.id, Refusal.EXCESSIVE, "Ten times this week.")
    await desk.work()
    refusal = desk.letter("Your request")
    assert "cppa.ca.gov" in refusal.text
    assert "Ten times this week." in refusal.text


@pytest.mark.promise("P073")
@pytest.mark.law("L25")
async def test_a_deletion_is_open_until_nothing_is_left(
    unit_of_work, scope, database, tmp_path, anna
):
    class Slow:
        """Erases half of it at a time."""

        asked = 0

        async def erase(self, whom, context):
            self.asked += 1
            assert whom.contact_id == anna.contact_id
            return self.asked == 2

    slow = Slow()
    desk = RightsDesk(unit_of_work, scope, database, store_in(tmp_path), slow)
    request = await desk.opened("deletion", phone=anna.phone)
    await desk.do(rights.fulfil, request.id)
    await desk.work()
    assert (slow.asked, (await desk.look(request.id)).state) == (1, RequestState.OPEN)
    assert desk.box.letters == []
    desk.way.wait(timedelta(minutes=10))
    await desk.work()
    assert (await desk.look(request.id)).state is RequestState.FULFILLED
    assert desk.letter("fulfilled").to == (mailed(anna),)


async def test_a_deletion_that_nobody_carries_out_stays_open(desk, anna, clock):
    request = await desk.opened("deletion", phone=anna.phone)
    await desk.do(rights.fulfil, request.id)
    desk.way.wait(8 * A_DAY)
    await desk.work()
    assert (await desk.look(request.id)).state is RequestState.OPEN
    assert any("overdue" in mail.subject for mail in desk.box.letters)


@pytest.mark.law("L21")
async def test_an_extension_is_told_with_its_reason(desk, anna):
    request = await desk.opened("access", phone=anna.phone, place="DE")
    extended = await desk.do(staff.extend, request.id, "There are ten years of calls.")
    await desk.work()
    assert extended.state is RequestState.EXTENDED
    notice = desk.letter("takes longer")
    assert "There are ten years of calls." in notice.text
    # The business is in the United States: its 45 days and 45 more are over before three months.
    assert "14 February 2027" in notice.text
    with pytest.raises(NotExtendable):
        await desk.do(staff.extend, request.id, "Again.")


@pytest.mark.law("L21")
async def test_notice_of_an_extension_comes_in_time(desk, anna, clock):
    request = await desk.opened("access", phone=anna.phone, place="DE")
    clock.advance(31 * A_DAY)
    with pytest.raises(NotExtendable):
        await desk.do(staff.extend, request.id, "We forgot.")


async def test_what_only_a_promise_limits_is_not_extended(desk, anna, scope):
    elsewhere = replace(scope, tenant=replace(scope.tenant, region="BR"))
    request = await desk.ask("access", phone=anna.phone, place="BR", scope=elsewhere)
    with pytest.raises(NotExtendable):
        await desk.do(staff.extend, request.id, "Slow.", scope=elsewhere)


@pytest.mark.promise("P085")
@pytest.mark.law("L21", "L32")
async def test_alarms_ring_for_whoever_looks_after_it(desk, anna, unit_of_work, scope):
    request = await desk.ask("access", phone=anna.phone)
    async with unit_of_work(scope) as uow:
        [row] = await uow.connection.execute_query_dict(
            'SELECT m.id, u.email FROM membership m JOIN "user" u ON u.id = m.user_id'
        )
    await desk.do(staff.assign, request.id, row["id"])
    desk.box.letters.clear()
    desk.way.wait(23 * A_DAY)
    await desk.work()
    assert desk.box.letters == []
    desk.way.wait(A_DAY)
    await desk.work()
    assert desk.letter("is due on 16 December 2026").to == (row["email"],)
    desk.way.wait(7 * A_DAY)
    await desk.work()
    assert desk.letter("overdue").to == (row["email"],)


@pytest.mark.promise("P087")
async def test_alarms_ring_for_the_privacy_contact_otherwise(desk, anna, unit_of_work, scope):
    await promise(unit_of_work, scope)
    await desk.ask("access", phone=anna.phone)
    desk.way.wait(31 * A_DAY)
    await desk.work()
    assert desk.letter("overdue").to == (PEOPLE["privacy_contact"]["email"],)


async def test_no_alarm_rings_for_what_is_closed(desk, anna):
    request = await desk.opened("objection", phone=anna.phone)
    await desk.do(rights.fulfil, request.id)
    desk.box.letters.clear()
    desk.way.wait(60 * A_DAY)
    await desk.work()
    assert not any("due" in mail.subject for mail in desk.box.letters)


async def test_what_is_closed_stays_closed(desk, anna):
    request = await desk.opened("objection", phone=anna.phone)
    await desk.do(rights.withdraw, request.id)
    await desk.do(rights.withdraw, request.id)
    for deed, given in (
        (rights.fulfil, ()),
        (rights.refuse, (Refusal.UNFOUNDED,)),
        (rights.assign, (None,)),
        (rights.vouch, ()),
    ):
        with pytest.raises(RequestClosed):
            await desk.do(deed, request.id, *given)


async def test_somebody_who_is_not_on_file_is_named_first(desk, anna):
    request = await desk.opened("restriction", Intake.API, email="anna.private@example.org")
    with pytest.raises(NobodyOnFile):
        await desk.do(rights.fulfil, request.id)
    await desk.do(rights.name_contact, request.id, anna.contact_id)
    await desk.do(rights.fulfil, request.id)
    assert (await desk.look(request.id)).email.read() == mailed(anna)


async def test_a_correction_says_what(desk, anna):
    request = await desk.opened("correction", phone=anna.phone)
    with pytest.raises(InvalidInput):
        await desk.do(rights.fulfil, request.id)


@pytest.mark.promise("P091")
async def test_the_business_decides_and_its_instruction_is_on_record(desk, anna, scope):
    request = await desk.opened("restriction", phone=anna.phone)
    for refused in (anna.scope, replace(scope, permissions=frozenset({"privacy:read"}))):
        with pytest.raises(Forbidden):
            await desk.do(rights.fulfil, request.id, scope=refused)
    await desk.do(rights.fulfil, request.id)
    done = await desk.look(request.id)
    assert done.instructed_by == f"member:{scope.actor.id}"
    async with desk.way.unit_of_work(scope, read_only=True) as uow:
        search = audit.Search(action="privacy_request.instructed")
        [entry] = await audit.find(uow, search)
    assert (entry.object_id, entry.actor_id) == (request.id, scope.actor.id)


@pytest.mark.promise("P081")
async def test_what_is_asked_of_the_operator_the_operator_decides(desk, scope):
    asked = rights.Asked(RequestKind.CORRECTION, Intake.PORTAL, words="My name is Olivia.")
    request = await desk.do(account.ask, asked)
    assert request.state is RequestState.OPEN
    with pytest.raises(Forbidden):
        await desk.do(rights.fulfil, request.id, "Done.")
    with pytest.raises(Forbidden):
        await desk.do(rights.refuse, request.id, Refusal.UNFOUNDED)
    operator = replace(scope, actor=Actor(ActorKind.OPERATOR, str(request.id)), proof=None)
    with pytest.raises(InvalidInput):
        await desk.do(rights.fulfil, request.id, scope=operator)
    await desk.do(rights.fulfil, request.id, "Your name is Olivia now.", scope=operator)
    await desk.work()
    letter = desk.letter("fulfilled")
    assert "Your name is Olivia now." in letter.text
    assert letter.to[0].startswith("owner@")


async def test_ones_own_request_can_be_withdrawn(desk, scope, other_scope):
    asked = rights.Asked(RequestKind.ACCESS, Intake.PORTAL)
    request = await desk.do(account.ask, asked)
    assert [row.id for row in await desk.do(account.own)] == [request.id]
    with pytest.raises(NotFound):
        await desk.do(rights.withdraw_own, request.id, scope=other_scope)
    with pytest.raises(Forbidden):
        await desk.do(rights.withdraw, request.id)
    await desk.do(rights.withdraw_own, request.id)
    assert (await desk.look(request.id)).state is RequestState.WITHDRAWN


@pytest.mark.promise("P080")
@pytest.mark.law("L36")
async def test_nothing_changes_in_how_somebody_is_served(desk, anna, unit_of_work, scope):
    """After every kind of request they are known, and see their visits, as before."""

    async def served():
        async with unit_of_work(anna.scope) as uow:
            assert (await contacts.recognise(uow, anna.phone)).id == anna.contact_id
            visits = await appointments.upcoming(uow, anna.contact_id)
            return (
                len(visits),
                sorted(uow.scope.permissions),
                await contacts.treatment(uow, anna.phone),
            )

    before = await served()
    for kind in RequestKind:
        if kind in {RequestKind.DELETION, RequestKind.CORRECTION}:
            continue
        request = await desk.opened(kind, phone=anna.phone)
        await desk.do(rights.fulfil, request.id)
        await desk.work()
        assert (await desk.look(request.id)).state is RequestState.FULFILLED, kind
    assert await served() == before

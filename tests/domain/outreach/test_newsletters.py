"""Letters go to who asked for them in writing, and to nobody else."""

import pytest

from domain import contacts
from domain.outreach import agreements, newsletters
from domain.outreach.agreements.models import Form, Route
from domain.outreach.optout import Reach, Topic, Way
from domain.outreach.service import Incoming, refuse
from domain.personal import Source
from domain.privacy.purposes import Purpose
from domain.rights import choices
from domain.rights.kinds import RequestKind

LINE = "+12125550100"


@pytest.fixture
def ask(door):
    """Who would be sent letters now."""

    async def ask():
        async with door.work(door.scope) as uow:
            return await newsletters.subscriber(uow, door.caller.contact_id)

    return ask


async def agree(door, form=Form.WRITTEN, route=Route.EMAIL, purpose=Purpose.MARKETING, talk=None):
    words = ("May we write to you about offers?", "2026-11-01")
    answer = agreements.Answer(
        door.caller.contact_id, route, purpose, form, *words, conversation_id=talk
    )
    async with door.work(door.scope) as uow:
        return await agreements.agree(uow, answer)


@pytest.mark.promise("P049", "P120")
async def test_who_asked_in_writing_is_told_by_name_and_address_only(door, ask):
    assert await ask() is None
    await agree(door)
    found = await ask()
    assert (found.name, found.email) == ("Anna Lee", f"{door.caller.phone[1:]}@example.com")
    assert door.caller.phone not in repr(found)


@pytest.mark.promise("P052")
@pytest.mark.parametrize(
    "other",
    [
        {"form": Form.EXPRESS},
        {"route": Route.TEXT},
        {"route": Route.CALL},
        {"purpose": Purpose.SURVEYS},
        {"purpose": Purpose.SCHEDULING},
    ],
    ids=str,
)
async def test_another_yes_is_no_request_for_letters(door, ask, other):
    await agree(door, **other)
    assert await ask() is None


@pytest.mark.promise("P052")
async def test_what_was_said_in_a_call_serves_no_marketing(door, ask):
    await agree(door, talk=door.caller.conversation_id)
    assert await ask() is None
    await agree(door)
    assert await ask() is not None


@pytest.mark.promise("P077", "P078")
async def test_who_takes_it_back_is_sent_nothing(door, ask):
    consent = await agree(door)
    async with door.work(door.scope) as uow:
        await agreements.withdraw(uow, consent.id)
    assert await ask() is None


@pytest.mark.promise("P078")
async def test_who_opted_out_of_marketing_is_sent_nothing(door, ask):
    await agree(door)
    async with door.work(door.scope) as uow:
        await choices.choose(uow, door.caller.contact_id, RequestKind.MARKETING_OPT_OUT)
    assert await ask() is None


async def test_who_is_only_kept_is_sent_nothing(door, ask):
    await agree(door)
    async with door.work(door.scope) as uow:
        await contacts.restrict(uow, door.caller.contact_id)
    assert await ask() is None


@pytest.mark.parametrize("topic", [Topic.EVERYTHING, Topic.MARKETING])
async def test_a_stop_to_any_number_stops_letters_too(door, ask, topic):
    await agree(door)
    async with door.work(door.scope) as uow:
        said = Incoming(LINE, door.caller.phone, "STOP")
        await refuse(uow, said, Reach(topic, frozenset({Way.TEXTS})))
    assert await ask() is None


async def test_a_stop_to_reminders_leaves_letters(door, ask):
    await agree(door)
    async with door.work(door.scope) as uow:
        said = Incoming(LINE, door.caller.phone, "no more reminders")
        await refuse(uow, said, Reach(Topic.REMINDERS))
    assert await ask() is not None


async def test_without_an_address_there_is_nothing_to_write_to(door, ask):
    await agree(door)
    async with door.work(door.scope) as uow:
        await contacts.update(uow, door.caller.contact_id, contacts.Details(email=""))
    assert await ask() is None


async def test_among_many_only_those_who_asked_are_found(door, unit_of_work, scope):
    other = await contacts_of(unit_of_work, scope)
    await agree(door)
    async with door.work(door.scope) as uow:
        found = await newsletters.among(uow, [door.caller.contact_id, other])
    assert [each.contact_id for each in found] == [door.caller.contact_id]


async def contacts_of(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        details = contacts.Details(name="Bo Li", email="bo@example.com")
        return (await contacts.add(uow, details, source=Source.OWNER)).id

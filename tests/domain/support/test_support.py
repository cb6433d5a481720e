"""Asking for help, and saying what one thought."""

from datetime import timedelta
from uuid import UUID

import pytest

from domain import support
from domain.errors import Forbidden, InvalidInput, NotFound
from domain.support.models import TicketStatus
from domain.support.repository import Opinions, SupportTickets
from tenants.service import job_scope
from tests.factories.business import open_practice
from tests.factories.callers import ring
from tests.factories.outbox import events, payloads


@pytest.fixture
async def caller(unit_of_work, scope):
    await open_practice(unit_of_work, scope)
    return await ring(unit_of_work, scope)


@pytest.fixture
async def ticket(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        return await support.open_ticket(uow, "No sound", "Callers hear nothing since Monday.")


async def rate(unit_of_work, scope, caller, rating, comment=""):
    async with unit_of_work(scope) as uow:
        return await support.give_feedback(uow, caller.conversation_id, rating, comment)


@pytest.mark.promise("P043")
async def test_a_ticket_belongs_to_whoever_asks(unit_of_work, scope, ticket):
    async with unit_of_work(scope) as uow:
        found = await SupportTickets(uow).get(ticket.id)
    assert found.user_id == UUID(scope.actor.id)
    assert found.body.read() == "Callers hear nothing since Monday."


async def test_a_job_has_nothing_to_ask(unit_of_work, scope):
    async with unit_of_work(await job_scope(scope.tenant_id, "tests")) as uow:
        with pytest.raises(Forbidden):
            await support.open_ticket(uow, "Help", "Me")


async def test_a_closed_ticket_may_be_taken_up_again(unit_of_work, scope, ticket, clock):
    clock.advance(timedelta(hours=1))
    async with unit_of_work(scope) as uow:
        closed = await support.change_ticket(uow, ticket.id, TicketStatus.CLOSED)
        assert closed.closed_at == clock.now()
        assert (await support.change_ticket(uow, ticket.id, TicketStatus.OPEN)).closed_at is None
    said = await payloads(unit_of_work, scope, "ticket.status_changed")
    assert [payload["status"] for payload in said] == ["closed", "open"]


async def test_the_same_status_is_no_change(unit_of_work, scope, ticket):
    async with unit_of_work(scope) as uow:
        await support.change_ticket(uow, ticket.id, TicketStatus.OPEN)
    assert await events(unit_of_work, scope, "ticket.") == ["ticket.opened"]


async def test_an_empty_request_is_refused(unit_of_work, scope):
    with pytest.raises(InvalidInput):
        async with unit_of_work(scope) as uow:
            await support.open_ticket(uow, "Help", "")


async def test_feedback_is_sealed_with_its_conversation(unit_of_work, scope, caller):
    given = await rate(unit_of_work, scope, caller, 4, "She sounded kind")
    async with unit_of_work(scope) as uow:
        assert (await Opinions(uow).get(given.id)).comment.read() == "She sounded kind"


async def test_feedback_given_again_replaces_the_first(unit_of_work, scope, caller):
    first = await rate(unit_of_work, scope, caller, 2, "Too slow")
    second = await rate(unit_of_work, scope, caller, 5)
    assert (second.id, second.rating, second.comment) == (first.id, 5, None)
    said = await payloads(unit_of_work, scope, "feedback.given")
    assert [payload["rating"] for payload in said] == [2, 5]


@pytest.mark.parametrize("rating", [0, 6, -1])
async def test_a_rating_is_one_to_five(unit_of_work, scope, caller, rating):
    with pytest.raises(InvalidInput):
        await rate(unit_of_work, scope, caller, rating)


async def test_an_unknown_conversation_has_no_feedback(unit_of_work, scope, caller):
    async with unit_of_work(scope) as uow:
        with pytest.raises(NotFound):
            await support.give_feedback(uow, caller.contact_id, 5)

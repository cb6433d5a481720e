"""Letters about accounts, from the outbox to the postbox."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from deskbell.people import party_of
from domain.errors import NotFound
from domain.ports import PortInsideTransaction
from plugins.registry import Registry
from tenants import letters
from tenants.events import LetterRequested
from tenants.letters import WORDS, AccountLetterWriter
from tenants.models import LetterPurpose
from tenants.service import job_scope
from tests.factories.letters import URL, Delivery, letters_of, token_in
from tests.factories.outbox import payloads
from tests.fakes.mailer import Postbox

RESET = LetterPurpose.RESET_PASSWORD


async def request(unit_of_work, scope, purpose=RESET):
    async with unit_of_work(scope) as uow:
        await letters.request(uow, UUID(scope.actor.id), purpose)


@pytest.mark.parametrize("purpose", LetterPurpose)
async def test_a_letter_says_who_may_do_what_until_when(unit_of_work, scope, purpose):
    await request(unit_of_work, scope, purpose)
    [letter] = await letters_of(unit_of_work, scope.tenant_id)
    assert letter.to == (f"owner@{scope.tenant.slug}.test",)
    assert letter.subject == WORDS[purpose].subject
    assert "Olive Owner" in letter.text
    assert "{" not in letter.text
    assert len(token_in(letter, purpose)) >= 43


async def test_an_event_holds_no_token_and_no_address(unit_of_work, scope):
    await request(unit_of_work, scope)
    [told] = await payloads(unit_of_work, scope, "letter.")
    assert set(told) == {"letter_id"}


async def test_a_letter_that_is_sent_again_has_another_token(unit_of_work, scope):
    await request(unit_of_work, scope)
    [first] = await letters_of(unit_of_work, scope.tenant_id)
    [second] = await letters_of(unit_of_work, scope.tenant_id)
    assert token_in(first, RESET) != token_in(second, RESET)


async def test_a_letter_that_is_too_old_is_not_sent(unit_of_work, scope, clock):
    await request(unit_of_work, scope)
    clock.advance(timedelta(hours=1))
    assert await letters_of(unit_of_work, scope.tenant_id) == []


async def test_a_letter_leaves_after_its_transaction(unit_of_work, scope):
    """The postbox would refuse to be called inside one, as every port does."""
    async with unit_of_work(scope):
        with pytest.raises(PortInsideTransaction):
            await Postbox().send(None)
    await request(unit_of_work, scope)
    assert len(await letters_of(unit_of_work, scope.tenant_id)) == 1


async def test_a_letter_of_another_tenant_is_not_found(unit_of_work, scope, other_scope):
    await request(unit_of_work, scope)
    [told] = await payloads(unit_of_work, scope, "letter.")
    postbox = Postbox()
    there = await job_scope(other_scope.tenant_id, "tests")
    elsewhere = Delivery(unit_of_work, there, uuid4(), postbox)
    event = LetterRequested(letter_id=UUID(told["letter_id"]))
    with pytest.raises(NotFound, match="no such letter"):
        await AccountLetterWriter(URL).write_letter(event, elsewhere)
    assert postbox.letters == []


def test_the_core_itself_writes_them():
    registry = Registry(AccountLetterWriter(URL).handlers, plugins=())
    [handler] = registry.subscribers("letter.requested")
    assert (handler.name, handler.plugin) == ("core:tenants.write_letter", None)


def test_passkeys_are_made_for_the_host_of_our_pages():
    party = party_of("https://desk.example:8443")
    assert (party.id, party.origin) == ("desk.example", "https://desk.example:8443")

"""The letters: to the right address, once, and only while they are true."""

import re
from dataclasses import dataclass
from uuid import uuid4

import pytest

from domain.scope import TenantFacts
from domain.work import UnitsOfWork
from plugins.registry import Registry
from tenants.members import invitations, service
from tenants.members.events import InvitationIssued, OwnershipTransferred
from tenants.members.invitations import Newcomer
from tenants.members.letters import MemberLetters
from tenants.members.rights import Assigned
from tenants.models import Role
from tenants.service import job_scope
from tests.factories.members import PASSWORD, join, role_of
from tests.fakes.mailer import Postbox

URL = "https://desk.test"


@dataclass
class Delivery:
    """What a handler is given."""

    work: UnitsOfWork
    scope: object
    delivery_id: object
    mailer: Postbox

    @property
    def tenant(self) -> TenantFacts:
        return self.scope.tenant

    def unit_of_work(self):
        return self.work(self.scope)


@pytest.fixture
async def context(unit_of_work, scope, postbox):
    there = await job_scope(scope.tenant_id, "core:members")
    return Delivery(unit_of_work, there, uuid4(), postbox)


@pytest.fixture
def postbox():
    return Postbox()


@pytest.fixture
def letters():
    return MemberLetters(URL)


async def invite(unit_of_work, scope, assigned):
    async with unit_of_work(scope) as uow:
        return await invitations.invite(uow, f"anna@{scope.tenant.slug}.test", assigned)


async def send(letters, context, row):
    issued = InvitationIssued(invitation_id=row.id, letter=row.letter)
    await letters.send_invitation(issued, context)


async def test_the_letter_lets_its_reader_in(letters, context, postbox, unit_of_work, scope):
    row = await invite(unit_of_work, scope, Assigned(Role.STAFF))
    await send(letters, context, row)
    [letter] = postbox.letters
    assert letter.to == (row.email,)
    assert scope.tenant.name in letter.subject
    [token] = re.findall(rf"{URL}/join#(\S+)", letter.text)
    member = await invitations.accept(unit_of_work, token, Newcomer("Anna Lee", PASSWORD))
    assert member.role is Role.STAFF


async def test_a_repeated_delivery_sends_the_same_letter(
    letters, context, postbox, unit_of_work, scope
):
    row = await invite(unit_of_work, scope, Assigned(Role.STAFF))
    await send(letters, context, row)
    await send(letters, context, row)
    first, second = postbox.letters
    assert first == second


async def test_a_role_of_ones_own_is_named(letters, context, postbox, unit_of_work, scope):
    desk = await role_of(unit_of_work, scope, "Front desk")
    await send(letters, context, await invite(unit_of_work, scope, Assigned(Role.CUSTOM, desk)))
    assert "join as Front desk" in postbox.letters[0].text


async def test_what_was_overtaken_is_not_sent(letters, context, postbox, unit_of_work, scope):
    row = await invite(unit_of_work, scope, Assigned(Role.STAFF))
    first = InvitationIssued(invitation_id=row.id, letter=row.letter)
    async with unit_of_work(scope) as uow:
        again = await invitations.resend(uow, row.id)
    await letters.send_invitation(first, context)
    assert postbox.letters == []
    async with unit_of_work(scope) as uow:
        await invitations.revoke(uow, row.id)
    await send(letters, context, again)
    assert postbox.letters == []


async def test_both_sides_of_a_transfer_are_told(letters, context, postbox, unit_of_work, scope):
    heir = await join(unit_of_work, scope, Role.STAFF)
    async with unit_of_work(scope) as uow:
        await service.transfer_ownership(uow, heir.id)
    happened = OwnershipTransferred(
        tenant_id=scope.tenant_id, from_user_id=scope.actor.id, to_user_id=heir.user_id
    )
    await letters.tell_of_transfer(happened, context)
    [letter] = postbox.letters
    assert f"owner@{scope.tenant.slug}.test" in letter.to
    assert len(letter.to) == 2


def test_the_letters_have_names_that_last(letters):
    registry = Registry(letters.handlers, plugins=())
    named = {name: registry.subscribers(name)[0].name for name in ("invitation.issued",)}
    assert named == {"invitation.issued": "core:members.send_invitation"}

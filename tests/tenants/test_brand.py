"""Letters to a tenant show the brand of whoever looks after it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from domain.messages.ports import Mail
from integrations.smtp.letter import compose
from tenants import brand, letters
from tenants.brand import Brand, dressed
from tenants.grants import service as grants
from tenants.members import invitations
from tenants.members.events import InvitationIssued
from tenants.members.letters import MemberLetters
from tenants.members.rights import Assigned
from tenants.models import LetterPurpose, Role
from tenants.organizations import branding
from tenants.organizations.branding import Appearance
from tests.factories.houses import let_in
from tests.factories.letters import Delivery, letters_of
from tests.fakes.mailer import Postbox

LOOK = Appearance(name="Dental Group", support_email="help@group.test", reply_to="desk@group.test")
SIGNED = "\n-- \nDental Group\nhelp@group.test\n"
PLAIN = Mail(("a@b.test",), "Hello", "Hello.\n", "1@mail.deskbell")


@pytest.fixture
async def grant(unit_of_work, scope, agency):
    async with unit_of_work(agency) as uow:
        await branding.update(uow, LOOK)
    return await let_in(unit_of_work, scope, agency)


async def shown(unit_of_work, scope):
    async with unit_of_work(scope, read_only=True) as uow:
        return await brand.inherited(uow)


async def test_a_tenant_inherits_from_whoever_looks_after_it(unit_of_work, scope, grant):
    assert (await shown(unit_of_work, scope)).name == "Dental Group"
    async with unit_of_work(scope) as uow:
        await grants.revoke(uow, grant.id)
    assert await shown(unit_of_work, scope) is None


async def test_the_longest_to_look_after_it_gives_the_brand(
    unit_of_work, scope, grant, other_agency, clock
):
    clock.advance(timedelta(days=1))
    async with unit_of_work(other_agency) as uow:
        await branding.update(uow, Appearance(name="Newcomers"))
    await let_in(unit_of_work, scope, other_agency)
    assert (await shown(unit_of_work, scope)).name == "Dental Group"


async def test_the_operator_gives_no_brand(unit_of_work, scope, staff):
    await let_in(unit_of_work, scope, staff)
    assert await shown(unit_of_work, scope) is None


async def test_an_invitation_shows_it(unit_of_work, scope, grant):
    async with unit_of_work(scope) as uow:
        row = await invitations.invite(uow, "anna@invited.test", Assigned(Role.STAFF))
    postbox = Postbox()
    event = InvitationIssued(invitation_id=row.id, letter=1)
    writer = MemberLetters("https://desk.test")
    await writer.send_invitation(event, Delivery(unit_of_work, scope, uuid4(), postbox))
    [letter] = postbox.letters
    assert letter.text.endswith(SIGNED)
    assert letter.reply_to == "desk@group.test"


async def test_a_letter_about_an_account_shows_it(unit_of_work, scope, grant):
    async with unit_of_work(scope) as uow:
        await letters.request(uow, UUID(scope.actor.id), LetterPurpose.RESET_PASSWORD)
    [letter] = await letters_of(unit_of_work, scope.tenant_id)
    assert letter.text.endswith(SIGNED)


def test_without_a_brand_a_letter_stays_as_it_is():
    assert dressed(PLAIN, None) == PLAIN
    assert dressed(PLAIN, Brand()) == PLAIN


def test_whoever_answers_is_in_the_header():
    at = datetime(2026, 11, 16, tzinfo=UTC)
    sent = dressed(PLAIN, Brand(support_email="help@group.test"))
    assert compose(sent, "Deskbell <d@desk.test>", at)["Reply-To"] == "help@group.test"
    assert compose(PLAIN, "Deskbell <d@desk.test>", at)["Reply-To"] is None

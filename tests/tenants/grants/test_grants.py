"""Grants: who gives them, what they lend, and that they are over when somebody says so."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import Forbidden, InvalidInput, NotFound
from domain.scope import Actor, ActorKind
from tenants.grants import invitations, jobs, service
from tenants.grants.errors import (
    AccessInvitationInvalid,
    GrantOver,
    GrantThere,
    NotAHouse,
    OnlyTheOwner,
)
from tenants.grants.events import AccessInvited
from tenants.grants.letters import AccessLetters
from tenants.grants.repository import Grants
from tenants.grants.rules import LENDABLE, NEVER, SENSITIVE, USUAL
from tenants.members.errors import BeyondOwnRights
from tenants.models import Role
from tenants.roles import FOR_PEOPLE, OF_HOUSES, Permission
from tests.factories.houses import let_in
from tests.factories.letters import Delivery
from tests.factories.members import somebody
from tests.factories.outbox import events, payloads
from tests.fakes.mailer import Postbox

URL = "https://deskbell.test"
SHOWS_A_CALLER = {
    *("appointments:read", "audit:read", "calls:read", "contacts:read", "conversations:read"),
    *("leads:read", "messages:read", "support:read", "transfers:read"),
}


async def invited(unit_of_work, agency, permissions=None):
    """The token of a letter by which a house asks for a grant; the letter beside it."""
    async with unit_of_work(agency) as uow:
        row = await invitations.ask(uow, "owner@business.test", permissions)
    postbox = Postbox()
    delivery = Delivery(unit_of_work, agency, row.id, postbox)
    await AccessLetters(URL).send_request(AccessInvited(invitation_id=row.id), delivery)
    [letter] = postbox.letters
    [line] = [line for line in letter.text.splitlines() if line.startswith(URL)]
    return line.partition("#")[2], letter


async def accept(unit_of_work, scope, token, permissions=None):
    async with unit_of_work(scope) as uow:
        return await invitations.accept(uow, token, permissions)


async def change(unit_of_work, scope, grant, permissions):
    async with unit_of_work(scope) as uow:
        return await service.change(uow, grant.id, permissions)


async def revoke(unit_of_work, scope, grant):
    async with unit_of_work(scope) as uow:
        return await service.revoke(uow, grant.id)


@pytest.mark.promise("P090")
@pytest.mark.promise("P106")
def test_nothing_of_a_caller_is_lent_unless_somebody_says_so():
    assert not USUAL & SENSITIVE
    assert not USUAL & SHOWS_A_CALLER
    assert {Permission.RECORDINGS_LISTEN, Permission.TRANSCRIPTS_READ} <= SENSITIVE


def test_a_guest_can_never_give_rights_to_anybody():
    assert not LENDABLE & (FOR_PEOPLE | OF_HOUSES | {"webhooks:write", "calls:answer"})
    assert set(USUAL) <= LENDABLE
    assert set(SENSITIVE) <= LENDABLE


async def test_a_house_asks_by_letter_and_an_owner_gives(unit_of_work, scope, agency):
    token, letter = await invited(unit_of_work, agency)
    assert letter.to == ("owner@business.test",)
    assert len(token) >= 43
    grant = await accept(unit_of_work, scope, token)
    assert frozenset(grant.permissions) == USUAL
    assert grant.grantee_id == agency.tenant_id
    assert await events(unit_of_work, scope, "access.") == ["access.granted"]


@pytest.mark.promise("P090")
async def test_what_callers_said_is_given_only_by_name(unit_of_work, scope, agency):
    asked = {"calls:read", "recordings:listen", "transcripts:read"}
    token, _ = await invited(unit_of_work, agency, asked)
    grant = await accept(unit_of_work, scope, token)
    assert grant.permissions == ["calls:read", "tenant:read"]
    changed = await change(unit_of_work, scope, grant, asked)
    assert frozenset(changed.permissions) == asked | {"tenant:read"}


@pytest.mark.promise("P106")
async def test_only_an_owner_lends_what_callers_said(unit_of_work, scope, agency):
    admin = await somebody(unit_of_work, scope, Role.ADMIN)
    grant = await let_in(unit_of_work, scope, agency)
    for permission in sorted(SENSITIVE):
        with pytest.raises(OnlyTheOwner):
            await change(unit_of_work, admin, grant, [permission])
    await change(unit_of_work, admin, grant, ["calls:read"])


async def test_an_administrator_may_narrow_what_an_owner_lent(unit_of_work, scope, agency):
    admin = await somebody(unit_of_work, scope, Role.ADMIN)
    lent = ["calls:read", "transcripts:read"]
    grant = await let_in(unit_of_work, scope, agency, lent)
    await change(unit_of_work, admin, grant, ["transcripts:read"])
    narrowed = await change(unit_of_work, admin, grant, [])
    assert narrowed.permissions == ["tenant:read"]


@pytest.mark.parametrize("permission", sorted(NEVER))
async def test_what_would_let_a_guest_stay_is_never_lent(unit_of_work, scope, agency, permission):
    grant = await let_in(unit_of_work, scope, agency)
    with pytest.raises(InvalidInput) as refused:
        await change(unit_of_work, scope, grant, [permission])
    assert refused.value.problems[0].code == "NOT_LENDABLE"


async def test_nobody_lends_more_than_they_hold(unit_of_work, scope, agency):
    grant = await let_in(unit_of_work, scope, agency)
    poorer = replace(scope, permissions=scope.permissions - {"calls:read"})
    with pytest.raises(BeyondOwnRights):
        await change(unit_of_work, poorer, grant, ["calls:read"])


async def test_a_token_is_good_for_one_business(unit_of_work, scope, other_scope, agency):
    token, _ = await invited(unit_of_work, agency)
    await accept(unit_of_work, scope, token)
    with pytest.raises(AccessInvitationInvalid):
        await accept(unit_of_work, other_scope, token)


async def test_every_bad_token_gets_one_answer(unit_of_work, scope, agency, clock):
    withdrawn, _ = await invited(unit_of_work, agency)
    async with unit_of_work(agency) as uow:
        rows = invitations.AccessInvitations(uow)
        [row] = await rows.page(rows.all())
        await invitations.withdraw(uow, row.id)
    expired, _ = await invited(unit_of_work, agency)
    clock.advance(invitations.LASTS)
    told = set()
    for token in (withdrawn, expired, "", "x" * 43):
        with pytest.raises(AccessInvitationInvalid) as refused:
            await accept(unit_of_work, scope, token)
        told.add(refused.value.message)
    assert len(told) == 1


async def test_a_house_lets_no_other_house_in(unit_of_work, agency, other_agency):
    token, _ = await invited(unit_of_work, agency)
    with pytest.raises(AccessInvitationInvalid):
        await accept(unit_of_work, other_agency, token)


async def test_a_house_holds_one_grant_of_a_business(unit_of_work, scope, agency):
    await accept(unit_of_work, scope, (await invited(unit_of_work, agency))[0])
    with pytest.raises(GrantThere):
        await accept(unit_of_work, scope, (await invited(unit_of_work, agency))[0])


async def test_an_ordinary_business_asks_nobody(unit_of_work, scope):
    with pytest.raises(Forbidden):
        async with unit_of_work(scope) as uow:
            await invitations.ask(uow, "owner@business.test")
    everything = replace(scope, permissions=scope.permissions | OF_HOUSES)
    with pytest.raises(NotAHouse):
        async with unit_of_work(everything) as uow:
            await invitations.ask(uow, "owner@business.test")


async def test_a_grant_is_taken_back_once_and_for_good(unit_of_work, scope, agency):
    grant = await let_in(unit_of_work, scope, agency)
    await revoke(unit_of_work, scope, grant)
    await revoke(unit_of_work, scope, grant)
    assert await events(unit_of_work, scope, "access.") == ["access.granted", "access.revoked"]
    with pytest.raises(GrantOver):
        await change(unit_of_work, scope, grant, ["calls:read"])


async def test_both_sides_see_a_grant_and_only_the_giver_touches_it(unit_of_work, scope, agency):
    grant = await let_in(unit_of_work, scope, agency)
    async with unit_of_work(agency) as uow:
        held = await Grants(uow).page(Grants(uow).held())
        assert [row.id for row in held] == [grant.id]
        assert await Grants(uow).held().update(permissions=[]) == 0
        with pytest.raises(NotFound):
            await service.revoke(uow, grant.id)


async def test_a_third_party_sees_no_grant(unit_of_work, scope, agency, other_agency):
    await let_in(unit_of_work, scope, agency)
    async with unit_of_work(other_agency) as uow:
        assert await Grants(uow).held().count() == 0
        assert await Grants(uow).tenants([scope.tenant_id]) == {}
        with pytest.raises(NotFound):
            await Grants(uow).held_of(scope.tenant.slug)


async def test_that_a_grant_ended_by_itself_is_on_record(unit_of_work, scope, staff, clock):
    ends = clock.now() + timedelta(hours=1)
    grant = await let_in(unit_of_work, scope, staff, ["calls:read"], expires_at=ends)
    payload = {"grant_id": str(grant.id)}
    await jobs.close(payload, Delivery(unit_of_work, scope, grant.id))
    assert await events(unit_of_work, scope, "access.expired") == []
    clock.advance(timedelta(hours=1))
    for _ in range(2):
        await jobs.close(payload, Delivery(unit_of_work, scope, grant.id))
    assert await payloads(unit_of_work, scope, "access.expired") == [payload]


async def test_what_the_operator_opened_can_only_be_narrowed(unit_of_work, scope, staff, clock):
    ends = clock.now() + timedelta(hours=1)
    grant = await let_in(unit_of_work, scope, staff, ["calls:read"], expires_at=ends)
    with pytest.raises(InvalidInput) as refused:
        await change(unit_of_work, scope, grant, ["calls:read", "contacts:read"])
    assert refused.value.problems[0].code == "WIDENED"
    assert (await change(unit_of_work, scope, grant, [])).permissions == ["tenant:read"]


@pytest.mark.parametrize("kind", [ActorKind.ORGANIZATION, ActorKind.OPERATOR, ActorKind.KEY])
async def test_no_program_and_no_guest_lends_what_callers_said(unit_of_work, scope, agency, kind):
    grant = await let_in(unit_of_work, scope, agency)
    guest = replace(scope, actor=Actor(kind, scope.actor.id))
    with pytest.raises(OnlyTheOwner):
        await change(unit_of_work, guest, grant, ["transcripts:read"])

"""The operator's people come in for a reason, for hours, on record, and are seen doing it."""

from datetime import timedelta

import pytest

from domain.errors import Forbidden, InvalidInput, NotFound
from domain.scope import ActorKind, TenantKind, TenantStatus
from tenants import security
from tenants.errors import OperatorThere, SessionEnded
from tenants.grants import service as grants
from tenants.grants import visits
from tenants.grants.errors import NotAHouse
from tenants.grants.events import AccessGranted
from tenants.grants.letters import AccessLetters
from tenants.grants.repository import Grants
from tenants.models import Role
from tenants.operators import service
from tenants.operators.errors import RequestOver, SamePerson
from tenants.operators.service import LOOKING, Wish
from tenants.service import job_scope, tenant_facts
from tests.conftest import as_system
from tests.factories.houses import prove_twice, signed_in
from tests.factories.letters import Delivery
from tests.factories.members import key_of, somebody
from tests.factories.outbox import events, payloads
from tests.factories.tenants import open_tenant
from tests.fakes.mailer import Postbox

WORDS = ("calls:read", "recordings:listen", "transcripts:read")


async def ask(unit_of_work, staff, scope, *, approval=False, **given):
    values = {"reason": "A caller cannot book", "hours": 2} | given
    slug = scope.tenant.slug
    target_id = await service.target(unit_of_work, staff, "breakglass:open", slug)
    async with unit_of_work(staff) as uow:
        row = await service.ask(uow, Wish(target_id, **values))
    return row if approval else await service.open_to(unit_of_work, staff, row)


async def colleague(unit_of_work, staff, role=Role.ADMIN):
    """Somebody else of the operator."""
    other = await somebody(unit_of_work, staff, role)
    await prove_twice(unit_of_work, other)
    return other


async def visit(unit_of_work, staff, scope):
    standing = await signed_in(unit_of_work, staff)
    return await visits.begin(unit_of_work, standing, scope.tenant.slug)


async def guest(unit_of_work, begun):
    return (await visits.resume(begun.token, unit_of_work.clock.now())).scope


async def notice(unit_of_work, scope):
    """The letters that its owners get about who came in."""
    postbox = Postbox()
    writer = AccessLetters("https://deskbell.test")
    there = await job_scope(scope.tenant_id, "letters")
    for told in await payloads(unit_of_work, scope, "access.granted"):
        event = AccessGranted.upcast(told)
        await writer.tell_of_entry(event, Delivery(unit_of_work, there, event.grant_id, postbox))
    return postbox.letters


@pytest.mark.promise("P112")
async def test_staff_have_no_standing_access(unit_of_work, scope, agency, staff):
    for reached in (scope, agency):
        with pytest.raises(NotFound):
            await visit(unit_of_work, staff, reached)


@pytest.mark.promise("P112")
async def test_access_is_opened_for_a_reason_and_for_hours(unit_of_work, scope, staff, clock):
    row = await ask(unit_of_work, staff, scope)
    async with unit_of_work(scope) as uow:
        grant = await Grants(uow).get(row.grant_id)
    assert (grant.kind, grant.reason) == (TenantKind.OPERATOR, "A caller cannot book")
    assert grant.expires_at == clock.now() + timedelta(hours=2)
    assert grant.created_by == f"operator:{staff.actor.id}"
    there = await guest(unit_of_work, await visit(unit_of_work, staff, scope))
    assert (there.actor.kind, there.actor.id) == (ActorKind.OPERATOR, staff.actor.id)
    assert there.permissions == LOOKING


@pytest.mark.promise("P112")
async def test_the_owners_are_told_at_once(unit_of_work, scope, staff):
    await ask(unit_of_work, staff, scope)
    [letter] = await notice(unit_of_work, scope)
    assert letter.to == (f"owner@{scope.tenant.slug}.test",)
    assert f"Olive Owner of {staff.tenant.name} has access to {scope.tenant.name}" in letter.text
    assert "Why: A caller cannot book" in letter.text
    assert "until 16 November 2026, 17:00 UTC" in letter.text
    assert "No recording and no transcript." in letter.text


@pytest.mark.promise("P106")
async def test_words_and_sound_are_opened_only_by_name_and_told_so(unit_of_work, scope, staff):
    assert not LOOKING & set(WORDS)
    await ask(unit_of_work, staff, scope, permissions=WORDS)
    [letter] = await notice(unit_of_work, scope)
    assert "AMONG IT: recordings:listen, transcripts:read." in letter.text
    there = await guest(unit_of_work, await visit(unit_of_work, staff, scope))
    assert set(WORDS) <= there.permissions


async def test_both_trails_tell_of_it(unit_of_work, scope, staff):
    await ask(unit_of_work, staff, scope)
    assert await events(unit_of_work, scope, "access.") == ["access.granted"]
    there = ["break_glass.requested", "break_glass.opened"]
    assert await events(unit_of_work, staff, "break_glass.") == there


@pytest.mark.promise("P112")
async def test_it_closes_by_itself(unit_of_work, scope, staff, clock):
    await ask(unit_of_work, staff, scope, hours=1)
    begun = await visit(unit_of_work, staff, scope)
    clock.advance(timedelta(hours=1) - timedelta(microseconds=1))
    await guest(unit_of_work, begun)
    clock.advance(timedelta(microseconds=1))
    with pytest.raises(SessionEnded):
        await guest(unit_of_work, begun)
    with pytest.raises(NotFound):
        await visit(unit_of_work, staff, scope)


async def test_the_tenant_ends_it_at_once(unit_of_work, scope, staff):
    row = await ask(unit_of_work, staff, scope)
    begun = await visit(unit_of_work, staff, scope)
    async with unit_of_work(scope) as uow:
        await grants.revoke(uow, row.grant_id)
    with pytest.raises(SessionEnded):
        await guest(unit_of_work, begun)


async def test_whoever_opened_it_closes_it(unit_of_work, scope, staff):
    row = await ask(unit_of_work, staff, scope)
    begun = await visit(unit_of_work, staff, scope)
    await service.close(unit_of_work, staff, row.id)
    with pytest.raises(SessionEnded):
        await guest(unit_of_work, begun)


async def test_what_is_opened_is_for_one_person(unit_of_work, scope, staff):
    other = await colleague(unit_of_work, staff)
    await ask(unit_of_work, staff, scope)
    with pytest.raises(NotFound):
        await visit(unit_of_work, other, scope)
    await ask(unit_of_work, other, scope)
    for one in (staff, other):
        there = await guest(unit_of_work, await visit(unit_of_work, one, scope))
        assert there.actor.id == one.actor.id


async def test_a_colleague_agrees_where_two_are_wanted(unit_of_work, scope, staff):
    row = await ask(unit_of_work, staff, scope, approval=True)
    assert row.opened_at is None
    with pytest.raises(NotFound):
        await visit(unit_of_work, staff, scope)
    with pytest.raises(SamePerson):
        await service.approve(unit_of_work, staff, row.id)
    other = await colleague(unit_of_work, staff)
    opened = await service.approve(unit_of_work, other, row.id)
    assert opened.approved_by == f"member:{other.actor.id}"
    there = await guest(unit_of_work, await visit(unit_of_work, staff, scope))
    assert there.actor.id == staff.actor.id
    with pytest.raises(NotFound):
        await visit(unit_of_work, other, scope)
    with pytest.raises(RequestOver):
        await service.approve(unit_of_work, other, row.id)


async def test_nobody_agrees_to_yesterdays_reason(unit_of_work, scope, staff, clock):
    row = await ask(unit_of_work, staff, scope, approval=True)
    other = await colleague(unit_of_work, staff)
    clock.advance(service.APPROVED_WITHIN + timedelta(seconds=1))
    with pytest.raises(RequestOver):
        await service.approve(unit_of_work, other, row.id)


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"hours": 0}, "hours"),
        ({"hours": 9}, "hours"),
        ({"reason": "  "}, "reason"),
        ({"reason": "x" * 301}, "reason"),
        ({"permissions": ["members:write"]}, "permissions"),
        ({"permissions": ["webhooks:write"]}, "permissions"),
    ],
)
async def test_what_goes_too_far_is_refused(unit_of_work, scope, staff, given, path):
    with pytest.raises(InvalidInput) as refused:
        await ask(unit_of_work, staff, scope, **given)
    assert refused.value.problems[0].path == path
    assert await events(unit_of_work, scope, "access.") == []


async def test_only_the_operator_breaks_glass(unit_of_work, scope, other_scope, agency):
    for house in (other_scope, agency):
        with pytest.raises((Forbidden, NotAHouse)):
            await ask(unit_of_work, house, scope)


@pytest.mark.parametrize("role", [Role.STAFF, Role.VIEWER, Role.BILLING, Role.COMPLIANCE])
async def test_not_everybody_of_the_operator_does(unit_of_work, scope, staff, role):
    other = await colleague(unit_of_work, staff, role)
    with pytest.raises(Forbidden):
        await ask(unit_of_work, other, scope)


async def test_no_program_breaks_glass(unit_of_work, staff):
    with pytest.raises(InvalidInput):
        await key_of(unit_of_work, staff, "breakglass:open")


async def test_the_operator_opens_neither_itself_nor_nowhere(unit_of_work, staff, scope):
    told = set()
    for slug in (staff.tenant.slug, "nobody-has-this-name"):
        with pytest.raises(NotFound) as refused:
            await service.target(unit_of_work, staff, "breakglass:open", slug)
        told.add(refused.value.message)
    assert len(told) == 1


@pytest.mark.promise("P105")
async def test_the_operator_cannot_do_without_a_second_factor(unit_of_work, staff):
    standing = await signed_in(unit_of_work, staff)
    assert standing.scope.tenant.mfa_required
    with pytest.raises(Forbidden):
        async with unit_of_work(standing.scope) as uow:
            await security.update(uow, mfa_required=False)


async def test_a_deployment_has_one_operator(unit_of_work, staff, database):
    with pytest.raises(OperatorThere):
        async with as_system(database):
            await open_tenant(unit_of_work, kind=TenantKind.OPERATOR)


async def test_the_operator_decides_how_a_tenant_stands(unit_of_work, staff, scope, agency):
    for reached in (scope, agency):
        for status in (TenantStatus.SUSPENDED, TenantStatus.CLOSING, TenantStatus.ACTIVE):
            slug = reached.tenant.slug
            await service.decide(unit_of_work, staff, slug, status, "Looked into")
            assert (await tenant_facts(reached.tenant_id)).status is status
    assert len(await events(unit_of_work, staff, "house.")) == 6
    [told, *_] = await payloads(unit_of_work, scope, "tenant.status")
    assert told["by"] == "operator"


async def test_deciding_opens_nothing(unit_of_work, staff, scope):
    suspended = TenantStatus.SUSPENDED
    await service.decide(unit_of_work, staff, scope.tenant.slug, suspended, "Abuse")
    with pytest.raises(NotFound):
        await visit(unit_of_work, staff, scope)
    assert await events(unit_of_work, scope, "access.") == []


async def test_a_business_decides_nothing_about_others(unit_of_work, scope, other_scope):
    with pytest.raises(Forbidden):
        slug, status = other_scope.tenant.slug, TenantStatus.SUSPENDED
        await service.decide(unit_of_work, scope, slug, status, "Rival")

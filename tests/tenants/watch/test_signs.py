"""What single events lead to, from the deed to the letter."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from domain.events import Event
from domain.scope import Access
from plugins.webhooks.events import WebhookRotated
from tenants import sessions
from tenants.api_keys import service as api_keys
from tenants.api_keys.events import ApiKeyMoved
from tenants.events import SessionMoved, UserMfaChanged
from tenants.members import service as members
from tenants.members.rights import Assigned
from tenants.models import Role
from tenants.repository import Memberships, Sessions
from tenants.watch import alerts
from tenants.watch.rules import Rule, Severity
from tests.factories.members import join, key_of, scope_of
from tests.tenants.watch.conftest import FAR, HOME, NEAR, OPERATOR, sign_in

HOUR = timedelta(hours=1)


def rules(found):
    return [alert.rule for alert in found]


async def test_the_first_sign_in_of_all_is_no_alert(watched, unit_of_work, scope):
    await sign_in(unit_of_work, scope, new_device=True)
    assert await watched.settle() == []


@pytest.mark.promise("P128")
async def test_a_new_device_is_told_to_its_person(watched, unit_of_work, scope):
    await sign_in(unit_of_work, scope)
    session = await sign_in(unit_of_work, scope, device="curl", new_device=True)
    [alert] = await watched.settle()
    assert (alert.rule, alert.severity) == (Rule.NEW_DEVICE, Severity.NOTICE)
    assert alert.evidence == {"session": str(session.id), "device": "curl", "network": HOME}
    [letter] = watched.postbox.letters
    assert letter.to == (f"owner@{scope.tenant.slug}.test",)
    assert "Device: curl" in letter.text


@pytest.mark.promise("P116")
@pytest.mark.parametrize(("hours", "seen"), [(5.9, True), (6.1, False)])
async def test_nobody_signs_in_six_thousand_kilometres_away_within_six_hours(
    watched, unit_of_work, scope, hours, seen
):
    await sign_in(unit_of_work, scope, HOME)
    watched.clock.advance(hours * HOUR)
    await sign_in(unit_of_work, scope, FAR)
    found = await watched.settle()
    assert rules(found) == ([Rule.IMPOSSIBLE_TRAVEL] if seen else [])


async def test_what_is_near_is_no_journey(watched, unit_of_work, scope):
    for network in (HOME, NEAR, "198.18.0.0/24", "", "garbage"):
        await sign_in(unit_of_work, scope, network)
    assert await watched.settle() == []


async def test_a_journey_is_told_to_the_operator_too(watched, unit_of_work, scope):
    await sign_in(unit_of_work, scope, HOME)
    await sign_in(unit_of_work, scope, FAR)
    await watched.settle()
    to = [letter.to[0] for letter in watched.postbox.letters]
    assert to == [f"owner@{scope.tenant.slug}.test", OPERATOR]
    assert "owner@" not in watched.postbox.letters[1].text


async def test_the_speed_is_as_the_business_has_set_it(watched, unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        await alerts.set_rules(uow, [alerts.RuleChange(Rule.IMPOSSIBLE_TRAVEL, 300)])
    await sign_in(unit_of_work, scope, HOME)
    watched.clock.advance(19 * HOUR)
    await sign_in(unit_of_work, scope, FAR)
    assert rules(await watched.settle()) == [Rule.IMPOSSIBLE_TRAVEL]


async def move(work, scope, session, network, seconds):
    """The session is used from another network, some time later."""
    work.clock.advance(timedelta(seconds=seconds))
    async with work(scope) as uow:
        rows = Sessions(uow)
        row = await rows.get(session.id)
        seen = row.seen_at
    standing = sessions.Standing(session.id, _from(scope, network), seen_at=seen)
    await sessions.see(work, standing, sessions.Lifetimes())


def _from(scope, network):
    return replace(scope, access=Access("session:x", network.partition("/")[0]))


@pytest.mark.promise("P116")
async def test_a_session_in_two_places_at_once_is_ended(watched, unit_of_work, scope):
    member = await join(unit_of_work, scope, Role.STAFF)
    theirs = await scope_of(scope, member)
    session = await sign_in(unit_of_work, theirs, HOME)
    await move(unit_of_work, theirs, session, FAR, 120)
    found = await watched.settle()
    assert [(alert.rule, alert.froze) for alert in found] == [(Rule.STOLEN_SESSION, True)]
    async with unit_of_work(scope) as uow:
        assert (await Memberships(uow).get(member.id)).frozen_at is not None
        assert (await Sessions(uow).get(session.id)).revoked_at is not None


async def test_the_last_owner_is_signed_out_and_not_shut_out(watched, unit_of_work, scope):
    session = await sign_in(unit_of_work, scope, HOME)
    await move(unit_of_work, scope, session, FAR, 120)
    [alert] = await watched.settle()
    assert alert.rule is Rule.STOLEN_SESSION
    async with unit_of_work(scope) as uow:
        member = await Memberships(uow).of(UUID(scope.actor.id))
        assert member.frozen_at is None
        assert (await Sessions(uow).get(session.id)).revoked_at is not None


async def test_a_session_that_travels_slowly_goes_on(watched, unit_of_work, scope):
    session = await sign_in(unit_of_work, scope, HOME)
    await move(unit_of_work, scope, session, FAR, 7 * 3600)
    assert await watched.settle() == []


async def test_a_factor_that_was_taken_away_is_told(watched, unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        uow.record(UserMfaChanged(user_id=UUID(scope.actor.id), change="disabled"))
    [alert] = await watched.settle()
    assert (alert.rule, alert.evidence) == (Rule.FACTOR_CHANGED, {"change": "disabled"})


async def test_a_key_is_told_of_from_its_second_network_on(watched, unit_of_work, scope):
    issued = await key_of(unit_of_work, scope, "calls:read")
    for address in ("192.0.2.7", "192.0.2.9", ""):
        await api_keys.resume(unit_of_work, issued.token, address)
    assert await watched.settle() == []
    await api_keys.resume(unit_of_work, issued.token, "203.0.113.7")
    [alert] = await watched.settle()
    assert (alert.rule, alert.subject) == (Rule.KEY_ELSEWHERE, f"key:{issued.key.id}")
    assert alert.evidence == {"network": FAR}


@pytest.mark.parametrize("role", Role)
async def test_only_power_is_told_of(watched, unit_of_work, scope, role):
    if role is Role.CUSTOM:
        return
    await join(unit_of_work, scope, role)
    powerful = role in (Role.OWNER, Role.ADMIN)
    assert rules(await watched.settle()) == ([Rule.POWER_GIVEN] if powerful else [])


async def test_somebody_who_rises_is_told_of(watched, unit_of_work, scope):
    member = await join(unit_of_work, scope, Role.STAFF)
    async with unit_of_work(scope) as uow:
        await members.change_role(uow, member.id, Assigned(Role.ADMIN))
    [alert] = await watched.settle()
    assert (alert.subject, alert.evidence) == (f"member:{member.user_id}", {"role": "admin"})


async def test_a_webhook_with_another_key_is_told_of(watched, unit_of_work, scope):
    endpoint_id = uuid4()
    async with unit_of_work(scope) as uow:
        uow.record(WebhookRotated(endpoint_id=endpoint_id))
    [alert] = await watched.settle()
    assert (alert.rule, alert.subject) == (Rule.SECRET_ROTATED, f"webhook:{endpoint_id}")


@pytest.mark.promise("P128")
async def test_a_burst_of_events_is_one_alert_and_one_letter(watched, unit_of_work, scope):
    for _ in range(20):
        async with unit_of_work(scope) as uow:
            uow.record(UserMfaChanged(user_id=UUID(scope.actor.id), change="totp_added"))
        watched.clock.advance(timedelta(seconds=10))
    assert len(await watched.settle()) == 1
    assert len(watched.subjects) == 1


async def test_what_is_delivered_twice_is_told_once(watched, unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        uow.record(UserMfaChanged(user_id=UUID(scope.actor.id), change="disabled"))
    await watched.settle()
    assert len(await watched.settle()) == 1


async def test_another_tenant_hears_nothing(watched, unit_of_work, other_scope):
    async with unit_of_work(other_scope) as uow:
        uow.record(UserMfaChanged(user_id=UUID(other_scope.actor.id), change="disabled"))
    assert await watched.settle() == []


def test_the_events_carry_no_network():
    for event in (ApiKeyMoved, SessionMoved):
        assert issubclass(event, Event)
        assert "network" not in event.__dataclass_fields__

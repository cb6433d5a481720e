"""What many things lead to: each rule at its threshold, and not below it."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from domain.audit.repository import AuditEntries
from domain.scope import Access, Actor, ActorKind
from domain.trail import Trace
from tenants.devices import Origin
from tenants.models import Role
from tenants.repository import Memberships
from tenants.watch import alerts
from tenants.watch.lookout import Lookout
from tenants.watch.repository import TAKEN, Sightings
from tenants.watch.rules import NORMS, Rule
from tests.conftest import as_system
from tests.factories.members import join, key_of, scope_of
from tests.tenants.watch.conftest import FAR, HOME

MINUTE = timedelta(minutes=1)
ORIGIN = Origin("curl", FAR)
THRESHOLDS = {rule: norm.threshold for rule, norm in NORMS.items() if norm.window}


@pytest.fixture
def lookout(unit_of_work):
    return Lookout(unit_of_work, after=0)


async def act(rule, times, lookout, someone, unit_of_work):
    """Do so often what a rule counts."""
    if rule is Rule.MASS_LISTENING:
        await read(unit_of_work, someone.scope, times)
    elif rule is Rule.REFUSALS:
        await refused(unit_of_work, someone.scope, times)
    elif rule is Rule.MASS_EXPORT:
        lookout.rows(someone.scope, times)
    else:
        for number in range(times):
            note(rule, number, lookout, someone)
    await lookout.settled()


def note(rule, number, lookout, someone):
    """One try; from everywhere, unless it is one network that is watched."""
    user_id, elsewhere = UUID(someone.scope.actor.id), f"10.0.{number}.0/24"
    if rule is Rule.WRONG_PASSWORDS:
        lookout.wrong_password(user_id, Origin("curl", elsewhere))
    elif rule is Rule.WRONG_CODES:
        lookout.wrong_code(someone.scope.tenant_id, user_id, ORIGIN)
    elif rule is Rule.WRONG_KEYS:
        lookout.wrong_key(someone.key_id, elsewhere)
    else:
        lookout.wrong_key(someone.keys[number % len(someone.keys)], FAR)


async def read(work, scope, times):
    """Somebody opens so many conversations, a page at a time."""
    ids = [uuid4() for _ in range(times)]
    for first in range(0, times, 10):
        async with work(scope) as uow:
            page = ids[first : first + 10]
            uow.trace(Trace.of_reading("conversation.read", "conversation", page))


async def refused(work, scope, times):
    for _ in range(times):
        async with work(scope) as uow:
            uow.trace(Trace.of_refusal("Missing permission members:write"))


class Someone:
    """Whoever acts, with a key or several."""

    def __init__(self, scope, keys):
        self.scope, self.keys, self.key_id = scope, keys, keys[0]


@pytest.fixture
async def someone(unit_of_work, scope):
    keys = [(await key_of(unit_of_work, scope, "calls:read")).key.id for _ in range(4)]
    return Someone(scope, keys)


@pytest.mark.promise("P108")
@pytest.mark.parametrize("rule", THRESHOLDS)
async def test_a_rule_holds_up_to_its_threshold(watched, lookout, unit_of_work, someone, rule):
    await act(rule, THRESHOLDS[rule] - 1, lookout, someone, unit_of_work)
    watched.clock.advance(2 * MINUTE)
    assert await watched.settle() == []
    await act(rule, 1, lookout, someone, unit_of_work)
    watched.clock.advance(2 * MINUTE)
    assert [alert.rule for alert in await watched.settle()] == [rule]


@pytest.mark.promise("P108")
async def test_a_burst_is_one_alert_and_one_letter(watched, lookout, unit_of_work, someone):
    for _ in range(5):
        await act(Rule.WRONG_CODES, 20, lookout, someone, unit_of_work)
        watched.clock.advance(MINUTE)
        await watched.settle()
    found = [alert for alert in await watched.alerts() if alert.rule is Rule.WRONG_CODES]
    assert len(found) == 1
    letters = [letter for letter in watched.postbox.letters if "second factor" in letter.text]
    # One to the owner, who is the person it is about; one to the operator.
    assert len(letters) == 2


async def test_an_attack_that_lasts_is_told_again_after_its_quiet_time(
    watched, lookout, unit_of_work, someone
):
    for _ in range(2):
        await act(Rule.WRONG_CODES, 5, lookout, someone, unit_of_work)
        watched.clock.advance(MINUTE)
        await watched.settle()
        watched.clock.advance(NORMS[Rule.WRONG_CODES].quiet)
    assert len(await watched.alerts()) == 2


async def test_what_is_spread_out_in_time_is_no_attack(watched, lookout, unit_of_work, someone):
    for _ in range(12):
        await act(Rule.WRONG_CODES, 4, lookout, someone, unit_of_work)
        watched.clock.advance(NORMS[Rule.WRONG_CODES].window)
        assert await watched.settle() == []


async def test_a_burst_across_two_looks_is_seen(watched, lookout, unit_of_work, someone):
    await act(Rule.WRONG_CODES, 3, lookout, someone, unit_of_work)
    watched.clock.advance(5 * MINUTE)
    await watched.settle()
    await act(Rule.WRONG_CODES, 2, lookout, someone, unit_of_work)
    [alert] = await watched.settle()
    assert alert.count == 5


@pytest.mark.promise("P108")
async def test_a_worker_that_was_away_for_hours_misses_nothing(
    watched, lookout, unit_of_work, someone
):
    await watched.settle()
    await act(Rule.REFUSALS, 20, lookout, someone, unit_of_work)
    watched.clock.advance(timedelta(hours=9))
    [alert] = await watched.settle()
    assert alert.rule is Rule.REFUSALS
    assert alert.at < alert.raised_at - timedelta(hours=8)


async def test_where_nothing_happened_nobody_looks(watched, lookout, unit_of_work, someone):
    await act(Rule.WRONG_CODES, 1, lookout, someone, unit_of_work)
    watched.clock.advance(2 * MINUTE)
    await watched.settle()
    watched.clock.advance(2 * MINUTE)
    before = len(await watched.road.deliveries())
    await watched.settle()
    assert len(await watched.road.deliveries()) == before


async def test_looking_twice_at_once_tells_once(watched, lookout, unit_of_work, someone):
    await act(Rule.WRONG_CODES, 5, lookout, someone, unit_of_work)
    async with as_system(watched.road.urls):
        await watched.rounds.look()
        await watched.rounds.look()
    await watched.road.travel()
    assert len(await watched.alerts()) == 1


async def test_whoever_always_reads_much_may(watched, unit_of_work, scope):
    for _ in range(5):
        await read(unit_of_work, scope, 25)
        watched.clock.advance(timedelta(hours=2))
        await watched.settle()
    # Four times 25 is usual; 90 is less than that, and far above the floor.
    await read(unit_of_work, scope, 90)
    assert await watched.settle() == []
    await read(unit_of_work, scope, 20)
    [alert] = await watched.settle()
    assert alert.rule is Rule.MASS_LISTENING


@pytest.mark.parametrize("taken", TAKEN)
async def test_whatever_takes_everything_counts_as_many_rows(watched, unit_of_work, scope, taken):
    for _ in range(5):
        async with unit_of_work(scope) as uow:
            uow.trace(Trace(taken))
    [alert] = await watched.settle()
    assert (alert.rule, alert.count) == (Rule.MASS_EXPORT, 5000)


@pytest.mark.parametrize("kind", [ActorKind.CALLER, ActorKind.JOB, ActorKind.PLUGIN])
async def test_what_deskbell_does_by_itself_is_not_watched(watched, unit_of_work, scope, kind):
    by_itself = replace(scope, actor=Actor(kind, str(uuid4())))
    await read(unit_of_work, by_itself, 100)
    await refused(unit_of_work, by_itself, 50)
    assert await watched.settle() == []


async def test_two_people_together_are_no_burst(watched, unit_of_work, scope):
    other = await scope_of(scope, await join(unit_of_work, scope, Role.STAFF))
    for each in (scope, other):
        await refused(unit_of_work, each, 15)
    assert await watched.settle() == []


async def test_evidence_holds_ids_times_and_networks_and_no_words(watched, unit_of_work, scope):
    secret = "what the caller said"
    access = Access("session:1", "203.0.113.9", secret, secret)
    from_far = replace(scope, access=access)
    for _ in range(20):
        async with unit_of_work(from_far) as uow:
            uow.trace(Trace.of_refusal(secret))
    [alert] = await watched.settle()
    assert alert.evidence["networks"] == [FAR]
    assert secret not in str(alert.evidence)
    assert all(secret not in letter.text for letter in watched.postbox.letters)


async def test_one_network_that_tries_many_doors_is_one_attack(
    watched, lookout, unit_of_work, someone
):
    await act(Rule.GUESSING_NETWORK, 30, lookout, someone, unit_of_work)
    [alert] = await watched.settle()
    assert alert.subject == f"network:{FAR}"
    assert set(alert.evidence["ids"]) == {f"key:{id}" for id in someone.keys}


@pytest.mark.promise("P047")
async def test_a_key_that_takes_everything_along_is_frozen_where_that_is_wished(
    watched, lookout, unit_of_work, scope, someone
):
    async with unit_of_work(scope) as uow:
        await alerts.set_rules(uow, [alerts.RuleChange(Rule.MASS_EXPORT, 500, freeze=True)])
    by_key = replace(scope, actor=Actor(ActorKind.KEY, str(someone.key_id)))
    lookout.rows(by_key, 500)
    await lookout.settled()
    [alert] = await watched.settle()
    assert (alert.froze, alert.subject) == (True, f"key:{someone.key_id}")
    assert "api_key.frozen" in await trail(unit_of_work, scope, someone.key_id)


async def trail(work, scope, id):
    """What is on record about something."""
    async with work(scope, read_only=True) as uow:
        rows = AuditEntries(uow)
        return [row.action for row in await rows.page(rows.all().filter(object_id=id))]


async def test_a_rule_without_letters_is_still_on_record(watched, unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        await alerts.set_rules(uow, [alerts.RuleChange(Rule.REFUSALS, letters=False)])
    await refused(unit_of_work, scope, 20)
    assert len(await watched.settle()) == 1
    assert watched.postbox.letters == []


async def test_sightings_are_forgotten_after_some_days(watched, lookout, unit_of_work, someone):
    await act(Rule.WRONG_CODES, 1, lookout, someone, unit_of_work)
    watched.clock.advance(timedelta(days=4))
    await act(Rule.WRONG_CODES, 1, lookout, someone, unit_of_work)
    await watched.settle()
    async with unit_of_work(someone.scope) as uow:
        assert await Sightings(uow).all().count() == 1


async def test_nothing_is_noted_of_accounts_and_keys_that_do_not_exist(
    lookout, unit_of_work, scope
):
    lookout.wrong_password(None, ORIGIN)
    lookout.wrong_password(uuid4(), ORIGIN)
    lookout.wrong_key(None, FAR)
    lookout.wrong_key(uuid4(), FAR)
    lookout.wrong_code(uuid4(), uuid4(), ORIGIN)
    await lookout.settled()
    async with unit_of_work(scope) as uow:
        assert await Sightings(uow).all().count() == 0


async def test_a_member_of_two_businesses_is_watched_over_at_both(
    lookout, unit_of_work, scope, other_scope
):
    async with unit_of_work(other_scope) as uow:
        await Memberships(uow).add(
            user_id=UUID(scope.actor.id), role=Role.STAFF, created_at=uow.now
        )
    lookout.wrong_password(UUID(scope.actor.id), ORIGIN)
    await lookout.settled()
    for each in (scope, other_scope):
        async with unit_of_work(each) as uow:
            assert await Sightings(uow).all().count() == 1


async def test_a_lookout_without_a_database_does_nothing(scope):
    blind = Lookout()
    blind.wrong_password(UUID(scope.actor.id), Origin("curl", HOME))
    await blind.settled()

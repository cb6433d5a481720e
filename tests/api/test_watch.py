"""Watching as people use it: from the attack over HTTP to the letter, freeze and record."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from api.live import Herald
from integrations.redis_pubsub import Topic, Watched
from tenants.models import Role
from tenants.watch import alerts
from tenants.watch.events import AlertRaised
from tenants.watch.repository import Sightings
from tenants.watch.rules import NORMS, Finding, Rule
from tests.api.conftest import browse, owner_of
from tests.api.deeds import do, listed, refuse
from tests.api.everything import own_everything
from tests.api.people import code_of, enrol_app, half_in, post
from tests.api.serving import serving
from tests.api.test_subscriptions import socket, tell
from tests.factories.letters import Delivery
from tests.factories.members import PASSWORD as MEMBERS
from tests.factories.members import join, key_of
from tests.tenants.watch.conftest import globe as globe  # noqa: PLC0414  # a fixture
from tests.tenants.watch.conftest import watched as watched  # noqa: PLC0414  # a fixture

ALERT = "id rule severity subject count evidence acknowledgedAt froze"


@pytest.mark.promise("P116")
async def test_guessing_a_password_is_told_to_the_owner(watched, app, stranger, owner, scope):
    for number in range(NORMS[Rule.WRONG_PASSWORDS].threshold):
        assert (await stranger.sign_in(owner_of(scope), f"guess {number}")).status_code == 401
    await app.state.lookout.settled()
    await watched.settle()
    [alert] = await listed(owner, "securityAlerts", ALERT)
    assert (alert["rule"], alert["severity"]) == ("WRONG_PASSWORDS", "WARNING")
    assert alert["count"] == NORMS[Rule.WRONG_PASSWORDS].threshold
    assert [letter.to for letter in watched.postbox.letters] == [(owner_of(scope),)]


async def test_guessing_at_nobody_leaves_no_trace(watched, app, stranger, scope):
    for _ in range(12):
        assert (await stranger.sign_in("nobody@nowhere.test", "guess")).status_code == 401
    await app.state.lookout.settled()
    assert await watched.settle() == []


@pytest.mark.promise("P116")
async def test_guessing_a_code_is_told(watched, app, owner, scope, clock):
    await enrol_app(owner, clock)
    await watched.settle()
    async with browse(app) as thief:
        waits = await half_in(thief, owner_of(scope))
        for _ in range(5):
            answer = await post(thief, "mfa", pendingToken=waits["pendingToken"], code="000000")
            assert code_of(answer) == (401, "WRONG_CODE")
    await app.state.lookout.settled()
    found = await watched.settle()
    assert Rule.WRONG_CODES in [alert.rule for alert in found]


@pytest.mark.promise("P116")
async def test_a_wrong_secret_of_a_key_is_told(watched, app, stranger, owner, unit_of_work, scope):
    issued = await key_of(unit_of_work, scope, "contacts:read")
    wrong = issued.token[:-1] + ("0" if issued.token[-1] != "0" else "1")
    stranger.headers["Authorization"] = f"Bearer {wrong}"
    for _ in range(10):
        assert await stranger.fail("{ tenant { name } }") == "KEY_REFUSED"
    await app.state.lookout.settled()
    await watched.settle()
    [alert] = await listed(owner, "securityAlerts", ALERT)
    assert (alert["rule"], alert["subject"]) == ("WRONG_KEYS", f"key:{issued.key.id}")


@pytest.mark.promise("P108")
async def test_taking_lists_along_page_by_page_is_told(watched, app, owner, unit_of_work, scope):
    await own_everything(unit_of_work, scope, "x")
    for _ in range(60):
        await add_contact(owner)
    await do(owner, "watchRulesUpdate", "watchRules { rule }", rules=[limit("MASS_EXPORT", 500)])
    watched.clock.advance(timedelta(minutes=1))
    page = "{ tenant { contacts(first: 100) { edges { node { name } } } } }"
    for _ in range(8):
        await owner.ask(page)
    await app.state.lookout.settled()
    assert Rule.MASS_EXPORT not in [alert.rule for alert in await watched.settle()]
    await owner.ask(page)
    await app.state.lookout.settled()
    assert Rule.MASS_EXPORT in [alert.rule for alert in await watched.settle()]


async def test_short_pages_are_not_counted(watched, app, owner, unit_of_work, scope):
    await own_everything(unit_of_work, scope, "x")
    for _ in range(50):
        await owner.ask("{ tenant { contacts { edges { node { name } } } } }")
    await app.state.lookout.settled()
    async with unit_of_work(scope) as uow:
        assert await Sightings(uow).all().filter(subject__startswith="member").count() == 0


def limit(rule, threshold=None, **more):
    return {"rule": rule, "threshold": threshold, **more}


async def add_contact(owner):
    await owner.ask('mutation { contactAdd(input: {name: "Eve"}) { __typename } }')


async def raised(watched, owner, stranger, app, scope):
    """An alert there is, by its id."""
    for _ in range(10):
        await stranger.sign_in(owner_of(scope), "guess")
    await app.state.lookout.settled()
    await watched.settle()
    [alert] = await listed(owner, "securityAlerts", "id")
    return alert["id"]


async def test_an_alert_is_taken_note_of_once(watched, owner, stranger, app, scope):
    id = await raised(watched, owner, stranger, app, scope)
    fields = "securityAlert { acknowledgedAt acknowledgedBy }"
    first = await do(owner, "securityAlertAcknowledge", fields, id=id)
    watched.clock.advance(NORMS[Rule.NEW_DEVICE].quiet / 3)
    assert await do(owner, "securityAlertAcknowledge", fields, id=id) == first
    assert first["securityAlert"]["acknowledgedBy"] == f"member:{scope.actor.id}"
    assert await listed(owner, "securityAlerts", "id", unacknowledged="true") == []


@pytest.mark.promise("P110")
async def test_an_incident_is_opened_from_its_alert(watched, owner, stranger, app, scope):
    id = await raised(watched, owner, stranger, app, scope)
    made = await do(
        owner,
        "incidentOpen",
        "incident { id }",
        title="Guessing",
        severity="WARNING",
        alertIds=[id],
    )
    id = made["incident"]["id"]
    await do(
        owner,
        "incidentUpdate",
        "incident { id }",
        id=id,
        note="Password changed",
        dataKinds=["ACCOUNT"],
        peopleAffected=1,
    )
    await do(owner, "incidentClose", "incident { status }", id=id, note="Nobody came in")
    fields = "title status dataKinds peopleAffected alerts { rule } timeline { kind words }"
    [incident] = await listed(owner, "incidents", fields)
    assert incident["alerts"] == [{"rule": "WRONG_PASSWORDS"}]
    assert (incident["status"], incident["dataKinds"]) == ("CLOSED", ["ACCOUNT"])
    assert [step["kind"] for step in incident["timeline"]] == [
        "OPENED",
        "ALERT_LINKED",
        "CHANGED",
        "NOTED",
        "CLOSED",
    ]
    assert await refuse(owner, "incidentClose", id=id, note="Again") == "IncidentOverError"


@pytest.mark.promise("P116")
async def test_a_frozen_member_is_out_at_once_and_in_again_when_thawed(
    app, owner, unit_of_work, scope
):
    member = await join(unit_of_work, scope, Role.STAFF)
    [email] = await emails(owner, "STAFF")
    async with browse(app) as staff:
        assert (await staff.sign_in(email, MEMBERS)).status_code == 200
        id = await member_id(owner, "STAFF")
        frozen = await do(owner, "memberFreeze", "member { frozenAt }", id=id)
        assert frozen["member"]["frozenAt"]
        assert await staff.fail("{ tenant { name } }") == "SESSION_ENDED"
    async with browse(app) as staff:
        answer = await staff.sign_in(email, MEMBERS)
        assert code_of(answer) == (401, "WRONG_CREDENTIALS")
        await do(owner, "memberThaw", "member { frozenAt }", id=id)
        assert (await staff.sign_in(email, MEMBERS)).status_code == 200
    actions = [entry["action"] for entry in await listed(owner, "audit", "action")]
    assert {"member.frozen", "member.thawed"} <= set(actions)
    assert member.frozen_at is None


async def member_id(owner, role):
    found = await listed(owner, "members", "id role")
    return next(each["id"] for each in found if each["role"] == role)


async def emails(owner, role):
    found = await listed(owner, "members", "role person { email }")
    return [each["person"]["email"] for each in found if each["role"] == role]


async def test_a_frozen_key_answers_key_refused(app, owner, unit_of_work, scope):
    issued = await key_of(unit_of_work, scope, "contacts:read")
    [key] = await listed(owner, "apiKeys", "id")
    async with browse(app) as program:
        program.headers["Authorization"] = f"Bearer {issued.token}"
        await program.ask("{ tenant { name } }")
        await do(owner, "apiKeyFreeze", "apiKey { frozenAt }", id=key["id"])
        assert await program.fail("{ tenant { name } }") == "KEY_REFUSED"
        await do(owner, "apiKeyThaw", "apiKey { frozenAt }", id=key["id"])
        await program.ask("{ tenant { name } }")


async def test_the_owner_cannot_freeze_themselves(owner):
    id = await member_id(owner, "OWNER")
    assert await refuse(owner, "memberFreeze", id=id) == "NotYourselfError"


@pytest.mark.promise("P116")
async def test_thawing_wants_a_recent_proof(owner, unit_of_work, scope, clock):
    await join(unit_of_work, scope, Role.STAFF)
    id = await member_id(owner, "STAFF")
    await do(owner, "memberFreeze", "member { frozenAt }", id=id)
    clock.advance(timedelta(minutes=11))
    query = "mutation ($id: ID!) { memberThaw(input: {id: $id}) { __typename } }"
    assert await owner.fail(query, id=id) == "STEP_UP_REQUIRED"
    assert (await post(owner, "step-up", password="correct horse battery")).status_code == 200
    await do(owner, "memberThaw", "member { frozenAt }", id=id)


@pytest.mark.parametrize(
    "rule",
    [
        limit("MASS_EXPORT", 499),
        limit("MASS_EXPORT", 1_000_001),
        limit("NEW_DEVICE", 5),
        limit("WRONG_CODES", letters=False),
        limit("TRAIL_BROKEN", freeze=True),
    ],
)
async def test_a_rule_is_not_set_out_of_its_bounds(owner, rule):
    assert await refuse(owner, "watchRulesUpdate", rules=[rule]) == "InvalidInputError"


async def test_the_rules_are_told_as_they_hold(owner):
    await do(owner, "watchRulesUpdate", "watchRules { rule }", rules=[limit("REFUSALS", 40)])
    query = "{ tenant { watchRules { rule threshold least most window letters freeze } } }"
    told = {each["rule"]: each for each in (await owner.ask(query))["tenant"]["watchRules"]}
    assert set(told) == {rule.name for rule in Rule}
    assert told["REFUSALS"] == {
        "rule": "REFUSALS",
        "threshold": 40,
        "least": 5,
        "most": 1000,
        "window": "PT15M",
        "letters": True,
        "freeze": False,
    }
    assert told["STOLEN_SESSION"]["freeze"]


async def test_a_key_sees_alerts_and_changes_nothing(app, unit_of_work, scope):
    issued = await key_of(unit_of_work, scope, "security:read")
    async with browse(app) as program:
        program.headers["Authorization"] = f"Bearer {issued.token}"
        assert await listed(program, "securityAlerts", "id") == []
        query = "mutation { watchRulesUpdate(input: {rules: []}) { __typename } }"
        assert await program.fail(query) == "FORBIDDEN"


ALERTS = "subscription { securityAlertRaised { rule subject } }"


async def told_of(watched, publisher, scope):
    """Raise an alert, and have the herald tell of it until somebody hears."""
    work = watched.road.unit_of_work
    async with work(scope) as uow:
        alert = await alerts.tell(uow, Finding(Rule.REFUSALS, "member:x", uow.now))
    await tell(publisher, Watched(scope.tenant_id, Topic.ALERT_RAISED, scope.tenant_id), alert.id)


@pytest.mark.promise("P108")
async def test_an_alert_is_seen_as_it_is_raised(watched, app, owner, publisher, scope):
    async with serving(app) as authority, socket(authority, owner) as watching:
        await watching.subscribe(ALERTS)
        await told_of(watched, publisher, scope)
        seen = (await watching.receive())["payload"]["data"]["securityAlertRaised"]
    assert seen == {"rule": "REFUSALS", "subject": "member:x"}


async def test_the_herald_tells_of_it(watched, app, owner, publisher, unit_of_work, scope):
    herald = Herald(publisher)
    async with unit_of_work(scope) as uow:
        alert = await alerts.tell(uow, Finding(Rule.REFUSALS, "member:x", uow.now))
    event = AlertRaised(alert_id=alert.id, rule=alert.rule, severity=alert.severity)
    async with serving(app) as authority, socket(authority, owner) as watching:
        await watching.subscribe(ALERTS)
        receiving = asyncio.create_task(watching.receive())
        while not receiving.done():
            await herald.alert_raised(event, Delivery(unit_of_work, scope, uuid4()))
            await asyncio.wait({receiving}, timeout=0.05)
    assert (await receiving)["payload"]["data"]["securityAlertRaised"]["rule"] == "REFUSALS"


async def test_whoever_may_not_read_alerts_sees_none(app, unit_of_work, scope):
    await join(unit_of_work, scope, Role.STAFF)
    async with browse(app) as owner, browse(app) as staff:
        await owner.sign_in(owner_of(scope))
        [email] = await emails(owner, "STAFF")
        await staff.sign_in(email, MEMBERS)
        async with serving(app) as authority, socket(authority, staff) as watching:
            await watching.subscribe(ALERTS)
            [error] = (await watching.receive())["payload"]
    assert error["extensions"]["code"] == "FORBIDDEN"

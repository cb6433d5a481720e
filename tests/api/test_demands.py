"""Demands of authorities by the API: two of the operator's people, and what the owner sees."""

from datetime import timedelta

import pytest

from api.graphql.ids import write_id
from domain.scope import PROOF_LASTS, TenantKind
from tenants.models import Role, Tenant
from tenants.repository import Users
from tests.api.conftest import browse, owner_of
from tests.api.deeds import do, listed, refuse
from tests.api.people import enrol_app
from tests.api.test_isolation import DEEDS_ON_DEMANDS
from tests.conftest import as_system
from tests.factories import callers
from tests.factories.members import PASSWORD, join
from tests.factories.outbox import events
from tests.factories.records import own_records
from tests.factories.tenants import open_tenant

DEMAND = "legalProcess { id stage dataKinds disclosed }"
SEEN = """query ($slug: String!) { tenant { operator { demands(slug: $slug) {
    id stage authority } } } }"""


@pytest.fixture
async def fresh(database, unit_of_work):
    """The owner of an operator's house that was opened just now."""
    async with as_system(database):
        await Tenant.filter(kind=TenantKind.OPERATOR).update(kind=TenantKind.BUSINESS)
        return await open_tenant(unit_of_work, kind=TenantKind.OPERATOR)


@pytest.fixture
async def clerk(app, fresh, clock):
    """Whoever takes demands in."""
    async with browse(app) as browser:
        assert (await browser.sign_in(owner_of(fresh))).status_code == 200
        await enrol_app(browser, clock)
        yield browser


@pytest.fixture
async def counsel(app, fresh, unit_of_work, clock):
    """Whoever decides on them."""
    member = await join(unit_of_work, fresh, Role.ADMIN)
    async with unit_of_work(fresh, read_only=True) as uow:
        address = (await Users(uow).get(member.user_id)).email
    async with browse(app) as browser:
        assert (await browser.sign_in(address, PASSWORD)).status_code == 200
        await enrol_app(browser, clock)
        yield browser


@pytest.fixture
async def caller(unit_of_work, scope):
    """Somebody who called, and was not the only one."""
    await callers.ring(unit_of_work, scope)
    return await callers.ring(unit_of_work, scope)


@pytest.fixture
def demand(scope, caller, clock):
    days = timedelta(days=1)
    return {
        "tenant": scope.tenant.slug,
        "basis": "SUBPOENA",
        "authority": "County Court",
        "reference": "26-1234",
        "people": [caller.phone],
        "dataKinds": ["CALL_METADATA"],
        "from": (clock.now() - days).isoformat(),
        "to": (clock.now() + days).isoformat(),
    }


async def received(clerk, demand, **more):
    done = await do(clerk, "legalProcessReceive", DEMAND, **demand | more)
    return {"tenant": demand["tenant"], "id": done["legalProcess"]["id"]}


@pytest.mark.law("L53")
@pytest.mark.promise("P121")
async def test_two_people_answer_a_demand_with_what_it_covers(
    clerk, counsel, demand, caller, unit_of_work, fresh
):
    one = await received(clerk, demand)
    assert await refuse(clerk, "legalProcessApprove", decision="Valid", **one) == (
        "SecondPersonNeededError"
    )
    assert await refuse(clerk, "legalProcessAnswer", **one) == "WrongDemandStageError"
    await do(counsel, "legalProcessApprove", DEMAND, decision="Valid", **one)
    told = await do(counsel, "legalProcessAnswer", f"conversations {DEMAND}", **one)
    [conversation] = told["conversations"]
    assert conversation["conversation"] == str(caller.conversation_id)
    assert set(conversation) == {"conversation", "started_at", "ended_at"}
    assert (told["legalProcess"]["stage"], told["legalProcess"]["disclosed"]) == ("ANSWERED", 1)
    assert await events(unit_of_work, fresh, "demand.") == ["demand.handled"] * 3


@pytest.mark.law("L53")
async def test_a_secret_is_kept_from_the_owner_and_seen_by_the_operator(
    clerk, owner, demand, clock
):
    secret = (clock.now() + timedelta(days=90)).isoformat()
    before = await listed(owner, "audit", "action actor")
    one = await received(clerk, demand, secretUntil=secret)
    assert await listed(owner, "legalProcesses", "id") == []
    assert await listed(owner, "audit", "action actor") == before
    node = "query ($id: ID!) { node(id: $id) { id } }"
    assert await owner.ask(node, id=one["id"]) == {"node": None}
    seen = (await clerk.ask(SEEN, slug=demand["tenant"]))["tenant"]["operator"]["demands"]
    assert seen == [{"id": one["id"], "stage": "RECEIVED", "authority": "County Court"}]


@pytest.mark.law("L53")
async def test_a_demand_without_bounds_is_refused(clerk, demand):
    for wrong in ({"people": []}, {"dataKinds": []}, {"people": ["+12125550999"]}):
        given = demand | wrong
        assert await refuse(clerk, "legalProcessReceive", **given) == "InvalidInputError"


async def test_a_demand_is_received_once(clerk, demand):
    first = await received(clerk, demand, idempotencyKey="a")
    assert await received(clerk, demand, idempotencyKey="a") == first


@pytest.mark.parametrize("deed", sorted(DEEDS_ON_DEMANDS))
async def test_a_demand_of_another_tenant_is_not_there(
    clerk, unit_of_work, scope, other_scope, deed
):
    caller = await callers.ring(unit_of_work, other_scope)
    async with unit_of_work(other_scope) as uow:
        theirs = (await own_records(uow, caller, "canary"))["LegalProcess"]
    name = f"{deed[0].upper()}{deed[1:]}Input"
    query = f"mutation ($input: {name}!) {{ {deed}(input: $input) {{ __typename }} }}"
    given = {"tenant": scope.tenant.slug, "id": write_id("LegalProcess", theirs)}
    given |= {} if deed == "legalProcessAnswer" else {"decision": "Valid"}
    assert await clerk.fail(query, input=given) == "NOT_FOUND"


@pytest.mark.law("L53")
async def test_nobody_but_the_operator_handles_demands(owner, clerk, demand, clock):
    query = """mutation ($input: LegalProcessReceiveInput!) {
        legalProcessReceive(input: $input) { __typename } }"""
    assert await owner.fail(query, input=demand) == "FORBIDDEN"
    clock.advance(PROOF_LASTS + timedelta(seconds=1))
    assert await clerk.fail(query, input=demand) == "STEP_UP_REQUIRED"

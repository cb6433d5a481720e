"""The operator's people by the API; and the tenants that see what they did."""

from datetime import date, timedelta

import pytest
from tortoise.transactions import in_transaction

from api.graphql.ids import write_id
from domain.database import MAIN
from domain.scope import PROOF_LASTS, TenantKind
from tenants.insights.repository import Insights
from tenants.insights.rules import Figure, Measure
from tenants.models import Tenant
from tests.api.conftest import browse, build_app, owner_of
from tests.api.deeds import do, listed, refuse
from tests.api.people import code_of, enrol_app, post
from tests.api.test_isolation import DEEDS_OF_THE_OPERATOR
from tests.conftest import NOW, as_system
from tests.factories.houses import own_houses
from tests.factories.tenants import open_tenant

OPEN = """mutation ($input: BreakGlassOpenInput!) { breakGlassOpen(input: $input) {
    __typename } }"""
REQUEST = "breakGlass { id openedAt approvedBy reason permissions }"


@pytest.fixture
async def fresh(database, unit_of_work):
    """The owner of an operator's house that was opened just now."""
    async with as_system(database):
        await Tenant.filter(kind=TenantKind.OPERATOR).update(kind=TenantKind.BUSINESS)
        return await open_tenant(unit_of_work, kind=TenantKind.OPERATOR)


@pytest.fixture
async def engineer(app, fresh, clock):
    """The same person, with a second factor, signed in."""
    async with browse(app) as browser:
        assert (await browser.sign_in(owner_of(fresh))).status_code == 200
        await enrol_app(browser, clock)
        yield browser


def wish(scope, **given):
    return {"tenant": scope.tenant.slug, "reason": "A caller cannot book", "hours": 2} | given


@pytest.mark.promise("P105")
async def test_without_a_second_factor_nothing_is_allowed(app, fresh, scope):
    async with browse(app) as browser:
        entered = await browser.sign_in(owner_of(fresh))
        assert entered.json()["mfaEnrolmentRequired"]
        assert await browser.fail(OPEN, input=wish(scope)) == "FORBIDDEN"
        refused = await post(browser, "visit", tenant=scope.tenant.slug)
        assert code_of(refused) == (403, "FORBIDDEN")


@pytest.mark.promise("P112")
async def test_a_tenant_sees_who_came_in_why_and_what_they_touched(engineer, owner, scope, fresh):
    opened = await do(engineer, "breakGlassOpen", REQUEST, **wish(scope))
    assert opened["breakGlass"]["openedAt"]
    assert (await post(engineer, "visit", tenant=scope.tenant.slug)).status_code == 200
    assert await engineer.ask("{ tenant { name viewer: slug } }")
    assert await engineer.fail("{ tenant { contacts { edges { cursor } } } }") == "FORBIDDEN"
    fields = """openedBy person reason permissions expiresAt
        touched { edges { node { actor via action outcome } } }"""
    [seen] = await listed(owner, "staffAccess", fields)
    assert seen["openedBy"] == f"operator:{fresh.actor.id}"
    assert (seen["person"], seen["reason"]) == ("Olive Owner", "A caller cannot book")
    touched = [edge["node"] for edge in seen["touched"]["edges"]]
    assert [each["action"] for each in touched] == ["access.refused", "visit.started"]
    assert {each["actor"] for each in touched} == {f"operator:{fresh.actor.id}"}


@pytest.mark.promise("P106")
async def test_nothing_of_a_caller_is_open_unless_it_was_named(engineer, scope):
    opened = await do(engineer, "breakGlassOpen", REQUEST, **wish(scope))
    held = opened["breakGlass"]["permissions"]
    assert not {"RECORDINGS_LISTEN", "TRANSCRIPTS_READ", "CONTACTS_READ"} & set(held)


async def test_breaking_glass_asks_for_a_recent_proof(engineer, scope, clock):
    clock.advance(PROOF_LASTS + timedelta(seconds=1))
    assert await engineer.fail(OPEN, input=wish(scope)) == "STEP_UP_REQUIRED"


async def test_a_colleague_has_to_agree_where_the_deployment_wants_it(
    unit_of_work, live, fresh, scope, clock
):
    app = build_app(unit_of_work, live, approval=True)
    async with browse(app) as browser:
        assert (await browser.sign_in(owner_of(fresh))).status_code == 200
        await enrol_app(browser, clock)
        asked = await do(browser, "breakGlassOpen", REQUEST, **wish(scope))
        assert asked["breakGlass"]["openedAt"] is None
        id = asked["breakGlass"]["id"]
        assert await refuse(browser, "breakGlassApprove", id=id) == "SamePersonError"
        refused = await post(browser, "visit", tenant=scope.tenant.slug)
        assert code_of(refused) == (404, "NOT_FOUND")


@pytest.mark.promise("P048")
async def test_a_tenant_is_suspended_and_its_owner_can_still_read(engineer, owner, scope):
    given = {"tenant": scope.tenant.slug, "reason": "Abuse"}
    fields = "tenant { slug status }"
    done = await do(engineer, "operatorTenantDecide", fields, status="SUSPENDED", **given)
    assert done["tenant"] == {"slug": scope.tenant.slug, "status": "SUSPENDED"}
    assert (await owner.ask("{ tenant { status } }"))["tenant"]["status"] == "SUSPENDED"
    add = 'mutation { contactAdd(input: {name: "Eve"}) { __typename } }'
    assert await owner.fail(add) == "FORBIDDEN"


@pytest.mark.parametrize("deed", sorted(DEEDS_OF_THE_OPERATOR))
async def test_a_request_of_another_house_is_not_there(engineer, unit_of_work, scope, deed):
    theirs = await own_houses(unit_of_work, scope, "canary")
    name = f"{deed[0].upper()}{deed[1:]}Input"
    query = f"mutation ($input: {name}!) {{ {deed}(input: $input) {{ __typename }} }}"
    id = write_id("BreakGlass", theirs["BreakGlass"])
    assert await engineer.fail(query, input={"id": id}) == "NOT_FOUND"
    node = "query ($id: ID!) { node(id: $id) { id } }"
    assert await engineer.ask(node, id=id) == {"node": None}


async def test_the_operator_sees_its_own_ways_in(engineer, scope):
    made = await do(engineer, "breakGlassOpen", REQUEST, **wish(scope))
    query = "{ tenant { operator { breakGlass { edges { node { id } } } } } }"
    [edge] = (await engineer.ask(query))["tenant"]["operator"]["breakGlass"]["edges"]
    assert edge["node"]["id"] == made["breakGlass"]["id"]
    closed = await do(engineer, "breakGlassClose", REQUEST, id=made["breakGlass"]["id"])
    assert closed["breakGlass"]["id"] == made["breakGlass"]["id"]
    refused = await post(engineer, "visit", tenant=scope.tenant.slug)
    assert code_of(refused) == (404, "NOT_FOUND")


async def test_a_business_is_no_operator(owner, scope):
    assert (await owner.ask("{ tenant { operator { __typename } } }"))["tenant"] == {
        "operator": None
    }
    assert await owner.fail(OPEN, input=wish(scope)) == "FORBIDDEN"


async def test_the_operator_reads_what_businesses_did_together(engineer, owner, database):
    async with as_system(database), in_transaction(MAIN) as connection:
        kept = [Figure(date(2020, 5, 1), "US", Measure.CALLS_MISSED, 10, 120)]
        await Insights(connection).keep(date(2020, 5, 1), NOW, kept)
    query = """{ tenant { operator { insights(first: "2020-05-01", last: "2020-05-31") {
        month country measure businesses total } } } }"""
    [seen] = (await engineer.ask(query))["tenant"]["operator"]["insights"]
    told = {"month": "2020-05-01", "country": "US", "measure": "CALLS_MISSED"}
    assert seen == told | {"businesses": 10, "total": 120}
    assert (await owner.ask(query))["tenant"]["operator"] is None

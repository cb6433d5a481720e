"""An organisation by its API: its tenants, templates, brand and changes of many."""

from uuid import uuid4

import pytest

from domain import usage
from tests.api.conftest import browse
from tests.api.deeds import do, refuse
from tests.api.test_grants import agent
from tests.factories.houses import let_in
from tests.factories.members import key_of
from tests.tenants.organizations.test_opening import CONTENT

__all__ = ["agent"]

TENANTS = """{ tenant { organization { tenants { edges { node {
    business { name slug status } permissions usage(first: "2026-11-01", last: "2026-11-30")
    { name quantity } } } } } } }"""
FIELDS = "tenant { business { name slug status } permissions }"


@pytest.fixture
async def opened(agent):
    """The short name of a business that the organisation has just opened."""
    made = await do(
        agent,
        "organizationTenantCreate",
        FIELDS,
        name="Bright Dental",
        slug=f"bright-{uuid4().hex[:12]}",
        ownerEmail="owner@bright.test",
        timeZone="Europe/London",
    )
    return made["tenant"]["business"]["slug"]


async def tenants(browser):
    data = await browser.ask(TENANTS)
    return [edge["node"] for edge in data["tenant"]["organization"]["tenants"]["edges"]]


async def test_a_business_is_no_organization(owner):
    assert await owner.ask("{ tenant { organization { __typename } } }") == {
        "tenant": {"organization": None}
    }


async def test_its_tenants_are_listed_with_what_they_lend(agent, opened):
    [held] = await tenants(agent)
    assert held["business"] == {"name": "Bright Dental", "slug": opened, "status": "ACTIVE"}
    assert "BUSINESS_WRITE" in held["permissions"]
    assert held["usage"] == []


@pytest.mark.promise("P090")
async def test_usage_is_told_in_totals_to_those_to_whom_it_is_lent(
    agent, unit_of_work, agency, scope, other_scope
):
    await let_in(unit_of_work, scope, agency)
    await let_in(unit_of_work, other_scope, agency, ["business:read"])
    for there in (scope, other_scope):
        async with unit_of_work(there) as uow:
            for _ in range(2):
                await usage.record(uow, usage.Use("call.seconds", 30, "second"))
    told = {held["business"]["slug"]: held["usage"] for held in await tenants(agent)}
    assert told[scope.tenant.slug] == [{"name": "call.seconds", "quantity": 60}]
    assert told[other_scope.tenant.slug] == []


async def test_a_tenant_is_suspended_and_resumed(agent, opened):
    given = {"tenant": opened, "reason": "Unpaid"}
    done = await do(agent, "organizationTenantSuspend", FIELDS, **given)
    assert done["tenant"]["business"]["status"] == "SUSPENDED"
    done = await do(agent, "organizationTenantResume", FIELDS, **given)
    assert done["tenant"]["business"]["status"] == "ACTIVE"


async def test_a_tenant_of_another_house_looks_like_none(agent, other_scope):
    suspend = """mutation ($tenant: String!) { organizationTenantSuspend(
        input: {tenant: $tenant, reason: "x"}) { __typename } }"""
    for slug in (other_scope.tenant.slug, "nobody"):
        assert await agent.fail(suspend, tenant=slug) == "NOT_FOUND"


async def test_a_short_name_that_is_taken_is_told(agent, opened):
    given = {"name": "Again", "ownerEmail": "a@b.test", "timeZone": "Europe/London"}
    error = await refuse(agent, "organizationTenantCreate", slug=opened, **given)
    assert error == "SlugTakenError"


async def test_a_template_is_saved_and_applied(agent, opened):
    made = await do(
        agent,
        "tenantTemplateSave",
        "tenantTemplate { id version content }",
        name="Dentist",
        content=CONTENT,
    )
    template = made["tenantTemplate"]
    assert template["version"] == 1
    given = {"id": template["id"], "tenant": opened}
    done = await do(agent, "tenantTemplateApply", "changes", **given)
    assert "service Cleaning: added" in done["changes"]
    assert (await do(agent, "tenantTemplateApply", "changes", **given))["changes"] == []
    assert await refuse(agent, "tenantTemplateSave", name="x", content=3) == "InvalidInputError"


async def test_a_change_of_many_is_begun_and_called_off(agent, opened):
    made = await do(
        agent,
        "bulkChangePreview",
        "bulkChange { id status progress { status tenants } }",
        content=CONTENT,
        tenants=[opened],
    )
    change = made["bulkChange"]
    assert change["status"] == "PREVIEWING"
    assert change["progress"] == [{"status": "WAITING", "tenants": 1}]
    assert await refuse(agent, "bulkChangeApply", id=change["id"]) == "WrongStageError"
    query = """query ($id: ID!) { node(id: $id) { ... on BulkChange { results { edges { node {
        status changes problems business { slug } } } } } } }"""
    [edge] = (await agent.ask(query, id=change["id"]))["node"]["results"]["edges"]
    assert edge["node"]["business"]["slug"] == opened
    done = await do(agent, "bulkChangeCancel", "bulkChange { status }", id=change["id"])
    assert done["bulkChange"]["status"] == "CANCELLED"


async def test_a_change_reaches_no_tenant_of_another_house(agent, opened, other_scope):
    begin = """mutation ($tenants: [String!]) { bulkChangePreview(
        input: {content: {}, tenants: $tenants}) { __typename } }"""
    assert await agent.fail(begin, tenants=[opened, other_scope.tenant.slug]) == "NOT_FOUND"


async def test_a_brand_is_inherited(agent, owner, unit_of_work, scope, agency):
    look = {
        "name": "Dental Group",
        "logoUrl": "https://cdn.example/logo.svg",
        "colours": [{"name": "primary", "value": "#102030"}],
        "supportEmail": "help@group.test",
        "replyTo": "desk@group.test",
        "domain": "Desk.Group.test",
    }
    fields = "branding { name domain colours { name value } }"
    done = await do(agent, "organizationBrandingUpdate", fields, **look)
    assert done["branding"]["domain"] == "desk.group.test"
    query = "{ tenant { brand { name supportEmail } } }"
    assert (await owner.ask(query))["tenant"]["brand"] is None
    await let_in(unit_of_work, scope, agency)
    brand = {"name": "Dental Group", "supportEmail": "help@group.test"}
    assert (await owner.ask(query))["tenant"]["brand"] == brand


@pytest.mark.parametrize(
    "look",
    [
        {"logoUrl": "http://cdn.example/logo.svg"},
        {"logoUrl": "javascript:alert(1)"},
        {"colours": [{"name": "primary", "value": "red"}]},
        {"colours": [{"name": "cakes", "value": "#102030"}]},
        {"domain": "not a host"},
        {"domain": "localhost"},
        {"supportEmail": "nobody"},
        {"name": "x" * 101},
    ],
)
async def test_a_brand_that_could_do_harm_is_refused(agent, look):
    assert await refuse(agent, "organizationBrandingUpdate", **look) == "InvalidInputError"


async def test_a_program_of_the_house_opens_a_business(app, unit_of_work, agency):
    issued = await key_of(unit_of_work, agency, "organization:read", "organization:write")
    async with browse(app) as program:
        program.headers["Authorization"] = f"Bearer {issued.token}"
        given = {"name": "Bright", "ownerEmail": "o@bright.test", "timeZone": "Europe/London"}
        made = await do(program, "organizationTenantCreate", FIELDS, slug="bright-one", **given)
        assert made["tenant"]["business"]["slug"] == "bright-one"
        assert len(await tenants(program)) == 1


async def test_an_owner_of_a_business_is_refused_all_of_it(owner):
    create = """mutation { organizationTenantCreate(input: {name: "x", slug: "xyz",
        ownerEmail: "x@y.test", timeZone: "Europe/London"}) { __typename } }"""
    assert await owner.fail(create) == "FORBIDDEN"

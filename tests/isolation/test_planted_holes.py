"""The prover is proved: holes planted in a copy of the schema are found, each by its attack."""

from dataclasses import replace

import pytest
import strawberry
from strawberry.tools import merge_types

from api.graphql.context import Info
from api.graphql.ids import read_id
from api.graphql.schema import Mutation, Query, build_schema
from api.graphql.webhooks import WebhookEndpoint
from plugins.webhooks import models
from plugins.webhooks.repository import WebhookEndpoints
from tests.api.conftest import browse, build_app, owner_of
from tests.api.everything import global_ids
from tests.api.test_isolation import reached as mutated
from tests.isolation.leaks import leaks, traces_of
from tests.isolation.reading import reached, reads

# As the address of an endpoint's public keys does, these find out whose an endpoint is by its
# id; unlike it, they then show or change whatever they find.


# What a cache without a tenant in its key would hold.
HERE_LAST: list[models.WebhookEndpoint] = []


async def anybodys(info: Info, id: strawberry.ID) -> WebhookEndpoint:
    """An endpoint of whichever tenant."""
    endpoint_id = read_id("WebhookEndpoint", id)
    tenant_id = await WebhookEndpoints.tenant_of(endpoint_id)
    assert tenant_id is not None
    there = replace(info.context.scope, tenant_id=tenant_id)
    async with info.context.unit_of_work(there) as uow:
        return WebhookEndpoint.of(await WebhookEndpoints(uow).get(endpoint_id))


@strawberry.type(name="Query")
class LeakyQuery(Query):
    """Reading with a hole in it."""

    @strawberry.field
    async def webhook_anywhere(self, info: Info, id: strawberry.ID) -> WebhookEndpoint:
        """Show it to anybody."""
        return await anybodys(info, id)

    @strawberry.field
    async def newest_webhooks(self, info: Info) -> list[WebhookEndpoint]:
        """Show those of whoever was here last."""
        return [WebhookEndpoint.of(row) for row in HERE_LAST]


@strawberry.input
class WebhookStealInput:
    """Which."""

    id: strawberry.ID


@strawberry.type
class WebhookStealPayload:
    """What was somebody's."""

    endpoint: WebhookEndpoint


@strawberry.type
class Stealing:
    """Writing with a hole in it."""

    @strawberry.mutation
    async def webhook_steal(self, info: Info, input: WebhookStealInput) -> WebhookStealPayload:
        """Take it from anybody."""
        return WebhookStealPayload(endpoint=await anybodys(info, input.id))


@pytest.fixture
async def planted(unit_of_work, live, scope):
    """The application with its holes, and our owner in it."""
    mutation = merge_types("Mutation", (Mutation, Stealing))
    schema = build_schema(production=False, query=LeakyQuery, mutation=mutation)
    async with browse(build_app(unit_of_work, live, schema=schema)) as browser:
        assert (await browser.sign_in(owner_of(scope))).status_code == 200
        yield browser, schema._schema


@pytest.mark.long
async def test_a_hole_in_a_query_is_found(planted, own, theirs, other_scope):
    browser, schema = planted
    marks = traces_of(other_scope, theirs)
    _, found = await reached(browser, schema, own, global_ids(theirs), marks)
    assert found == {"Query.webhookAnywhere(id)"}


async def test_a_hole_in_a_mutation_is_found(planted, own, theirs):
    browser, schema = planted
    found = await mutated(browser, own, global_ids(theirs), schema)
    assert [(mutation, attacked) for mutation, attacked, _ in found] == [("webhookSteal", "id")]


@pytest.mark.long
async def test_a_list_that_forgets_its_tenant_is_found(
    planted, own, theirs, unit_of_work, other_scope
):
    browser, schema = planted
    async with unit_of_work(other_scope) as uow:
        HERE_LAST[:] = await WebhookEndpoints(uow).page(WebhookEndpoints(uow).all())
    marks = traces_of(other_scope, theirs)
    answers = await reads(browser, schema, own)
    assert {name for name, text in answers.items() if leaks(text, marks)} == {
        "Query.newestWebhooks"
    }

"""What was used and how the business is doing, through GraphQL."""

from dataclasses import replace
from datetime import timedelta

import pytest
from starlette.applications import Starlette

from api.graphql.app import GraphQLApp
from api.graphql.context import Wiring
from api.graphql.schema import build_schema
from domain import calls, conversations, leads, messages, usage
from domain.conversations.acts import Disposition
from plugins.registry import Registry
from tests.api.conftest import PUBLIC_URL, browse
from tests.factories.business import open_practice
from tests.factories.calls import answered

DAYS = {"first": "2026-11-16", "last": "2026-11-17"}
USAGE = """
query ($first: Date!, $last: Date!) { tenant { usage(first: $first, last: $last) {
  date name unit quantity } } }
"""
OVERVIEW = """
query ($first: Date!, $last: Date!) { tenant { overview(first: $first, last: $last) {
  calls { answered missed seconds dispositions { disposition calls } }
  messages { left open } leads { captured new } appointments { booked cancelled } } } }
"""
PARTS = 4


async def use(unit_of_work, scope, name, quantity, unit):
    async with unit_of_work(scope) as uow:
        await usage.record(uow, usage.Use(name, quantity, unit))


async def a_call(unit_of_work, scope, clock):
    """Somebody calls for a minute, leaves a message and is a lead."""
    line = await answered(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        await messages.leave(uow, messages.NewMessage(line.call.conversation_id, "Call me"))
        await leads.capture(uow, leads.NewLead(line.caller.contact_id, "Implants"))
    clock.advance(timedelta(minutes=1))
    async with unit_of_work(line.scope) as uow:
        await conversations.end(uow, line.call.conversation_id, Disposition.COMPLETED)
        await calls.end(uow, line.call.id, Disposition.COMPLETED)


@pytest.mark.promise("P044")
async def test_usage_is_told_by_day_and_name(owner, unit_of_work, scope, clock):
    await use(unit_of_work, scope, "voice.seconds", 90, "second")
    # More than an Int of GraphQL can hold.
    await use(unit_of_work, scope, "storage.bytes", 3_000_000_000, "byte")
    clock.advance(timedelta(days=1))
    await use(unit_of_work, scope, "voice.seconds", 5, "second")
    told = (await owner.ask(USAGE, **DAYS))["tenant"]["usage"]
    assert [(total["date"], total["name"], total["quantity"]) for total in told] == [
        ("2026-11-16", "storage.bytes", 3_000_000_000),
        ("2026-11-16", "voice.seconds", 90),
        ("2026-11-17", "voice.seconds", 5),
    ]
    assert told[1]["unit"] == "second"


async def test_the_overview_tells_what_came_in(owner, unit_of_work, scope, clock):
    await open_practice(unit_of_work, scope)
    for _ in range(2):
        await a_call(unit_of_work, scope, clock)
    assert (await owner.ask(OVERVIEW, **DAYS))["tenant"]["overview"] == {
        "calls": {
            "answered": 2,
            "missed": 0,
            "seconds": 120,
            "dispositions": [{"disposition": "COMPLETED", "calls": 2}],
        },
        "messages": {"left": 2, "open": 2},
        "leads": {"captured": 2, "new": 2},
        "appointments": {"booked": 0, "cancelled": 0},
    }


@pytest.mark.parametrize("query", [USAGE, OVERVIEW])
async def test_nothing_of_another_tenant_is_counted(
    owner, unit_of_work, scope, other_scope, clock, query
):
    empty = (await owner.ask(query, **DAYS))["tenant"]
    await open_practice(unit_of_work, other_scope)
    await use(unit_of_work, other_scope, "voice.seconds", 90, "second")
    await a_call(unit_of_work, other_scope, clock)
    assert (await owner.ask(query, **DAYS))["tenant"] == empty


@pytest.mark.parametrize("query", [USAGE, OVERVIEW])
@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-11-17", "2026-11-16"),
        ("2025-11-16", "2026-11-17"),
        ("9999-12-31", "9999-12-31"),
    ],
)
async def test_days_that_cannot_be_added_up_are_refused(owner, query, first, last):
    assert await owner.fail(query, first=first, last=last) == "INVALID_INPUT"


async def test_what_one_may_not_see_is_null(unit_of_work, scope, live):
    class Limited:
        async def scope_of(self, connection):
            return replace(scope, permissions=scope.permissions - {"leads:read"})

    wiring = Wiring(unit_of_work, Limited(), live, Registry())
    graphql = GraphQLApp(build_schema(production=False), wiring, public_url=PUBLIC_URL)
    async with browse(Starlette(routes=graphql.routes())) as browser:
        answer = (await browser.post(OVERVIEW, **DAYS)).json()
    told = answer["data"]["tenant"]["overview"]
    assert (told["leads"], told["messages"]) == (None, {"left": 0, "open": 0})
    [error] = answer["errors"]
    assert (error["path"][-1], error["extensions"]["code"]) == ("leads", "FORBIDDEN")


async def test_an_overview_costs_a_query_for_each_part(owner, unit_of_work, scope, clock, queries):
    await open_practice(unit_of_work, scope)
    costs = []
    for _ in range(2):
        await a_call(unit_of_work, scope, clock)
        # That a session is in use is written down once a minute.
        await owner.ask("{ version }")
        queries()
        await owner.ask("{ version }")
        signing_in = len(queries())
        await owner.ask(OVERVIEW, **DAYS)
        costs.append(len(queries()) - signing_in)
    # One more says whose rows they are.
    assert costs == [1 + PARTS, 1 + PARTS]


async def test_usage_costs_one_query(owner, unit_of_work, scope, queries):
    for name in ("voice.seconds", "chat.seconds", "page.seen"):
        await use(unit_of_work, scope, name, 1, "count")
    queries()
    await owner.ask(USAGE, **DAYS)
    assert len([sql for sql in queries() if "usage_event" in sql]) == 1

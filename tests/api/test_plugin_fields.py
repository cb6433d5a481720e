"""What plugins of ours add to GraphQL: figures of days, and audiences to choose from."""

from dataclasses import replace
from datetime import date

import pytest

from api.graphql.schema import build_schema
from integrations.http_out import Reach
from integrations.oauth import Tokens
from plugins import settings
from plugins.analytics import service as analytics
from plugins.connections import service as connections
from plugins.mailchimp.desk import NAME
from plugins.registry import Registry
from tests.api.conftest import build_app
from tests.api.deeds import do, refuse
from tests.factories.accounts import SOMEWHERE
from tests.factories.business import open_practice
from tests.fakes.mailchimp import AUDIENCE, FakeMailchimp
from tests.fakes.serving import free_port, serving
from tests.plugins.connections.conftest import desk_for

SUNDAY = date(2026, 11, 15)
SPAN = 'first: "2026-11-01", last: "2026-11-30"'
FIGURES = f"""{{ tenant {{ pluginAnalytics {{
    days({SPAN}) {{ day revision deliveredAt failure }} csv(table: TOTALS, {SPAN})
}} }} }}"""
THERE = replace(SOMEWHERE, name=NAME)
AUDIENCES = "{ tenant { pluginMailchimp { audiences { id title members } } } }"


@pytest.fixture
def app(database, unit_of_work, live):
    desk, reach = desk_for(unit_of_work, THERE), Reach.parse("127.0.0.0/8")
    schema = build_schema(production=False, plugins=tuple(Registry().fields))
    return build_app(unit_of_work, live, schema=schema, connections=desk, reach=reach)


@pytest.fixture
async def made(unit_of_work, scope):
    """The figures of one day."""
    await open_practice(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        await settings.enable(uow, Registry(), analytics.NAME)
        return await analytics.make(uow, SUNDAY, 5)


@pytest.fixture
async def connected(unit_of_work, scope):
    """Mailchimp is connected and switched on."""
    async with serving(FakeMailchimp().app(), free_port()) as port:
        given = Tokens("token", subject="42", account="42", api_url=f"http://127.0.0.1:{port}")
        async with unit_of_work(scope) as uow:
            await connections.keep(uow, THERE, given)
            await settings.enable(uow, Registry(), NAME)
        yield


@pytest.mark.promise("P120")
async def test_figures_are_seen_downloaded_and_made_anew(owner, made):
    seen = (await owner.ask(FIGURES))["tenant"]["pluginAnalytics"]
    [day] = seen["days"]
    assert day == {"day": "2026-11-15", "revision": 1, "deliveredAt": None, "failure": None}
    head, line = seen["csv"].splitlines()
    assert (head, line) == ("day,leads,messages,appointments", "2026-11-15,0,0,0")
    shown = await do(owner, "analyticsDayRemake", "day", day="2026-11-15")
    assert shown == {"day": "2026-11-15"}
    early = await refuse(owner, "analyticsDayRemake", day="2026-11-16")
    assert early == "InvalidInputError"


async def test_nothing_is_made_where_it_is_off(owner):
    off = await refuse(owner, "analyticsDayRemake", day="2026-11-15")
    assert off == "PluginNotEnabledError"


@pytest.mark.promise("P120")
async def test_an_owner_chooses_an_audience_and_has_it_filled(owner, connected):
    seen = (await owner.ask(AUDIENCES))["tenant"]["pluginMailchimp"]["audiences"]
    assert seen == [{"id": AUDIENCE, "title": f"Audience {AUDIENCE}", "members": 0}]
    filled = await do(owner, "customerFileFill", "customerFile { plugin filling }", plugin=NAME)
    assert filled == {"customerFile": {"plugin": NAME, "filling": "RUNNING"}}
    listed = await owner.ask("{ tenant { customerFiles { plugin } } }")
    assert listed["tenant"]["customerFiles"] == [{"plugin": NAME}]

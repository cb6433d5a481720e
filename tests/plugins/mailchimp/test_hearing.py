"""Who leaves the audience at Mailchimp leaves it here, however we come to hear of it."""

from datetime import timedelta

import pytest

from plugins.capability import logger_of
from plugins.mailchimp.jobs import HEARING, hear
from plugins.routes import Incoming, RouteContext
from tests.fakes.mailchimp import AUDIENCE
from tests.plugins.mailchimp.conftest import LINKS


@pytest.fixture
async def subscribed(office):
    """Anna gets letters, and the audience was looked at once."""
    await office.agree()
    await office.travel()
    await office.look()
    office.road.wait(timedelta(minutes=10))
    office.crm.now = office.road.unit_of_work.clock.now()
    return office


def there(office):
    [one] = office.crm.people()
    return one.record


async def stands(office):
    return [consent.withdrawn_at is None for consent in await office.consents()]


@pytest.mark.promise("P078", "P120")
async def test_who_leaves_there_has_taken_back_what_they_agreed_to(subscribed):
    subscribed.crm.touch(there(subscribed), status="unsubscribed")
    await subscribed.look()
    assert await stands(subscribed) == [False]
    assert subscribed.crm.standing() == {subscribed.address: "unsubscribed"}
    subscribed.road.wait(timedelta(hours=1))
    await subscribed.look()
    assert (await subscribed.file()).taken_over == 1


async def test_a_yes_after_they_left_there_stands(subscribed):
    subscribed.crm.touch(there(subscribed), status="unsubscribed")
    subscribed.road.wait(timedelta(hours=1))
    await subscribed.agree()
    await subscribed.look()
    assert True in await stands(subscribed)
    assert subscribed.crm.standing() == {subscribed.address: "pending"}


async def test_what_else_happens_there_takes_nothing_back(subscribed):
    subscribed.crm.touch(there(subscribed), status="cleaned")
    subscribed.crm.add("Bo", email="bo@example.com", status="unsubscribed")
    await subscribed.look()
    assert await stands(subscribed) == [True]
    assert (await subscribed.file()).taken_over == 0


async def test_mailchimp_is_asked_to_tell_of_who_leaves_once(office):
    await office.look()
    await office.look()
    [hook] = office.crm.webhooks[AUDIENCE]
    assert hook["url"] == LINKS.url("mailchimp", HEARING, office.road.scope.tenant_id)
    assert hook["events"]["unsubscribe"] is hook["sources"]["user"] is True
    assert "api" not in hook["sources"]


async def test_without_a_way_to_us_it_is_asked_all_the_same(subscribed):
    subscribed.crm.webhooks.clear()
    subscribed.crm.reachable = False
    subscribed.crm.touch(there(subscribed), status="unsubscribed")
    await subscribed.look()
    assert await stands(subscribed) == [False]


async def told(office, method, body=b""):
    tried = await office.context()
    given = {
        name: getattr(tried, name)
        for name in ("plugin", "settings", "http", "accounts", "_scope", "_unit_of_work")
    }
    log = logger_of("mailchimp", office.road.scope)
    context = RouteContext(**given, log=log, links=LINKS)
    return await hear(Incoming(method, HEARING, {}, {}, body), context)


async def test_a_bell_makes_us_ask_and_is_not_believed(subscribed):
    forged = f"type=unsubscribe&data[email]={subscribed.address}&data[list_id]={AUDIENCE}"
    assert (await told(subscribed, "POST", forged.encode())).status == 200
    await subscribed.travel()
    assert await stands(subscribed) == [True]
    subscribed.crm.asked.clear()
    # So Mailchimp tries out whether we are there.
    assert (await told(subscribed, "GET")).status == 200
    await subscribed.travel()
    assert subscribed.crm.asked == []
    subscribed.crm.touch(there(subscribed), status="unsubscribed")
    await told(subscribed, "POST")
    await subscribed.travel()
    assert await stands(subscribed) == [False]


async def test_what_cannot_be_read_is_said_and_nothing_is_passed_over(subscribed):
    subscribed.crm.touch(there(subscribed), status="unsubscribed")
    # A regular look is due as well; each asks twice.
    subscribed.crm.failures = [subscribed.crm.busy(5) for _ in range(4)]
    await subscribed.look()
    assert (await subscribed.file()).failure == "unavailable"
    await subscribed.look()
    assert (await subscribed.file()).failure == ""
    assert await stands(subscribed) == [False]

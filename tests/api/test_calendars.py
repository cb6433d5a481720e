"""Calendars elsewhere over GraphQL: linked, listed, flagged, and taken off."""

import pytest

from api.graphql.ids import write_id
from domain.calendars import service
from domain.calendars.repository import CalendarLinks
from tests.api.deeds import do, refuse
from tests.factories.accounts import own_connection
from tests.factories.business import open_practice

LIST = """{ tenant { calendars {
    id plugin address title reads writes failingSince failure resource { name } } } }"""


@pytest.fixture
async def lee(unit_of_work, scope):
    practice = await open_practice(unit_of_work, scope)
    return write_id("Resource", practice.dr_lee_id)


async def link(owner, lee, **more):
    given = {"resourceId": lee, "plugin": "caldav", "address": "https://c.example/lee/"}
    return await do(owner, "calendarLink", "calendar { id }", title="Lee", **given | more)


async def listed(owner):
    return (await owner.ask(LIST))["tenant"]["calendars"]


async def test_a_calendar_is_linked_and_taken_off(owner, lee):
    made = await link(owner, lee, writes=False)
    [found] = await listed(owner)
    assert found["id"] == made["calendar"]["id"]
    assert found["resource"] == {"name": "Dr. Maya Lee"}
    assert (found["reads"], found["writes"], found["failure"]) == (True, False, None)
    await do(owner, "calendarUnlink", "unlinkedId", id=found["id"])
    assert await listed(owner) == []


async def test_a_calendar_that_cannot_be_read_is_flagged(owner, lee, unit_of_work, scope):
    await link(owner, lee)
    async with unit_of_work(scope) as uow:
        [row] = await CalendarLinks(uow).listed()
        await service.missed(uow, row.id, "status_401")
    [found] = await listed(owner)
    assert found["failure"] == "status_401"
    assert found["failingSince"] is not None


async def test_the_same_calendar_is_not_linked_twice(owner, lee):
    await link(owner, lee)
    given = {"resourceId": lee, "plugin": "caldav", "address": "https://c.example/lee/"}
    assert await refuse(owner, "calendarLink", title="Lee", **given) == "CalendarListedError"


async def test_a_plugin_that_is_not_there_is_not_found(owner, lee):
    mutation = """mutation ($id: ID!) { calendarLink(input: {
        resourceId: $id, plugin: "nothing", address: "a", title: "b"}) { __typename } }"""
    assert await owner.fail(mutation, id=lee) == "NOT_FOUND"


CHOICES = """query ($plugin: String!, $id: ID) {
    tenant { calendarChoices(plugin: $plugin, connectionId: $id) { address title writable } } }"""


@pytest.fixture
async def connection(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        return write_id("OAuthConnection", await own_connection(uow, "somewhere"))


async def test_only_a_plugin_that_is_on_is_asked_for_its_calendars(owner):
    assert await owner.fail(CHOICES, plugin="google_calendar") == "UNAVAILABLE"
    assert await owner.fail(CHOICES, plugin="nothing") == "NOT_FOUND"


async def test_an_account_of_another_service_has_no_calendars_there(owner, lee, connection):
    assert await owner.fail(CHOICES, plugin="google_calendar", id=connection) == "NOT_FOUND"
    mutation = """mutation ($lee: ID!, $id: ID!) { calendarLink(input: { resourceId: $lee,
        plugin: "google_calendar", connectionId: $id, address: "a", title: "b"}) { __typename } }"""
    assert await owner.fail(mutation, lee=lee, id=connection) == "NOT_FOUND"

"""Pipedrive tells who was changed: with the password that it was given, and read, not believed."""

from datetime import timedelta

import httpx
import pytest
from starlette.applications import Starlette

from api import problems
from api.plugin_routes import PluginDesk
from domain.contacts.repository import Contacts
from plugins.admission import Equipment
from plugins.guard import Breakers
from tests.factories.account_calendars import LINKS, NoLimit
from tests.plugins.offices import LOOPBACK

SECRET = ("deskbell", "a password for one webhook")


@pytest.fixture
def name():
    return "pipedrive"


@pytest.fixture
async def known(office):
    """The caller stands there, and changes are taken over."""
    await office.configure(changes=True, hook_secret=SECRET[1])
    await office.lead()
    await office.travel()
    office.crm.now = office.road.unit_of_work.clock.now() + timedelta(seconds=1)
    office.crm.asked.clear()
    return office


async def tell(office, auth=SECRET, data="Mallory", **meta):
    """Send what Pipedrive sends; the status of the answer."""
    [person, *_] = office.crm.people()
    told = {"action": "change", "entity": "person", "id": "e1", "entity_id": person.record} | meta
    work = office.road.unit_of_work
    equipment = Equipment(work, LOOPBACK, office.accounts)
    desk = PluginDesk(office.road.registry, equipment, Breakers(work.clock), NoLimit(), LINKS)
    app = Starlette(routes=desk.routes(), exception_handlers=problems.HANDLERS)
    url = LINKS.url("pipedrive", "changes", office.road.scope.tenant_id)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), auth=auth) as http:
        answer = await http.post(url, json={"meta": told, "data": {"name": data}})
    await office.travel()
    return answer.status_code


async def caller(office):
    async with office.open() as uow:
        return (await Contacts(uow).get(office.caller.contact_id)).name.read()


async def test_what_was_changed_is_read_there_once(known):
    [person] = known.crm.people()
    known.crm.touch(person.record, name="Anna Weber")
    for _ in range(2):
        assert await tell(known) == 204
    assert await caller(known) == "Anna Weber"
    assert len(known.crm.asked) == 1


async def test_whoever_knows_no_password_is_refused(known):
    for auth in (None, ("deskbell", "guessed"), ("admin", SECRET[1])):
        assert await tell(known, auth) == 401
    await known.configure(changes=True, hook_secret="")
    assert await tell(known) == 404
    assert known.crm.asked == []


async def test_what_is_about_nobody_known_is_passed_over(known):
    others = ({"entity": "deal"}, {"action": "delete"}, {"entity_id": "999"}, {"id": None})
    for each in others:
        assert await tell(known, **each) == 204
    assert known.crm.asked == []

"""HubSpot tells of changes: it has to prove that it does, and what counts is read there."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta

import httpx
import pytest
from starlette.applications import Starlette

from api import problems
from api.plugin_routes import PluginDesk
from domain.contacts.repository import Contacts
from domain.crm import files
from integrations.hubspot.fake import Failure
from plugins.admission import Equipment
from plugins.guard import Breakers
from tests.factories.account_calendars import LINKS, NoLimit
from tests.plugins.offices import LOOPBACK

SECRET = "the client secret of an app"
SECOND = timedelta(seconds=1)


@pytest.fixture
async def known(office, hubspot):
    """The caller stands there, and changes are taken over."""
    await office.configure(changes=True, hook_secret=SECRET)
    await office.lead()
    await office.travel()
    hubspot.now = office.road.unit_of_work.clock.now() + SECOND
    hubspot.asked.clear()
    return office


def address(office):
    return LINKS.url("hubspot", "changes", office.road.scope.tenant_id)


def event(record, number=1, kind="contact.propertyChange", **more):
    told = {"eventId": number, "subscriptionType": kind, "objectId": int(record)}
    return told | {"propertyName": "firstname", "propertyValue": "Mallory"} | more


def signed(url, body, at, secret=SECRET):
    moment = str(round(at.timestamp() * 1000))
    words = b"POST" + url.encode() + body + moment.encode()
    signature = base64.b64encode(hmac.new(secret.encode(), words, hashlib.sha256).digest())
    return {
        "X-HubSpot-Signature-v3": signature.decode(),
        "X-HubSpot-Request-Timestamp": moment,
    }


async def send(office, body, headers):
    work = office.road.unit_of_work
    equipment = Equipment(work, LOOPBACK, office.accounts)
    desk = PluginDesk(office.road.registry, equipment, Breakers(work.clock), NoLimit(), LINKS)
    app = Starlette(routes=desk.routes(), exception_handlers=problems.HANDLERS)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app)) as http:
        answer = await http.post(address(office), content=body, headers=headers)
    await office.travel()
    return answer.status_code


async def tell(office, *events):
    body = json.dumps(events).encode()
    now = office.road.unit_of_work.clock.now()
    return await send(office, body, signed(address(office), body, now))


async def caller(office):
    async with office.open() as uow:
        return (await Contacts(uow).get(office.caller.contact_id)).name.read()


def reads(hubspot):
    return [each for each in hubspot.asked if each.startswith("GET /crm/v3/objects/contacts/")]


async def test_what_was_changed_is_read_there_and_not_believed(known, hubspot):
    [record] = hubspot.objects["contacts"]
    hubspot.touch("contacts", record, firstname="Anna", lastname="Weber")
    assert await tell(known, event(record)) == 204
    assert await caller(known) == "Anna Weber"
    async with known.open() as uow:
        assert (await files.known(uow, "hubspot")).taken_over == 1
    # What is told and is not so changes nothing.
    assert await tell(known, event(record, 2)) == 204
    assert await caller(known) == "Anna Weber"


async def test_a_batch_is_read_once_for_each_person_and_an_event_once(known, hubspot):
    [record] = hubspot.objects["contacts"]
    batch = [event(record, number) for number in range(100)]
    await tell(known, *batch)
    assert len(reads(hubspot)) == 1
    await tell(known, *batch)
    assert len(reads(hubspot)) == 1
    await tell(known, *batch[:9], event(record, 100, kind="object.propertyChange"))
    assert len(reads(hubspot)) == 1
    general = {"kind": "object.propertyChange", "objectTypeId": "0-1"}
    await tell(known, event(record, 101, **general))
    assert len(reads(hubspot)) == 2


async def test_of_strangers_and_other_records_nothing_is_read(known, hubspot):
    stranger = hubspot.add("contacts", firstname="Bo")
    [record, _] = hubspot.objects["contacts"]
    told = [event(stranger), event(record, 2, kind="deal.propertyChange"), event(record, 3, "x")]
    assert await tell(known, *told, {"eventId": 4}, "nonsense") == 204
    assert hubspot.asked == []


async def test_whoever_proves_nothing_is_refused(known, hubspot):
    [record] = hubspot.objects["contacts"]
    body, now = json.dumps([event(record)]).encode(), known.road.unit_of_work.clock.now()
    url = address(known)
    right = signed(url, body, now)
    forged = [
        signed(url, body, now, "guessed"),
        signed(url + "?a=b", body, now),
        signed(url, body + b" ", now),
        signed(url, body, now - timedelta(minutes=5, seconds=1)),
        signed(url, body, now + timedelta(minutes=5, seconds=1)),
        right | {"X-HubSpot-Request-Timestamp": "soon"},
        right | {"X-HubSpot-Signature-v3": ""},
        {},
    ]
    assert [await send(known, body, headers) for headers in forged] == [401] * len(forged)
    assert hubspot.asked == []
    assert await send(known, body, right) == 204
    assert len(reads(hubspot)) == 1


async def test_without_a_secret_or_a_wish_nothing_is_heard(known, hubspot):
    [record] = hubspot.objects["contacts"]
    await known.configure(changes=False)
    assert await tell(known, event(record)) == 204
    await known.configure(changes=True, hook_secret="")
    assert await tell(known, event(record, 2)) == 404
    assert hubspot.asked == []


async def test_what_cannot_be_read_is_no_news(known, hubspot):
    now = known.road.unit_of_work.clock.now()
    assert await send(known, b"[", signed(address(known), b"[", now)) == 400
    assert await tell(known) == 204
    assert hubspot.asked == []


async def test_a_failure_there_is_tried_again(known, hubspot):
    [record] = hubspot.objects["contacts"]
    hubspot.touch("contacts", record, firstname="Anna", lastname="Weber")
    hubspot.failures = [Failure(500)]
    await tell(known, event(record))
    assert await caller(known) == "Anna Schmidt"
    known.road.wait(timedelta(minutes=5))
    await known.travel()
    assert await caller(known) == "Anna Weber"

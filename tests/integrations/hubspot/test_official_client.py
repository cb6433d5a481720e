"""Our HubSpot speaks as the real one: its official client gets along with it."""

import asyncio
from functools import partial

import pytest
from hubspot import HubSpot
from hubspot.crm.contacts import (
    ApiException,
    PublicObjectSearchRequest,
    SimplePublicObjectInput,
    SimplePublicObjectInputForCreate,
)
from hubspot.crm.objects import SimplePublicObjectInputForCreate as NewObject
from hubspot.crm.properties import PropertyCreate

from integrations.hubspot.fake import Failure, FakeHubSpot
from tests.fakes.serving import free_port, serving

PHONE = "+12125550199"


def api_at(port, package, name, config):
    """A part of the client that asks our HubSpot instead of the vendor's."""
    configuration = package.Configuration(host=f"http://127.0.0.1:{port}")
    configuration.access_token = config["access_token"]
    return getattr(package, name)(api_client=package.ApiClient(configuration=configuration))


@pytest.fixture
def hubspot():
    return FakeHubSpot()


@pytest.fixture
async def client(hubspot):
    async with serving(hubspot.app(), free_port()) as port:
        yield HubSpot(access_token="token", api_factory=partial(api_at, port))


async def added(client, **values):
    new = SimplePublicObjectInputForCreate(properties=values, associations=[])
    return await asyncio.to_thread(client.crm.contacts.basic_api.create, new)


def by_name(first, **more):
    filters = [{"propertyName": "firstname", "operator": "EQ", "value": first}]
    return PublicObjectSearchRequest(filter_groups=[{"filters": filters}], **more)


async def test_contacts_are_added_read_changed_and_found(client):
    made = await added(client, firstname="Bo", email="bo@example.com", phone=PHONE)
    api = client.crm.contacts.basic_api
    found = await asyncio.to_thread(api.get_by_id, "bo@example.com", id_property="email")
    assert (found.id, found.properties["firstname"]) == (made.id, "Bo")
    change = SimplePublicObjectInput(properties={"firstname": "Kim"})
    await asyncio.to_thread(api.update, made.id, change)
    search = client.crm.contacts.search_api.do_search
    hits = await asyncio.to_thread(search, by_name("kim", properties=["phone"]))
    assert (hits.total, hits.results[0].properties["phone"]) == (1, PHONE)
    await asyncio.to_thread(api.archive, made.id)
    assert (await asyncio.to_thread(search, by_name("kim"))).total == 0


async def test_pages_follow_each_other(client):
    for _ in range(3):
        await added(client, firstname="Bo")
    search = client.crm.contacts.search_api.do_search
    first = await asyncio.to_thread(search, by_name("Bo", limit=2))
    assert len(first.results) == 2
    after = first.paging.next.after
    rest = await asyncio.to_thread(search, by_name("Bo", limit=2, after=after))
    assert (len(rest.results), rest.paging) == (1, None)
    every = await asyncio.to_thread(client.crm.contacts.get_all)
    assert len(every) == 3


async def test_calls_belong_to_contacts(client, hubspot):
    person = await added(client, firstname="Bo")
    types = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 194}]
    values = {"hs_timestamp": "2026-11-16T15:00:00.000Z", "hs_call_title": "Call"}
    new = NewObject(properties=values, associations=[{"to": {"id": person.id}, "types": types}])
    call = await asyncio.to_thread(client.crm.objects.basic_api.create, "calls", new)
    assert hubspot.objects["calls"][call.id]["associations"] == [person.id]


async def test_fields_are_made_once(client, hubspot):
    new = PropertyCreate(
        name="ours",
        label="Ours",
        type="string",
        field_type="text",
        group_name="contactinformation",
        has_unique_value=True,
    )
    made = await asyncio.to_thread(client.crm.properties.core_api.create, "contacts", new)
    assert made.name == "ours"
    with pytest.raises(Exception, match="409"):
        await asyncio.to_thread(client.crm.properties.core_api.create, "contacts", new)
    await added(client, ours="1")
    with pytest.raises(ApiException) as refused:
        await added(client, ours="1")
    assert refused.value.status == 400


async def test_errors_are_such_as_the_client_knows(client, hubspot):
    await added(client, email="bo@example.com")
    with pytest.raises(ApiException) as twice:
        await added(client, email="bo@example.com")
    assert (twice.value.status, "Existing ID: 101" in twice.value.body) == (409, True)
    with pytest.raises(ApiException) as unknown:
        await added(client, nothing="1")
    assert "PROPERTY_DOESNT_EXIST" in unknown.value.body
    hubspot.failures = [Failure(429, {"retry-after": "3"})]
    with pytest.raises(ApiException) as often:
        await added(client, firstname="Bo")
    assert (often.value.status, often.value.headers["retry-after"]) == (429, "3")
    hubspot.tokens = set()
    with pytest.raises(ApiException) as shut:
        await added(client, firstname="Bo")
    assert shut.value.status == 401

"""Which fields HubSpot has, and what was changed there."""

import pytest

from domain.crm.filing import Filing
from domain.crm.ports import Place
from domain.crm.wire import Wire
from integrations.hubspot import HubSpot, fault
from integrations.hubspot.fake import BEGIN, FakeHubSpot
from tests.fakes.crm import Straight


@pytest.fixture
def hubspot():
    return FakeHubSpot()


@pytest.fixture
def files(hubspot):
    there = Straight(hubspot.app())
    return Filing(HubSpot(Wire(there, there, fault)))


async def test_changes_come_in_order_and_once(files, hubspot):
    first = hubspot.add("contacts", firstname="Bo", lastname="Li")
    second = hubspot.add("contacts", firstname="Kim", email="kim@example.com")
    hubspot.touch("contacts", first, firstname="Bobby")
    found = await files.changes(Place(BEGIN), ())
    assert [(each.record, each.name) for each in found] == [(second, "Kim"), (first, "Bobby Li")]
    last = found[-1]
    assert await files.changes(Place(last.at, frozenset({last.record})), ()) == []


async def test_fields_say_whether_words_can_be_written(files):
    known = {each.name: each for each in await files.fields()}
    assert (known["company"].is_text, known["company"].writable) == (True, True)
    assert not known["createdate"].writable

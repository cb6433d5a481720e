"""Requests to Mailchimp, and what its answers mean."""

import json
from datetime import UTC, datetime

import pytest

from domain.crm.ports import CrmBusy, CrmRefused
from domain.crm.wire import Taken, Wire
from domain.errors import Unavailable
from integrations.mailchimp import Entry, Mailchimp, NotTaken, Status, fault
from tests.fakes.crm import Answered, Failure, Straight
from tests.fakes.mailchimp import AUDIENCE, FakeMailchimp

AT = datetime(2026, 11, 16, 15, tzinfo=UTC)
ANNA = Entry("Anna@example.com", {"FNAME": "Anna"}, "en-US", AT)


@pytest.fixture
def fake():
    return FakeMailchimp()


@pytest.fixture
def there(fake):
    way = Straight(fake.app())
    return Mailchimp(Wire(way, way, fault))


async def test_somebody_is_added_read_changed_archived_and_forgotten(fake, there):
    added = await there.add(AUDIENCE, ANNA, Status.SUBSCRIBED)
    assert await there.by_email(AUDIENCE, "anna@example.com") == added
    assert added.says(ANNA)
    changed = await there.change(AUDIENCE, added.record, {"email_address": "anna@example.org"})
    assert (changed.record, changed.email) == (added.record, "anna@example.org")
    await there.archive(AUDIENCE, added.record)
    found = await there.member(AUDIENCE, added.record)
    assert found is not None
    assert found.status is Status.ARCHIVED
    assert await there.forget(AUDIENCE, added.record)
    assert not await there.forget(AUDIENCE, added.record)
    assert fake.people() == []


async def test_how_somebody_stands_there_stays_when_they_are_added_again(there):
    added = await there.add(AUDIENCE, ANNA, Status.SUBSCRIBED)
    await there.change(AUDIENCE, added.record, {"status": Status.UNSUBSCRIBED})
    again = await there.add(AUDIENCE, ANNA, Status.SUBSCRIBED)
    assert (again.record, again.status) == (added.record, Status.UNSUBSCRIBED)


async def test_many_are_added_at_once_but_those_who_are_there(fake, there):
    record = fake.add("Bo", email="bo@example.com", status="unsubscribed")
    bo = Entry("bo@example.com", {}, "", AT)
    made = await there.add_all(AUDIENCE, [ANNA, bo], Status.SUBSCRIBED)
    assert list(made) == ["anna@example.com"]
    assert fake.audiences[AUDIENCE][record]["status"] == "unsubscribed"


async def test_audiences_are_listed_and_found(fake, there):
    assert [(each.id, each.members) for each in await there.audiences()] == [(AUDIENCE, 0)]
    assert await there.audience(AUDIENCE) is not None
    assert await there.audience("gone") is None


async def test_an_audience_that_is_gone_is_said_to_be(there):
    for asked in (
        there.add("gone", ANNA, Status.SUBSCRIBED),
        there.add_all("gone", [ANNA], Status.SUBSCRIBED),
        there.changed("gone", AT, 0),
        there.listen("gone", "https://deskbell.example/"),
    ):
        with pytest.raises(CrmRefused) as refused:
            await asked
        assert refused.value.reason == "audience_gone"


async def test_changes_come_in_order_a_page_at_a_time(fake, there):
    for number in range(3):
        fake.add(f"Bo{number}", email=f"bo{number}@example.com")
    found = await there.changed(AUDIENCE, AT, 1)
    assert [each.email for each in found] == ["bo1@example.com", "bo2@example.com"]


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("Forgotten Email Not Subscribed", "forgotten_there"),
        ("Member In Compliance State", "unsubscribed_there"),
        ("Invalid Resource", "address_not_taken"),
    ],
)
async def test_an_address_that_is_not_taken_says_why(fake, there, title, reason):
    fake.failures = [Failure(400, body={"title": title, "status": 400})]
    with pytest.raises(NotTaken) as refused:
        await there.add(AUDIENCE, ANNA, Status.SUBSCRIBED)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("status", "title", "meaning"),
    [
        (400, "Member Exists", Taken),
        (401, "API Key Invalid", CrmRefused),
        (403, "Forbidden", CrmRefused),
        (404, "Resource Not Found", KeyError),
        (429, "Too Many Requests", CrmBusy),
        (500, "Internal Server Error", Unavailable),
        (503, "", Unavailable),
    ],
)
def test_what_an_answer_means(status, title, meaning):
    assert isinstance(fault(Answered(status, {}, b""), {"title": title}), meaning)


def test_what_is_no_object_means_nothing():
    assert isinstance(fault(Answered(502, {}, b""), None), Unavailable)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"contact_id": "1", "id": "2", "email_address": "a@b.c", "status": "new"},
        {
            **{"contact_id": "1", "id": "2", "email_address": "a@b.c", "status": "subscribed"},
            "last_changed": "yesterday",
        },
    ],
)
async def test_an_answer_that_says_too_little_is_none(said):
    class Liar:
        async def ask(self, method, url, headers, body):
            return Answered(200, {}, json.dumps(said).encode())

    way = Straight(FakeMailchimp().app())
    with pytest.raises(Unavailable):
        await Mailchimp(Wire(Liar(), way, fault)).add(AUDIENCE, ANNA, Status.SUBSCRIBED)

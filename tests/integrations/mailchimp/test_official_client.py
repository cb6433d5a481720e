"""Our Mailchimp speaks as the real one: its official client gets along with it."""

import asyncio

import pytest
from mailchimp_marketing import Client
from mailchimp_marketing.api_client import ApiClientError

from tests.fakes.mailchimp import AUDIENCE, FakeMailchimp, digest
from tests.fakes.serving import free_port, serving

ANNA = {"email_address": "anna@example.com", "status_if_new": "subscribed"}
HASH = digest("anna@example.com")


@pytest.fixture
def mailchimp():
    return FakeMailchimp()


@pytest.fixture
async def lists(mailchimp):
    async with serving(mailchimp.app(), free_port()) as port:
        client = Client({"access_token": "token", "server": "us6"})
        client.lists.api_client.host = f"http://127.0.0.1:{port}/3.0"
        yield client.lists


def ask(deed, *given):
    return asyncio.to_thread(deed, *given)


async def test_members_are_set_read_updated_and_archived(lists):
    made = await ask(lists.set_list_member, AUDIENCE, HASH, ANNA)
    assert (made["status"], made["id"]) == ("subscribed", HASH)
    record = made["contact_id"]
    change = {"merge_fields": {"FNAME": "Anna"}, "status": "unsubscribed"}
    await ask(lists.update_list_member, AUDIENCE, record, change)
    found = await ask(lists.get_list_member, AUDIENCE, HASH)
    assert (found["merge_fields"]["FNAME"], found["status"]) == ("Anna", "unsubscribed")
    await ask(lists.delete_list_member, AUDIENCE, HASH)
    assert (await ask(lists.get_list_member, AUDIENCE, HASH))["status"] == "archived"


async def test_who_was_deleted_for_good_is_not_taken_again(lists):
    await ask(lists.set_list_member, AUDIENCE, HASH, ANNA)
    await ask(lists.delete_list_member_permanent, AUDIENCE, HASH)
    with pytest.raises(ApiClientError) as refused:
        await ask(lists.set_list_member, AUDIENCE, HASH, ANNA)
    assert (refused.value.status_code, "Forgotten" in str(refused.value.text)) == (400, True)


async def test_many_are_added_and_tagged(lists, mailchimp):
    many = [
        {"email_address": f"bo{n}@example.com", "status": "subscribed", "merge_fields": {}}
        for n in range(2)
    ]
    made = await ask(lists.batch_list_members, AUDIENCE, {"members": many})
    assert made["total_created"] == 2
    one = made["new_members"][0]
    tags = {"tags": [{"name": "Reception", "status": "active"}]}
    await ask(lists.update_list_member_tags, AUDIENCE, one["id"], tags)
    assert mailchimp.tags == {one["contact_id"]: ["Reception"]}


async def test_audiences_and_webhooks_are_listed(lists):
    assert [each["id"] for each in (await ask(lists.get_all_lists))["lists"]] == [AUDIENCE]
    hook = {
        "url": "https://deskbell.example/hook",
        "events": {"unsubscribe": True},
        "sources": {"user": True},
    }
    await ask(lists.create_list_webhook, AUDIENCE, hook)
    [kept] = (await ask(lists.get_list_webhooks, AUDIENCE))["webhooks"]
    assert kept["url"] == hook["url"]


async def test_errors_are_such_as_the_client_knows(lists, mailchimp):
    with pytest.raises(ApiClientError) as missing:
        await ask(lists.get_list_member, AUDIENCE, HASH)
    assert missing.value.status_code == 404
    mailchimp.failures = [mailchimp.busy(3)]
    with pytest.raises(ApiClientError) as often:
        await ask(lists.get_all_lists)
    assert often.value.status_code == 429
    mailchimp.tokens = set()
    with pytest.raises(ApiClientError) as shut:
        await ask(lists.get_all_lists)
    assert shut.value.status_code == 401

"""Messages, leads, knowledge, numbers, support and feedback through GraphQL."""

import pytest

from api.graphql.ids import read_id
from domain import recordings
from tenants.service import job_scope
from tests.api.deeds import do, listed, refuse
from tests.api.everything import global_ids, own_everything


@pytest.fixture
async def own(unit_of_work, scope):
    return global_ids(await own_everything(unit_of_work, scope, "mark"))


async def test_a_message_is_read_and_resolved(owner, own):
    [message] = await listed(owner, "messages", "id body status contact { name }", status="NEW")
    assert (message["body"], message["contact"]["name"]) == ("mark", "Anna mark")
    read = await do(owner, "messageMarkRead", "message { status }", id=message["id"])
    assert read["message"]["status"] == "READ"
    resolved = await do(owner, "messageResolve", "message { status resolvedAt }", id=message["id"])
    assert resolved["message"] == {"status": "RESOLVED", "resolvedAt": "2026-11-16T15:00:00Z"}
    assert await listed(owner, "messages", "id", status="NEW") == []


async def test_a_message_can_become_urgent(owner, own):
    urgent = await do(
        owner, "messageSetPriority", "message { priority }", id=own["Message"], priority="HIGH"
    )
    assert urgent["message"]["priority"] == "HIGH"


async def test_a_message_is_left_once_per_key(owner, own):
    left = {"conversationId": own["Conversation"], "body": "Call me", "idempotencyKey": "m1"}
    first = await do(owner, "messageLeave", "message { id body }", **left)
    assert await do(owner, "messageLeave", "message { id body }", **left) == first
    assert await refuse(owner, "messageLeave", **left | {"body": "Other"}) == (
        "IdempotencyKeyReusedError"
    )


async def test_an_empty_message_is_refused(owner, own):
    left = {"conversationId": own["Conversation"], "body": "  "}
    assert await refuse(owner, "messageLeave", **left) == "InvalidInputError"


async def test_a_lead_is_captured_and_followed_up(owner, own):
    captured = await do(
        owner,
        "leadCapture",
        "lead { id need source status }",
        contactId=own["Contact"],
        need="Implants",
    )
    lead = captured["lead"]
    assert (lead["need"], lead["source"], lead["status"]) == ("Implants", "OWNER", "NEW")
    warm = await do(
        owner, "leadQualify", "lead { qualification }", id=lead["id"], qualification="WARM"
    )
    assert warm["lead"]["qualification"] == "WARM"
    await do(owner, "leadChangeStatus", "lead { id }", id=lead["id"], status="WON")
    [won] = await listed(owner, "leads", "need contact { name }", status="WON")
    assert won == {"need": "Implants", "contact": {"name": "Anna mark"}}


async def test_knowledge_is_drafted_worded_and_published(owner):
    added = await do(
        owner, "knowledgeAdd", "item { id status version }", question="Parking?", answer="Yes."
    )
    item = added["item"]
    assert (item["status"], item["version"]) == ("DRAFT", 1)
    reworded = await do(
        owner, "knowledgeUpdate", "item { question answer version }", id=item["id"], answer="Free."
    )
    assert reworded["item"] == {"question": "Parking?", "answer": "Free.", "version": 2}
    await do(owner, "knowledgePublish", "item { id }", id=item["id"])
    assert [
        k["answer"] for k in await listed(owner, "knowledge", "answer", status="PUBLISHED")
    ] == ["Free."]
    retired = await do(owner, "knowledgeRetire", "item { status }", id=item["id"])
    assert retired["item"]["status"] == "RETIRED"


async def test_knowledge_may_not_be_emptied_by_null(owner, own):
    query = "mutation ($id: ID!) { knowledgeUpdate(input: {id: $id, answer: null}) { __typename } }"
    assert await owner.fail(query, id=own["KnowledgeItem"]) == "BAD_REQUEST"


async def test_a_number_rings_at_one_business_only(owner, own, scope):
    numbers = "{ tenant { phoneNumbers { id number label location { name } } } }"
    [mine] = (await owner.ask(numbers))["tenant"]["phoneNumbers"]
    assert await refuse(owner, "phoneNumberAttach", number=mine["number"]) == "NumberTakenError"
    fields = "attachedNumber { label }"
    relabelled = await do(owner, "phoneNumberLabel", fields, id=mine["id"], label="Front desk")
    assert relabelled["attachedNumber"]["label"] == "Front desk"
    await do(owner, "phoneNumberPlace", fields, id=mine["id"], locationId=own["Location"])
    [placed] = (await owner.ask(numbers))["tenant"]["phoneNumbers"]
    assert placed["location"] == {"name": "Main Street"}
    await do(owner, "phoneNumberRelease", "id", id=mine["id"])
    assert (await owner.ask(numbers))["tenant"]["phoneNumbers"] == []


async def test_help_is_asked_for_once_per_key(owner):
    asked = {"subject": "Help", "body": "It hums", "idempotencyKey": "t1"}
    fields = "ticket { id subject status }"
    first = await do(owner, "supportTicketOpen", fields, **asked)
    assert await do(owner, "supportTicketOpen", fields, **asked) == first
    id = first["ticket"]["id"]
    await do(owner, "supportTicketChangeStatus", "ticket { id }", id=id, status="CLOSED")
    [closed] = await listed(owner, "supportTickets", "subject closedAt", status="CLOSED")
    assert closed == {"subject": "Help", "closedAt": "2026-11-16T15:00:00Z"}


async def test_feedback_is_one_to_five(owner, own):
    opinion = {"conversationId": own["Conversation"], "rating": 4, "comment": "Polite"}
    given = await do(owner, "feedbackGive", "feedback { rating comment }", **opinion)
    assert given["feedback"] == {"rating": 4, "comment": "Polite"}
    assert await refuse(owner, "feedbackGive", **opinion | {"rating": 6}) == "InvalidInputError"


async def test_a_call_shows_its_conversation_and_turns(owner, own):
    fields = "state caller duration conversation { channel turns { text offsetMs speaker } }"
    [call] = await listed(owner, "calls", fields)
    assert (call["state"], call["duration"]) == ("RINGING", None)
    assert call["caller"].startswith("+1212555")
    assert [turn["text"] for turn in call["conversation"]["turns"]] == ["Hello mark", "Bye mark"]


async def test_a_recording_is_heard_under_a_link_once_ready(owner, own, unit_of_work, scope):
    fields = "recording { id state url duration }"
    [call] = await listed(owner, "calls", fields)
    assert call["recording"] == {
        "id": own["Recording"],
        "state": "RECORDING",
        "url": None,
        "duration": "PT0S",
    }
    async with unit_of_work(await job_scope(scope.tenant_id, "tests")) as uow:
        id = read_id("Recording", own["Recording"])
        recorded = recordings.Recorded(chunks=18, size_bytes=90 * 8000 * 4, sha256="0" * 64)
        await recordings.finish(uow, id, recorded)
    [call] = await listed(owner, "calls", fields)
    assert call["recording"]["url"].startswith("http://deskbell.test/recordings/")
    assert call["recording"]["duration"] == "PT1M30S"


async def test_conversations_can_be_narrowed_to_a_channel(owner, own):
    assert len(await listed(owner, "conversations", "id", channel="VOICE")) == 1
    assert await listed(owner, "conversations", "id", channel="CHAT") == []

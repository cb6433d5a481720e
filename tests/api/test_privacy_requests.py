"""Requests are opened, proved, decided and watched over GraphQL."""

import pytest

from api.graphql.ids import write_id
from domain import rights
from domain.rights.kinds import Intake
from tests.api.deeds import do, listed, refuse
from tests.factories.callers import ring
from tests.factories.exports import store_in
from tests.factories.rights import RightsDesk

REQUEST = "request { id kind state dueAt clocks { duty regime dueOn extendableTo } }"


@pytest.fixture
def desk(unit_of_work, scope, database, tmp_path):
    return RightsDesk(unit_of_work, scope, database, store_in(tmp_path))


@pytest.fixture
async def anna(unit_of_work, scope):
    return await ring(unit_of_work, scope, name="Anna Lee")


@pytest.mark.promise("P081", "P085")
@pytest.mark.law("L32")
async def test_a_request_goes_all_the_way(owner, desk, anna):
    contact = write_id("Contact", anna.contact_id)
    made = await do(owner, "privacyRequestOpen", REQUEST, kind="OBJECTION", contactId=contact)
    request = made["request"]
    assert request["state"] == "VERIFYING"
    assert [clock["regime"] for clock in request["clocks"]] == ["policy", "CCPA"]
    await desk.work()
    right, id = desk.code(), request["id"]
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    refused = await refuse(owner, "privacyRequestProve", id=id, code=wrong)
    assert refused == "VerificationRefusedError"
    refused = await refuse(owner, "privacyRequestFulfil", id=id)
    assert refused == "NotVerifiedError"
    proved = await do(owner, "privacyRequestProve", REQUEST, id=id, code=right)
    assert proved["request"]["state"] == "OPEN"
    done = await do(owner, "privacyRequestFulfil", REQUEST, id=id)
    assert (done["request"]["state"], done["request"]["clocks"]) == ("FULFILLED", [])
    [choice] = await listed(owner, "privacyChoices", "kind contact { name }")
    assert choice == {"kind": "OBJECTION", "contact": {"name": "Anna Lee"}}
    refused = await refuse(owner, "privacyRequestExtend", id=id, reason="late")
    assert refused == "RequestClosedError"


async def test_wrong_codes_count_over_graphql_too(owner, desk, anna):
    """What refuses them does not undo that they were counted."""
    request = await desk.ask("deletion", Intake.FORM, phone=anna.phone)
    right, id = desk.code(), write_id("PrivacyRequest", request.id)
    for _ in range(5):
        await refuse(owner, "privacyRequestProve", id=id, code="wrong")
    assert not await desk.do(rights.prove, request.id, right)


@pytest.mark.promise("P081")
async def test_somebody_asks_the_operator_about_their_account(owner):
    made = await do(owner, "ownRequestOpen", "request { id party state }", kind="ACCESS")
    assert made["request"]["party"] == "ACCOUNT"
    assert await listed(owner, "privacyRequests", "id") == []
    answer = await owner.ask("{ viewer { privacyRequests { id kind clocks { regime } } } }")
    [own] = answer["viewer"]["privacyRequests"]
    assert own["kind"] == "ACCESS"
    assert "policy" in {clock["regime"] for clock in own["clocks"]}
    gone = await do(owner, "ownRequestWithdraw", "request { state }", id=made["request"]["id"])
    assert gone["request"]["state"] == "WITHDRAWN"


async def test_everything_of_somebody_is_packed_and_linked(owner, desk, anna):
    contact = write_id("Contact", anna.contact_id)
    fields = "archive { id whose state chapters packed }"
    made = await do(owner, "contactArchiveStart", fields, contactId=contact)
    assert made["archive"]["state"] == "RUNNING"
    refused = await refuse(owner, "archiveLinkMake", id=made["archive"]["id"])
    assert refused == "ArchiveNotReadyError"
    await desk.work()
    linked = await do(owner, "archiveLinkMake", "path", id=made["archive"]["id"])
    assert linked["path"].startswith("/my-copy#")
    [archive] = await listed(owner, "archives", "state chapters packed bytes")
    assert archive["state"] == "READY"
    assert archive["chapters"] == archive["packed"]

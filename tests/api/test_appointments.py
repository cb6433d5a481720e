"""Booking, moving and calling off visits through GraphQL."""

from datetime import timedelta

import pytest

from api.graphql.ids import write_id
from domain.idempotency import IdempotencyRecord
from tests.api.everything import TOMORROW_AT_TEN
from tests.factories.business import open_practice
from tests.factories.callers import ring

BOOK = """
mutation ($input: AppointmentBookInput!) { appointmentBook(input: $input) {
  __typename
  ... on AppointmentBookPayload { appointment {
    id status startsAt endsAt timeZone notes
    contact { name } visitor { name born } location { name }
    site { postcode latitude longitude }
    service { name price { amountMinor currency } } } }
  ... on UserError { code message path }
  ... on SlotTakenError { startsAt alternatives }
  ... on OutsideHoursError { alternatives }
  ... on TooFarAheadError { latest } } }
"""
RESCHEDULE = """
mutation ($input: AppointmentRescheduleInput!) { appointmentReschedule(input: $input) {
  __typename
  ... on AppointmentReschedulePayload { appointment { id startsAt } }
  ... on UserError { code } } }
"""
CANCEL = """
mutation ($input: AppointmentCancelInput!) { appointmentCancel(input: $input) {
  __typename
  ... on AppointmentCancelPayload { appointment { status cancelledAt } }
  ... on UserError { code } } }
"""
CHANGE = """
mutation ($input: AppointmentChangeStatusInput!) { appointmentChangeStatus(input: $input) {
  __typename
  ... on AppointmentChangeStatusPayload { appointment { status } }
  ... on WrongStatusError { code status } } }
"""
LIST = """
query ($from: DateTime, $to: DateTime, $status: AppointmentStatus) { tenant {
  appointments(from: $from, to: $to, status: $status) { edges { node { startsAt } } } } }
"""
AVAILABILITY = """
query ($service: ID!, $from: Date!, $to: Date!, $resource: ID, $postcode: String) { tenant {
  availability(
    serviceId: $service, from: $from, to: $to, resourceId: $resource, postcode: $postcode) {
    startsAt endsAt location { name } resources { name } } } }
"""


@pytest.fixture
async def practice(unit_of_work, scope):
    return await open_practice(unit_of_work, scope)


@pytest.fixture
async def caller(unit_of_work, scope, practice):
    return await ring(unit_of_work, scope)


@pytest.fixture
def wanted(practice, caller):
    """A visit that can be booked."""
    return {
        "contactId": write_id("Contact", caller.contact_id),
        "serviceId": write_id("Service", practice.exam_id),
        "startsAt": TOMORROW_AT_TEN.isoformat(),
        "notes": "Left molar",
    }


async def book(owner, wanted, **changes):
    return (await owner.ask(BOOK, input=wanted | changes))["appointmentBook"]


async def booked_id(owner, wanted):
    return (await book(owner, wanted))["appointment"]["id"]


def later(**delta):
    return (TOMORROW_AT_TEN + timedelta(**delta)).isoformat()


async def test_a_booked_visit_comes_back_whole(owner, wanted):
    booked = (await book(owner, wanted))["appointment"]
    assert booked["startsAt"] == "2026-11-17T15:00:00Z"
    assert booked["endsAt"] == "2026-11-17T16:00:00Z"
    assert (booked["status"], booked["timeZone"]) == ("CONFIRMED", "America/New_York")
    assert (booked["notes"], booked["contact"]["name"]) == ("Left molar", "Anna Lee")
    assert booked["service"]["price"] == {"amountMinor": 9500, "currency": "USD"}


async def test_it_is_kept_who_comes(owner, wanted):
    visitor = {"name": "Leo Lee", "born": "2016-04-03"}
    assert (await book(owner, wanted, visitor=visitor))["appointment"]["visitor"] == visitor


async def test_it_is_kept_where_to_and_the_way_counts(owner, wanted):
    travel = "mutation { rulesUpdate(input: {booking: {travel: {}}}) { __typename } }"
    await owner.ask(travel)
    site = (await book(owner, wanted, postcode="10001"))["appointment"]["site"]
    assert site["postcode"] == "10001"
    assert (round(site["latitude"]), round(site["longitude"])) == (41, -74)
    asked = {"service": wanted["serviceId"], "from": "2026-11-17", "to": "2026-11-17"}
    near, far = [
        (await owner.ask(AVAILABILITY, **asked, postcode=code))["tenant"]["availability"]
        for code in ("10001", "10950")
    ]
    assert near[0]["startsAt"] == "2026-11-17T16:15:00Z"
    assert far[0]["startsAt"] > near[0]["startsAt"]


@pytest.mark.parametrize("wrong", [{"name": " "}, {"born": "2026-12-24"}])
async def test_nobody_comes_without_a_name_or_before_birth(owner, wanted, wrong):
    refused = await book(owner, wanted, visitor={"name": "Leo", "born": "2016-04-03"} | wrong)
    [part] = wrong
    assert (refused["__typename"], refused["path"]) == ("InvalidInputError", f"visitor.{part}")


async def test_a_taken_slot_comes_with_alternatives(owner, wanted):
    await book(owner, wanted)
    refused = await book(owner, wanted)
    assert (refused["__typename"], refused["code"]) == ("SlotTakenError", "SLOT_TAKEN")
    assert refused["path"] == "startsAt"
    assert len(refused["alternatives"]) == 3


@pytest.mark.parametrize(
    ("starts_at", "error"),
    [
        ("2026-11-16T14:00:00Z", "InThePastError"),
        ("2026-11-16T15:30:00Z", "TooSoonError"),
        ("2026-11-17T03:00:00Z", "OutsideHoursError"),
        ("2027-11-17T15:00:00Z", "TooFarAheadError"),
    ],
)
async def test_a_bad_time_is_an_error_of_its_own(owner, wanted, starts_at, error):
    assert (await book(owner, wanted, startsAt=starts_at))["__typename"] == error


async def test_a_refused_booking_leaves_nothing_behind(owner, wanted):
    await book(owner, wanted, startsAt="2026-11-17T03:00:00Z")
    assert (await owner.ask(LIST))["tenant"]["appointments"]["edges"] == []


async def test_a_service_nobody_knows_is_not_found(owner, wanted):
    changed = wanted | {"serviceId": wanted["contactId"]}
    assert await owner.fail(BOOK, input=changed) == "NOT_FOUND"


async def test_a_local_time_without_its_offset_is_refused(owner, wanted):
    changed = wanted | {"startsAt": "2026-11-17T10:00:00"}
    assert await owner.fail(BOOK, input=changed) == "BAD_REQUEST"


async def test_the_same_key_books_once(owner, wanted):
    first = await book(owner, wanted, idempotencyKey="k1")
    again = await book(owner, wanted, idempotencyKey="k1")
    assert again == first
    assert len((await owner.ask(LIST))["tenant"]["appointments"]["edges"]) == 1


async def test_a_key_is_not_used_for_two_requests(owner, wanted):
    await book(owner, wanted, idempotencyKey="k1")
    refused = await book(owner, wanted, idempotencyKey="k1", notes="Right molar")
    assert refused["code"] == "IDEMPOTENCY_KEY_REUSED"
    assert refused["path"] == "idempotencyKey"


async def test_a_refused_request_may_try_its_key_again(owner, wanted, unit_of_work, scope):
    await book(owner, wanted, idempotencyKey="k1", startsAt="2026-11-17T03:00:00Z")
    async with unit_of_work(scope, read_only=True) as uow:
        assert await IdempotencyRecord.all().using_db(uow.connection).count() == 0
    retried = await book(owner, wanted, idempotencyKey="k1")
    assert retried["__typename"] == "AppointmentBookPayload"


async def test_a_visit_can_be_moved(owner, wanted):
    id = await booked_id(owner, wanted)
    moved = await owner.ask(RESCHEDULE, input={"id": id, "startsAt": later(hours=1)})
    appointment = moved["appointmentReschedule"]["appointment"]
    assert appointment == {"id": id, "startsAt": "2026-11-17T16:00:00Z"}


async def test_a_visit_keeps_its_place_if_the_new_one_is_taken(owner, wanted):
    id = await booked_id(owner, wanted)
    await book(owner, wanted, startsAt=later(hours=2))
    refused = await owner.ask(RESCHEDULE, input={"id": id, "startsAt": later(hours=2)})
    assert refused["appointmentReschedule"]["code"] == "SLOT_TAKEN"
    starts = [
        e["node"]["startsAt"] for e in (await owner.ask(LIST))["tenant"]["appointments"]["edges"]
    ]
    assert starts == ["2026-11-17T15:00:00Z", "2026-11-17T17:00:00Z"]


async def test_a_visit_is_called_off_once(owner, wanted):
    id = await booked_id(owner, wanted)
    first = (await owner.ask(CANCEL, input={"id": id}))["appointmentCancel"]
    assert first["appointment"]["status"] == "CANCELLED"
    assert (await owner.ask(CANCEL, input={"id": id}))["appointmentCancel"] == first


async def test_a_status_follows_from_the_last(owner, wanted):
    id = await booked_id(owner, wanted)
    arrived = await owner.ask(CHANGE, input={"id": id, "status": "ARRIVED"})
    assert arrived["appointmentChangeStatus"]["appointment"]["status"] == "ARRIVED"
    refused = await owner.ask(CHANGE, input={"id": id, "status": "NO_SHOW"})
    assert refused["appointmentChangeStatus"] == {
        "__typename": "WrongStatusError",
        "code": "WRONG_STATUS",
        "status": "arrived",
    }


async def test_the_calendar_can_be_narrowed(owner, wanted):
    await book(owner, wanted)
    await book(owner, wanted, startsAt=later(days=1))
    listed = await owner.ask(LIST, **{"from": later(hours=1)})
    assert [e["node"]["startsAt"] for e in listed["tenant"]["appointments"]["edges"]] == [
        "2026-11-18T15:00:00Z"
    ]
    none = await owner.ask(LIST, status="CANCELLED")
    assert none["tenant"]["appointments"]["edges"] == []


async def test_free_times_leave_out_what_is_taken(owner, wanted, practice):
    asked = {"service": wanted["serviceId"], "from": "2026-11-17", "to": "2026-11-17"}
    before = (await owner.ask(AVAILABILITY, **asked))["tenant"]["availability"]
    await book(owner, wanted)
    after = (await owner.ask(AVAILABILITY, **asked))["tenant"]["availability"]
    starts = {slot["startsAt"] for slot in before} - {slot["startsAt"] for slot in after}
    assert "2026-11-17T15:00:00Z" in starts
    assert before[0]["resources"] == [{"name": "Dr. Maya Lee"}]
    assert before[0]["location"] == {"name": "Main Street"}


async def test_free_times_are_asked_for_a_few_weeks(owner, wanted):
    asked = {"service": wanted["serviceId"], "from": "2026-11-17", "to": "2027-11-17"}
    assert await owner.fail(AVAILABILITY, **asked) == "INVALID_INPUT"


async def test_two_mutations_of_one_document_are_two_deeds(owner, wanted):
    twice = """
    mutation ($a: AppointmentBookInput!, $b: AppointmentBookInput!) {
      a: appointmentBook(input: $a) { __typename }
      b: appointmentBook(input: $b) { __typename ... on AppointmentBookPayload {
        appointment { contact { name } } } } }
    """
    late = wanted | {"startsAt": "2026-11-17T03:00:00Z"}
    data = await owner.ask(twice, a=late, b=wanted)
    assert data["a"]["__typename"] == "OutsideHoursError"
    assert data["b"]["appointment"]["contact"]["name"] == "Anna Lee"

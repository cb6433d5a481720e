"""Calls, leads and messages stand at HubSpot, once, whatever happens on the way."""

from datetime import timedelta

import pytest

from domain import contacts
from domain.crm.ports import Kind
from integrations.hubspot.fake import Failure
from plugins import attempts
from plugins.connections.repository import OAuthConnections
from tests.factories.policies import agree, promise


async def test_a_call_stands_at_its_callers_record(office):
    await office.configure(link="https://portal.example/calls/{call_id}")
    call_id = await office.call()
    await office.travel()
    [person] = office.crm.values("contacts")
    assert (person["firstname"], person["lastname"]) == ("Anna", "Schmidt")
    assert person["phone"] == office.caller.phone
    assert person["deskbell_id"] == str(office.caller.contact_id)
    [call] = office.crm.objects["calls"].values()
    assert call["associations"] == [person["hs_object_id"]]
    assert call["properties"]["hs_call_direction"] == "INBOUND"
    assert call["properties"]["hs_call_from_number"] == office.caller.phone
    assert f"https://portal.example/calls/{call_id}" in call["properties"]["hs_call_body"]
    assert {row.kind for row in await office.records()} == {Kind.CALL, Kind.CONTACT}


async def test_a_lead_becomes_a_deal_and_a_message_a_task(office):
    await office.configure(pipeline="sales", stage="new")
    await office.lead("A new kitchen")
    await office.message("Call me about the invoice")
    await office.travel()
    [deal] = office.crm.values("deals")
    assert (deal["dealname"], deal["pipeline"], deal["dealstage"]) == (
        *("A new kitchen", "sales", "new"),
    )
    [task] = office.crm.values("tasks")
    assert task["hs_task_subject"] == "Message: Call me about the invoice"
    assert task["hs_task_status"] == "NOT_STARTED"
    assert len(office.crm.values("contacts")) == 1


async def test_what_is_switched_off_is_not_told(office):
    await office.configure(calls=False, leads=False, tasks=False)
    await office.call()
    await office.lead()
    await office.message()
    await office.travel()
    assert office.crm.asked == []


async def test_somebody_on_file_is_found_by_number_and_what_stands_there_stays(office):
    known = office.crm.add(
        "contacts", firstname="Annegret", company="Schmidt Ltd", phone=office.caller.phone[2:]
    )
    await office.lead()
    await office.travel()
    [person] = office.crm.values("contacts")
    assert person["hs_object_id"] == known
    assert (person["firstname"], person["lastname"]) == ("Annegret", "Schmidt")
    assert person["company"] == "Schmidt Ltd"
    assert person["phone"] == office.caller.phone[2:]


async def test_the_same_digits_in_another_country_are_somebody_else(office):
    office.crm.add("contacts", firstname="Wei", phone=f"+86{office.caller.phone[2:]}")
    await office.lead()
    await office.travel()
    assert len(office.crm.values("contacts")) == 2


async def test_an_address_on_file_is_no_second_person(office):
    """The search has not caught up with what was written: the conflict says who it is."""
    office.crm.add("contacts", email=f"{office.caller.phone[1:]}@example.com")
    office.crm.invisible = True
    await office.lead()
    await office.travel()
    [person] = office.crm.values("contacts")
    assert person["deskbell_id"] == str(office.caller.contact_id)
    assert person["phone"] == office.caller.phone


@pytest.mark.parametrize("lost", ["contacts", "deals"])
async def test_what_was_written_before_the_answer_was_lost_stands_there_once(office, lost):
    office.crm.losing = {f"POST /crm/v3/objects/{lost}"}
    # The search never catches up: our own field tells what is ours.
    office.crm.invisible = True
    await office.lead()
    await office.travel()
    assert await office.states() == {"hubspot:note_lead": ("waiting", 1)}
    office.road.wait(timedelta(hours=1))
    await office.travel()
    assert len(office.crm.values("contacts")) == 1
    assert len(office.crm.values("deals")) == 1
    assert {row.kind for row in await office.records()} == {Kind.CONTACT, Kind.LEAD}


async def test_a_correction_is_written_over_and_the_rest_stays(office):
    await office.lead()
    await office.travel()
    [person] = office.crm.values("contacts")
    office.crm.objects["contacts"][person["hs_object_id"]]["properties"]["company"] = "Ltd"
    await office.correct(name="Anna Weber")
    await office.travel()
    [person] = office.crm.values("contacts")
    assert (person["lastname"], person["company"]) == ("Weber", "Ltd")


async def test_whoever_is_not_on_file_is_not_put_there_by_a_correction(office):
    await office.correct(name="Anna Weber")
    await office.travel()
    assert office.crm.asked == []


async def test_too_many_requests_put_off_until_it_says_so(office):
    office.crm.failures = [Failure(429, {"retry-after": "40"})]
    await office.lead()
    await office.travel()
    assert await office.states() == {"hubspot:note_lead": ("waiting", 0)}
    office.road.wait(timedelta(seconds=39))
    assert await office.road.travel() == 0
    office.road.wait(timedelta(seconds=2))
    await office.travel()
    assert len(office.crm.values("deals")) == 1


async def test_a_day_used_up_is_looked_at_every_half_an_hour(office):
    office.crm.failures = [Failure(429, policy="DAILY")]
    await office.lead()
    await office.travel()
    office.road.wait(timedelta(minutes=29))
    await office.travel()
    assert await office.states() == {"hubspot:note_lead": ("waiting", 0)}
    office.road.wait(timedelta(minutes=2))
    await office.travel()
    assert await office.states() == {"hubspot:note_lead": ("done", 1)}


async def test_a_failure_over_there_is_tried_again(office):
    office.crm.failures = [Failure(502)]
    await office.lead()
    await office.travel()
    assert await office.states() == {"hubspot:note_lead": ("waiting", 1)}
    office.road.wait(timedelta(hours=1))
    await office.travel()
    assert await office.states() == {"hubspot:note_lead": ("done", 2)}
    assert len(office.crm.values("deals")) == 1


async def test_a_token_that_is_refused_is_renewed(office):
    office.crm.tokens = {"another"}
    await office.lead()
    await office.travel()
    assert len(office.crm.values("deals")) == 1


async def test_an_account_that_needs_consent_keeps_everything_waiting(office):
    office.crm.tokens, office.crm.grants = set(), False
    await office.lead()
    await office.travel()
    assert await office.states() == {"hubspot:note_lead": ("waiting", 0)}
    async with office.open() as uow:
        connection = await OAuthConnections(uow).get(office.connection_id)
    assert connection.status.value == "needs_consent"


async def test_a_field_that_is_gone_parks_what_was_mapped_until_it_is_mended(office):
    await office.configure(fields={"source": "heard_of_us"})
    await office.lead()
    await office.travel()
    assert await office.states() == {"hubspot:note_lead": ("dead", 1)}
    [parked] = [one for one in await office.road.deliveries() if one.status.value == "dead"]
    assert [one.error for one in await office.road.attempts() if one.error] == ["FieldMissing"]
    assert office.crm.values("deals") == []
    await office.configure(fields={"source": "hs_language"})
    async with office.open() as uow:
        await attempts.replay(uow, parked.id)
    await office.travel()
    assert len(office.crm.values("deals")) == 1
    assert office.crm.values("contacts")[0]["hs_language"] == "caller"


async def test_whoever_is_restricted_is_not_told_of(office):
    async with office.open() as uow:
        await contacts.restrict(uow, office.caller.contact_id)
    await office.lead()
    await office.travel()
    assert office.crm.asked == []


@pytest.mark.law("L37")
async def test_health_data_goes_nowhere_without_an_agreement(office):
    await promise(office.road.unit_of_work, office.road.scope, preset="healthcare")
    await office.lead()
    await office.travel()
    assert office.crm.asked == []
    async with office.open() as uow:
        await agree(uow, "plugin:hubspot", party="HubSpot, Inc.")
    await office.lead("Another kitchen")
    await office.travel()
    assert [deal["dealname"] for deal in office.crm.values("deals")] == ["Another kitchen"]

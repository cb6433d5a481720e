"""Diaries at a FHIR R4 server, against Medplum's router running for real."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from joserfc.jwk import ECKey

from domain.calendars.ports import CalendarGone, CalendarRefused, Entry, Place, Seen
from domain.errors import Unavailable
from integrations.fhir.ports import ResourceRefused, Visitor
from tests.fakes.fhir_server import milliseconds
from tests.fakes.npm import needs_node
from tests.plugins.fhir.conftest import ANNA, HOUR, TEN, client_of

pytestmark = needs_node("diaries are not proved against a FHIR server")

VISIT = Entry(UUID(int=7), TEN, TEN + HOUR, "America/New_York", "Exam")
AT_TEN = ("2026-11-17T15:00:00Z", "2026-11-17T16:00:00Z")
AT_TWO = ("2026-11-17T19:00:00Z", "2026-11-17T20:00:00Z")
DAY = (TEN - 4 * HOUR, TEN + 10 * HOUR)


def slot(diary, status, start, end):
    times = {"status": status, "start": start, "end": end}
    return {"resourceType": "Slot", "schedule": {"reference": diary}, **times}


async def test_schedules_and_those_without_one_can_be_chosen(practice):
    [alone] = await practice.server.add(
        {"resourceType": "Practitioner", "name": [{"text": "Dr. Patel"}]},
    )
    found = {each.address: each.title for each in await practice.client.calendars()}
    assert found == {practice.diary: "Dr. Maya Lee", alone: "Dr. Patel"}


async def test_appointments_and_taken_slots_take_time(practice):
    server, diary = practice.server, practice.diary
    await server.busy(practice.who, *AT_TEN)
    await server.busy(practice.who, *AT_TWO, status="cancelled")
    await server.busy("Practitioner/another", *AT_TWO)
    late = ("2026-11-17T17:00:00Z", "2026-11-17T17:30:00Z")
    await server.add(slot(diary, "busy-unavailable", *late), slot(diary, "free", *AT_TWO))
    found = await practice.client.busy(practice.place, *DAY)
    assert [each.starts_at for each in found] == [TEN, TEN + 2 * HOUR]


async def test_every_page_is_read(practice):
    minutes = [f"2026-11-17T{15 + n // 60:02}:{n % 60:02}:00Z" for n in range(206)]
    slots = [slot(practice.diary, "busy", one, two) for one, two in pairwise(minutes)]
    await practice.server.add(*slots)
    assert len(await practice.client.busy(practice.place, *DAY)) == 205


async def test_a_visit_stands_there_once_with_its_patient(practice):
    for _ in range(2):
        written = await practice.client.put(practice.place, VISIT, None)
    [there] = await practice.server.all("Appointment")
    [patient] = await practice.server.all("Patient")
    assert written.address == f"Appointment/{there['id']}"
    assert (there["status"], there["start"], there["end"]) == ("booked", *AT_TEN)
    actors = [each["actor"]["reference"] for each in there["participant"]]
    assert actors == [f"Patient/{patient['id']}", practice.who]
    assert patient["name"][0]["family"] == "Schmidt"
    [busy] = await practice.client.busy(practice.place, *DAY)
    assert busy.visit_id == VISIT.visit_id


@pytest.mark.parametrize(
    ("patient", "visitor", "is_the_same"),
    [
        ({"telecom": "(212) 555-0142"}, ANNA, True),
        ({"telecom": "(212) 555-0143"}, ANNA, False),
        ({"given": "Eva"}, ANNA, False),
        ({"born": "1990-01-02"}, replace(ANNA, born=date(1990, 1, 2)), True),
        ({"born": "1990-01-02"}, replace(ANNA, born=date(1960, 1, 2)), False),
        ({"born": "1990-01-02"}, ANNA, True),
        ({}, replace(ANNA, born=date(1990, 1, 2)), False),
        ({}, Visitor(UUID(int=2), "", ANNA.phone), False),
    ],
)
async def test_a_patient_is_known_by_name_and_number(practice, patient, visitor, is_the_same):
    number = patient.get("telecom", "212-555-0142")
    born = {"birthDate": patient["born"]} if "born" in patient else {}
    name = {"given": [patient.get("given", "Anna")], "family": "Schmidt"}
    known = {"name": [name], "telecom": [{"system": "phone", "value": number}], **born}
    [there] = await practice.server.add({"resourceType": "Patient", **known})
    practice.guests.visitor = visitor
    await practice.client.put(practice.place, VISIT, None)
    [visit] = await practice.server.all("Appointment")
    assert (visit["participant"][0]["actor"]["reference"] == there) is is_the_same
    assert len(await practice.server.all("Patient")) == (1 if is_the_same else 2)


async def test_of_two_that_fit_neither_is_taken(practice):
    name = {"given": ["Anna"], "family": "Schmidt"}
    twin = {"name": [name], "telecom": [{"system": "phone", "value": "+12125550142"}]}
    twins = await practice.server.add(*[{"resourceType": "Patient", **twin}] * 2)
    await practice.client.put(practice.place, VISIT, None)
    [visit] = await practice.server.all("Appointment")
    assert visit["participant"][0]["actor"]["reference"] not in twins


async def test_a_patient_who_was_merged_is_who_they_are_now(practice):
    await practice.client.put(practice.place, VISIT, None)
    [known] = await practice.server.add({"resourceType": "Patient", "active": True})
    [ours] = [each for each in await practice.server.all("Patient") if "identifier" in each]
    link = {"other": {"reference": known}, "type": "replaced-by"}
    await practice.server.control(update=[ours | {"active": False, "link": [link]}])
    await practice.client.put(practice.place, replace(VISIT, visit_id=UUID(int=8)), None)
    _, visit = await practice.server.all("Appointment")
    assert visit["participant"][0]["actor"]["reference"] == known


async def test_a_child_is_a_patient_of_their_own(practice):
    born = replace(ANNA, born=date(1985, 4, 1))
    child = replace(ANNA, name="Leo Schmidt", born=date(2018, 4, 3), person=UUID(int=3))
    for number, visitor in enumerate((ANNA, child, born, child), start=8):
        practice.guests.visitor = visitor
        await practice.client.put(practice.place, replace(VISIT, visit_id=UUID(int=number)), None)
    patients = await practice.server.all("Patient")
    told = [(each["name"][0]["given"], each["birthDate"]) for each in patients]
    assert told == [(["Anna"], "1985-04-01"), (["Leo"], "2018-04-03")]
    assert len(await practice.client.patients.known(ANNA.contact_id)) == 6


async def test_what_the_practice_noted_meanwhile_stays(practice):
    written = await practice.client.put(practice.place, VISIT, None)
    # Somebody writes between our reading and our writing: 412, and it is read again.
    await practice.server.control(meddle={"comment": "Brings her child"})
    moved = replace(VISIT, starts_at=TEN + HOUR, ends_at=TEN + 2 * HOUR)
    await practice.client.put(practice.place, moved, written)
    [there] = await practice.server.all("Appointment")
    assert (there["comment"], there["start"]) == ("Brings her child", "2026-11-17T16:00:00Z")
    assert len([each for each in await practice.server.asked() if each.startswith("PUT")]) == 2


async def test_a_visit_is_called_off_by_its_status(practice):
    written = await practice.client.put(practice.place, VISIT, None)
    for _ in range(2):
        await practice.client.remove(practice.place, VISIT.visit_id, written)
    [there] = await practice.server.all("Appointment")
    assert there["status"] == "cancelled"
    assert await practice.client.busy(practice.place, *DAY) == []
    # It is booked again.
    await practice.client.put(practice.place, VISIT, None)
    [there] = await practice.server.all("Appointment")
    assert there["status"] == "booked"


async def test_a_visit_that_took_place_is_not_called_off(practice):
    written = await practice.client.put(practice.place, VISIT, None)
    await practice.server.edit("Appointment", status="fulfilled")
    await practice.client.remove(practice.place, VISIT.visit_id, written)
    [there] = await practice.server.all("Appointment")
    assert there["status"] == "fulfilled"


async def test_changes_are_seen_once(practice):
    client, diary = practice.client, practice.place
    await client.put(diary, VISIT, None)
    first = await client.changes(diary, "")
    assert first.complete
    assert first.seen == (Seen(VISIT.visit_id, TEN, TEN + HOUR, "confirmed"),)
    assert not (await client.changes(diary, first.token)).changed
    await practice.server.edit("Appointment", start=AT_TWO[0], end=AT_TWO[1])
    second = await client.changes(diary, first.token)
    assert second.seen == (Seen(VISIT.visit_id, TEN + 4 * HOUR, TEN + 5 * HOUR, "confirmed"),)
    await practice.server.edit("Appointment", status="cancelled")
    third = await client.changes(diary, second.token)
    assert (third.seen, third.complete) == ((Seen(VISIT.visit_id, status="cancelled"),), False)
    assert not (await client.changes(diary, third.token)).changed


async def test_what_was_deleted_is_missed_within_an_hour(practice):
    written = await practice.client.put(practice.place, VISIT, None)
    known = await practice.client.changes(practice.place, "")
    await practice.server.control(delete=[written.address.split("/")])
    await practice.wait(timedelta(minutes=61))
    again = await practice.client.changes(practice.place, known.token)
    assert (again.complete, again.seen) == (True, ())


async def test_a_token_lasts_until_shortly_before_its_end(practice):
    async def tokens():
        return len([each for each in await practice.server.asked() if "POST /token" in each])

    await practice.client.calendars()
    await practice.client.calendars()
    assert await tokens() == 1
    await practice.wait(timedelta(minutes=4, seconds=31))
    await practice.client.calendars()
    assert await tokens() == 2
    # One that was withdrawn before its end is not used again.
    await practice.server.control(revoke=True)
    await practice.client.calendars()
    assert await tokens() == 3


async def test_a_key_of_rsa_opens_the_server_too(practice):
    client = client_of(practice.server, practice.clock, practice.guests, "RS384")
    assert len(await client.calendars()) == 1


async def refusal(client):
    with pytest.raises(CalendarRefused) as refused:
        await client.calendars()
    return refused.value.reason


async def test_a_key_that_is_not_known_there_opens_nothing(practice):
    stranger = {"ES384": ECKey.generate_key("P-384").as_pem(private=True).decode()}
    server = replace(practice.server, keys=stranger)
    client = client_of(server, practice.clock, practice.guests, "ES384")
    assert await refusal(client) == "token_invalid-client"


async def test_an_assertion_that_is_over_opens_nothing(practice):
    late = milliseconds(practice.clock.now() + timedelta(minutes=4))
    await practice.server.control(now=late)
    assert await refusal(practice.client) == "token_invalid-client"


async def test_a_schedule_that_is_not_there_is_gone(practice):
    with pytest.raises(CalendarGone):
        await practice.client.busy(Place("Schedule/none"), *DAY)
    with pytest.raises(CalendarGone):
        await practice.client.busy(Place("Patient/1?x=1"), *DAY)


async def test_what_the_server_refuses_is_told_without_its_words(practice):
    issue = {"severity": "error", "code": "business-rule", "diagnostics": "Anna is barred"}
    outcome = {"resourceType": "OperationOutcome", "issue": [issue]}
    await practice.server.control(fail={"status": 422, "outcome": outcome})
    with pytest.raises(ResourceRefused) as refused:
        await practice.client.calendars()
    assert refused.value.reason == "fhir_business-rule"
    assert "Anna" not in str(refused.value)
    await practice.server.control(fail={"status": 503})
    with pytest.raises(Unavailable):
        await practice.client.calendars()

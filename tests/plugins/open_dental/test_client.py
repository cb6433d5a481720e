"""Our client of Open Dental, at a practice that refuses what the documentation does not know."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from domain.calendars.ports import (
    AskedTooMuch,
    Busy,
    Calendar,
    CalendarGone,
    CalendarRefused,
    Place,
    Seen,
    Written,
)
from domain.errors import Unavailable
from integrations.open_dental import Visitor
from tests.fakes.open_dental import local, utc
from tests.plugins.open_dental.conftest import ANNA, BORN, HOUR, TEN

DAY = timedelta(days=1)
NINE_TO_FIVE = (TEN - HOUR, TEN + 7 * HOUR)


async def busy(practice, **habits):
    found = await practice.book(**habits).busy(practice.place, *NINE_TO_FIVE)
    return [(each.starts_at - TEN, each.ends_at - TEN) for each in found]


def appointment(practice, at=TEN, **more):
    more = {"ProvNum": practice.dentist, "Op": practice.room, "Pattern": "X" * 12} | more
    return practice.there.appointment(local(at), **more)


async def test_everybody_stands_there_with_their_rooms(practice):
    hygienist = practice.there.person("Ada", "Holm")
    practice.there.person("Gone", "Away", IsHidden="true")
    hygiene = practice.there.room(practice.dentist, hygienist)
    practice.there.room(practice.dentist, IsHidden="true")
    assert await practice.book().calendars(None) == [
        Calendar(practice.place.address, f"Maya Lee · Room {practice.room}"),
        Calendar(f"provider/{practice.dentist}/operatory/{hygiene}", f"Maya Lee · Room {hygiene}"),
        Calendar(f"provider/{hygienist}/operatory/{hygiene}", f"Ada Holm · Room {hygiene}"),
        Calendar(f"operatory/{practice.room}", f"Room {practice.room}", writable=False),
        Calendar(f"operatory/{hygiene}", f"Room {hygiene}", writable=False),
    ]


@pytest.mark.parametrize(
    ("more", "taken"),
    [
        ({}, True),
        ({"AptStatus": "Complete"}, True),
        ({"AptStatus": "Broken"}, False),
        ({"AptStatus": "UnschedList"}, False),
        ({"AptStatus": "Planned"}, False),
        ({"AptStatus": "PtNote"}, False),
        ({"Op": 99}, True),
        ({"ProvNum": 98}, True),
        ({"Op": 99, "ProvNum": 98}, False),
    ],
)
async def test_what_stands_in_the_book_takes_time(practice, more, taken):
    appointment(practice, **more)
    assert await busy(practice) == ([(0 * HOUR, HOUR)] if taken else [])


async def test_a_hygienist_is_busy_where_they_help(practice):
    hygienist = practice.there.person("Ada", "Holm")
    room = practice.there.room(practice.dentist, hygienist)
    appointment(practice, Op=room, ProvHyg=hygienist)
    place = Place(f"provider/{hygienist}/operatory/{room}")
    assert await practice.book().busy(place, *NINE_TO_FIVE) == [Busy(TEN, TEN + HOUR)]


async def test_blockouts_of_the_room_take_time_if_the_practice_says_so(practice):
    room = str(practice.room)
    practice.there.block("Blockout", "2026-11-17", "12:00:00", "13:00:00", operatories=f"98,{room}")
    practice.there.block("Blockout", "2026-11-17", "15:00:00", "16:00:00", operatories="98")
    practice.there.block("Practice", "2026-11-17", "00:00:00", "00:00:00", Note="Party")
    assert await busy(practice) == [(2 * HOUR, 3 * HOUR)]
    assert await busy(practice, blockouts_are_busy=False) == []


async def test_outside_a_schedule_nobody_is_there_if_the_practice_says_so(practice):
    who = str(practice.dentist)
    practice.there.block("Provider", "2026-11-17", "10:00:00", "12:00:00", ProvNum=who)
    practice.there.block("Provider", "2026-11-17", "13:00:00", "16:30:00", ProvNum=who)
    practice.there.block(
        "Provider", "2026-11-17", "12:00:00", "13:00:00", ProvNum=who, operatories="98"
    )
    assert await busy(practice) == []
    assert await busy(practice, keeps_to_schedules=True) == [
        (-HOUR, 0 * HOUR),
        (2 * HOUR, 3 * HOUR),
        (6.5 * HOUR, 7 * HOUR),
    ]


async def test_lists_are_read_to_their_end(practice):
    for number in range(250):
        appointment(practice, at=TEN + number * DAY / 4)
    found = await practice.book().busy(practice.place, TEN - DAY, TEN + 100 * DAY)
    assert len(found) == 250


async def test_a_visit_is_written_once_with_its_patient(practice):
    known = practice.there.patient("Anna", "Schmidt", "1990-01-02")
    practice.there.patient("Anna", "Schmidt", "1961-05-06")
    practice.there.patient("Annabel", "Schmidt", "1990-01-02")
    for _ in range(2):
        # As if nobody had heard that it was written.
        await practice.book().put(practice.place, practice.visit(), None)
    [row] = practice.there.appointments.values()
    assert (row["PatNum"], row["Op"], row["ProvNum"]) == (known, practice.room, practice.dentist)
    assert (row["AptDateTime"], row["Pattern"]) == ("2026-11-17 10:00:00", "X" * 12)
    assert row["Note"] == f"Exam · Deskbell {UUID(int=7)}"
    assert row["IsNewPatient"] == "false"


async def test_somebody_new_becomes_a_patient_once(practice):
    practice.there.losing = {"POST"}
    with pytest.raises(Unavailable):
        await practice.book().put(practice.place, practice.visit(), None)
    await practice.book().put(practice.place, practice.visit(), None)
    [patient] = practice.there.patients.values()
    assert (patient["FName"], patient["LName"]) == ("Anna", "Schmidt")
    assert (patient["Birthdate"], patient["WirelessPhone"]) == ("1990-01-02", "(212)555-0142")
    assert len(practice.there.appointments) == 1


@pytest.mark.parametrize(
    ("there", "visitor", "reason"),
    [
        ([("Anna", "Schmidt", "1990-01-02")] * 2, ANNA, "patient_ambiguous"),
        ([], Visitor("Anna", BORN), "patient_without_name"),
        ([], None, "patient_withheld"),
    ],
)
async def test_a_patient_who_is_not_certain_is_left_to_the_practice(
    practice, there, visitor, reason
):
    for each in there:
        practice.there.patient(*each)
    practice.guests.visitor = visitor
    with pytest.raises(CalendarRefused) as refused:
        await practice.book().put(practice.place, practice.visit(), None)
    assert refused.value.reason == reason
    assert practice.there.appointments == {}


async def test_without_a_date_of_birth_no_record_that_has_one_is_anybodys(practice):
    practice.there.patient("Anna", "Schmidt", "1990-01-02", WirelessPhone="(212)555-0142")
    practice.guests.visitor = replace(ANNA, born=None)
    await practice.book().put(practice.place, practice.visit(), None)
    [_, made] = practice.there.patients.values()
    assert made["Birthdate"] == "0001-01-01"
    # The same number again finds the record that was made.
    await practice.book().put(practice.place, practice.visit(8, TEN + HOUR), None)
    assert len(practice.there.patients) == 2


async def test_two_without_proof_are_not_taken_for_one(practice):
    practice.there.patient("Anna", "Schmidt", HmPhone="(212)555-0142", PatStatus="Archived")
    practice.guests.visitor = replace(ANNA, born=None)
    with pytest.raises(CalendarRefused) as refused:
        await practice.book().put(practice.place, practice.visit(), None)
    assert refused.value.reason == "patient_unproven"


async def test_only_what_is_different_is_written(practice):
    book = practice.book()
    at = await book.put(practice.place, practice.visit(), None)
    [row] = practice.there.appointments.values()
    row |= {"Pattern": "//XXXXXXXX//", "Note": f"{row['Note']}\r\nNervous", "Op": 98}
    await practice.book().put(practice.place, practice.visit(at=TEN + HOUR), at)
    assert row["AptDateTime"] == "2026-11-17 11:00:00"
    assert (row["Pattern"], row["Op"]) == ("//XXXXXXXX//", 98)
    assert row["Note"].endswith("Nervous")


@pytest.mark.parametrize(
    "change",
    [
        {"AptStatus": "Broken"},
        {"AptStatus": "UnschedList"},
        {"AptDateTime": "2026-11-18 10:00:00"},
        {"Pattern": "XX"},
        {"ProvNum": 98},
        {"Note": "Somebody wrote over it"},
    ],
)
async def test_what_somebody_made_of_a_visit_is_put_right(practice, change):
    at = await practice.book().put(practice.place, practice.visit(), None)
    [row] = practice.there.appointments.values()
    wanted = {name: row[name] for name in change if name != "Note"}
    row |= change
    await practice.book().put(practice.place, practice.visit(), at)
    assert {name: row[name] for name in wanted} == wanted
    assert str(UUID(int=7)) in row["Note"]


async def test_what_took_place_is_the_practices_to_note(practice):
    at = await practice.book().put(practice.place, practice.visit(), None)
    [row] = practice.there.appointments.values()
    row["AptStatus"] = "Complete"
    await practice.book().put(practice.place, practice.visit(at=TEN + HOUR), at)
    await practice.book().remove(practice.place, UUID(int=7), at)
    assert (row["AptStatus"], row["AptDateTime"]) == ("Complete", "2026-11-17 10:00:00")


async def test_a_visit_called_off_waits_on_the_unscheduled_list(practice):
    at = await practice.book().put(practice.place, practice.visit(), None)
    for known in (at, at, None, Written("appointments/999999")):
        await practice.book().remove(practice.place, UUID(int=7), known)
    [row] = practice.there.appointments.values()
    assert row["AptStatus"] == "UnschedList"
    assert len([each for each in practice.there.asked if each.endswith("Break")]) == 1


async def test_a_hygienist_is_written_beside_the_dentist_of_the_room(practice):
    hygienist = practice.there.person("Ada", "Holm")
    room = practice.there.room(practice.dentist, hygienist)
    place = Place(f"provider/{hygienist}/operatory/{room}")
    await practice.book().put(place, practice.visit(), None)
    [row] = practice.there.appointments.values()
    assert (row["ProvNum"], row["ProvHyg"]) == (practice.dentist, hygienist)
    assert row["IsHygiene"] == "true"


async def test_changes_are_told_once_and_by_whose_they_are(practice):
    at = await practice.book().put(practice.place, practice.visit(), None)
    mine = int(at.address.partition("/")[2])
    seen = Seen(UUID(int=7), TEN, TEN + HOUR)
    everything = await practice.book().changes(practice.place, "")
    assert (everything.complete, everything.seen) == (True, (seen,))
    practice.clock.advance(timedelta(minutes=5))
    appointment(practice, Op=99, ProvNum=98)
    nothing = await practice.book().changes(practice.place, everything.token)
    assert (nothing.changed, nothing.complete) == (False, False)
    practice.there.change(mine, AptDateTime="2026-11-17 11:00:00")
    moved = await practice.book().changes(practice.place, nothing.token)
    assert moved.seen == (Seen(UUID(int=7), TEN + HOUR, TEN + 2 * HOUR),)
    again = await practice.book().changes(practice.place, moved.token)
    assert (again.changed, again.seen) == (False, ())
    practice.clock.advance(timedelta(minutes=5))
    practice.there.change(mine, Op=99, ProvNum=98)
    given_away = await practice.book().changes(practice.place, again.token)
    assert given_away.seen == (Seen(UUID(int=7)),)


async def test_what_was_deleted_is_found_when_everything_is_read_again(practice):
    at = await practice.book().put(practice.place, practice.visit(), None)
    first = await practice.book().changes(practice.place, "")
    practice.there.delete(int(at.address.partition("/")[2]))
    practice.clock.advance(timedelta(hours=1))
    later = await practice.book().changes(practice.place, first.token)
    assert (later.complete, later.seen) == (True, ())


async def test_several_diaries_of_a_practice_are_read_at_once(practice):
    other = practice.there.room(practice.there.person("Arun", "Patel"))
    book = practice.book()
    for address in (practice.place.address, f"operatory/{other}"):
        await book.changes(Place(address), "")
        await book.busy(Place(address), TEN - DAY, TEN + DAY)
    assert practice.there.asked.count("GET appointments") == 1
    assert practice.there.asked.count("GET operatories") == 1


@pytest.mark.parametrize("address", ["nobody/1", "operatory/99", "provider/1/operatory/99"])
async def test_a_room_that_is_not_there_is_gone(practice, address):
    with pytest.raises(CalendarGone):
        await practice.book().busy(Place(address), *NINE_TO_FIVE)


async def test_a_room_alone_is_not_booked(practice):
    with pytest.raises(CalendarRefused) as refused:
        await practice.book().put(Place(f"operatory/{practice.room}"), practice.visit(), None)
    assert refused.value.reason == "operatory_alone"


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, CalendarRefused),
        (401, CalendarRefused),
        (410, CalendarRefused),
        (429, AskedTooMuch),
        (500, Unavailable),
        (504, Unavailable),
    ],
)
async def test_a_failure_is_told_by_its_status_and_names_nobody(practice, status, error):
    practice.there.failures = [status]
    with pytest.raises(error) as refused:
        await practice.book().calendars(None)
    assert "Anna" not in str(refused.value)


async def test_a_wrong_key_lets_nobody_in(practice):
    practice.there.key = "ODFHIR developer/another"
    with pytest.raises(CalendarRefused) as refused:
        await practice.book().calendars(None)
    assert refused.value.reason == "status_401"


async def test_times_are_those_of_the_practice_when_clocks_change(practice):
    # Clocks go back on the first of November 2026.
    for at in (utc("2026-10-31 13:00:00"), utc("2026-11-01 13:00:00")):
        practice.there.appointments.clear()
        await practice.book().put(practice.place, practice.visit(at=at), None)
        [row] = practice.there.appointments.values()
        assert row["AptDateTime"].endswith("13:00:00")
        found = await practice.book().busy(practice.place, at - HOUR, at + DAY)
        assert found == [Busy(at, at + HOUR, UUID(int=7))]

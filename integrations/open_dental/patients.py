"""Patients of a practice: who somebody is there, or a new one.

A record that has a date of birth is somebody's only by name and that date, both. What stands in it
is the practice's own: nothing of it is changed, and its API lets nobody delete it.
"""

import re
from dataclasses import dataclass
from datetime import date

from domain.calendars.ports import CalendarRefused
from domain.phone import same_number
from integrations.open_dental.ports import RequestRefused, Row, Visitor
from integrations.open_dental.rows import number
from integrations.open_dental.wire import Wire

UNKNOWN = date(1, 1, 1).isoformat()
# Nobody comes by a record that is closed.
CLOSED = {"Archived", "Deceased", "Deleted"}
TELEPHONES = ("WirelessPhone", "HmPhone", "WkPhone")
AMERICAN = re.compile(r"\+1(\d{3})(\d{3})(\d{4})")


@dataclass(frozen=True)
class Patient:
    """Somebody there."""

    number: int
    is_new: bool = False
    """Whether the record was made just now."""


@dataclass(frozen=True)
class Patients:
    """The patients of one practice."""

    wire: Wire
    region: str = "US"
    """Where telephone numbers are read that name no country."""

    async def of(self, visitor: Visitor) -> Patient:
        """Who it is there, or a new record. Raises `CalendarRefused` where that is not certain."""
        given, family = names(visitor.name)
        if not given:
            # The API wants both names, and one is not enough to know anybody by.
            raise CalendarRefused("patient_without_name")
        fitting = await self._fitting(visitor, given, family)
        if len(fitting) > 1:
            raise CalendarRefused("patient_ambiguous")
        if fitting:
            return Patient(number(fitting[0], "PatNum"))
        try:
            made = await self.wire.create("patients", _new(visitor, given, family))
        except RequestRefused:
            # It compares names and numbers, too: somebody is there of whom we have no proof.
            raise CalendarRefused("patient_unproven") from None
        return Patient(number(made, "PatNum"), is_new=True)

    async def _fitting(self, visitor: Visitor, given: str, family: str) -> list[Row]:
        first = given.split(maxsplit=1)[0]
        asked = {"LName": family, "FName": first}
        if visitor.born is not None:
            asked["Birthdate"] = visitor.born.isoformat()
        found = await self.wire.all("patients/Simple", asked)
        return [each for each in found if self._is(each, visitor, (given, family))]

    def _is(self, patient: Row, visitor: Visitor, called: tuple[str, str]) -> bool:
        """Whether it is the same name and date of birth; of two without one, the same number."""
        if patient.get("PatStatus") in CLOSED or not _is_called(patient, *called):
            return False
        born = str(patient.get("Birthdate", ""))
        if visitor.born is not None:
            return born == visitor.born.isoformat()
        numbers = [str(patient.get(each, "")) for each in TELEPHONES]
        return born == UNKNOWN and any(
            same_number(each, visitor.phone, self.region) for each in numbers if each
        )


def names(name: str) -> tuple[str, str]:
    """Given names and family name."""
    given, _, family = " ".join(name.split()).rpartition(" ")
    return given, family


def telephone(number: str) -> str:
    """A number as practices write it."""
    return AMERICAN.sub(r"(\1)\2-\3", number)


def _new(visitor: Visitor, given: str, family: str) -> Row:
    row = {"LName": family, "FName": given}
    if visitor.born is not None:
        row["Birthdate"] = visitor.born.isoformat()
    if visitor.phone:
        row["WirelessPhone"] = telephone(visitor.phone)
    return row


def _is_called(patient: Row, given: str, family: str) -> bool:
    there = str(patient.get("FName", "")).casefold()
    first = there in (given.casefold(), given.split(maxsplit=1)[0].casefold())
    return first and str(patient.get("LName", "")).casefold() == family.casefold()

"""A Google Calendar of our own, and our client of it."""

from collections.abc import Iterator

import pytest

from domain.calendars.ports import Place
from domain.calendars.reading import Reading
from domain.clock import FixedClock
from integrations.google_calendar import GoogleCalendar
from tests.fakes.account import wire_to
from tests.fakes.google_calendar import ROOT, FakeGoogle

LEE = "lee@practice.test"
READING = Reading("America/New_York")


@pytest.fixture
def google() -> Iterator[FakeGoogle]:
    fake = FakeGoogle()
    fake.calendar(LEE)
    yield fake
    assert fake.undocumented == []


@pytest.fixture
def client(google: FakeGoogle, clock: FixedClock) -> GoogleCalendar:
    return GoogleCalendar(wire_to(google.app(), ROOT), clock, READING)


@pytest.fixture
def place() -> Place:
    return Place(LEE)

"""A Microsoft 365 of our own, and our client of its calendars."""

from collections.abc import Iterator

import pytest

from domain.calendars.ports import Place
from domain.calendars.reading import Reading
from domain.clock import FixedClock
from integrations.microsoft_calendar import MicrosoftCalendar
from tests.fakes.account import wire_to
from tests.fakes.microsoft_calendar import ROOT, FakeMicrosoft

LEE = "AAMkLee="
READING = Reading("America/New_York")


@pytest.fixture
def graph() -> Iterator[FakeMicrosoft]:
    fake = FakeMicrosoft()
    fake.calendar(LEE)
    yield fake
    assert fake.undocumented == []


@pytest.fixture
def client(graph: FakeMicrosoft, clock: FixedClock) -> MicrosoftCalendar:
    return MicrosoftCalendar(wire_to(graph.app(), ROOT), clock, READING)


@pytest.fixture
def place() -> Place:
    return Place(LEE)

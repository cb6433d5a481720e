"""A practice whose dentist keeps a calendar at Google."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from plugins.google_calendar.handlers import SERVICE
from tests.factories.account_calendars import AccountOffice, open_office
from tests.fakes.google_calendar import ROOT, FakeGoogle
from tests.fakes.serving import free_port, serving

LEE = "lee@practice.test"


@pytest.fixture
async def google() -> AsyncIterator[FakeGoogle]:
    fake = FakeGoogle()
    fake.calendar(LEE)
    yield fake
    assert fake.undocumented == []


@pytest.fixture
async def office(road: Any, scope: Any, google: FakeGoogle) -> AsyncIterator[AccountOffice]:
    async with serving(google.app(), free_port()) as port:
        api = f"http://127.0.0.1:{port}{ROOT}"
        yield await open_office(road, scope, google, api, SERVICE.plugin, SERVICE.accounts)

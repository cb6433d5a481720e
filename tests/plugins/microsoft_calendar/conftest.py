"""A practice whose dentist keeps a calendar at Microsoft 365."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from plugins.microsoft_calendar.handlers import SERVICE
from tests.factories.account_calendars import AccountOffice, open_office
from tests.fakes.microsoft_calendar import ROOT, FakeMicrosoft
from tests.fakes.serving import free_port, serving

LEE = "lee@practice.test"


@pytest.fixture
async def graph() -> AsyncIterator[FakeMicrosoft]:
    fake = FakeMicrosoft()
    fake.calendar(LEE)
    yield fake
    assert fake.undocumented == []


@pytest.fixture
async def office(road: Any, scope: Any, graph: FakeMicrosoft) -> AsyncIterator[AccountOffice]:
    async with serving(graph.app(), free_port()) as port:
        api = f"http://127.0.0.1:{port}{ROOT}"
        made = await open_office(road, scope, graph, api, SERVICE.plugin, SERVICE.accounts)
        graph.ring = made.ring
        yield made

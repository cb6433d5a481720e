"""A practice whose dentist keeps a calendar at a real Radicale, and the road there."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from integrations.http_out import Outbound, Reach
from plugins import settings
from plugins.admission import Equipment
from plugins.caldav.handlers import NAME
from plugins.freshening import Freshening
from plugins.guard import Breakers
from plugins.providers import Providers
from plugins.registry import Registry
from tests.factories.business import open_practice
from tests.factories.callers import ring
from tests.factories.offices import CalendarOffice
from tests.fakes.radicale_server import PASSWORD, Radicale, radicale

LOOPBACK = Outbound(Reach.parse("127.0.0.0/8"), patience=5.0)


@dataclass
class Office(CalendarOffice):
    """The practice, and the server of its dentist's calendar."""

    server: Radicale

    def there(self) -> list[str]:
        """The texts of what of ours stands in the calendar."""
        folder = self.server.folder / "collections/collection-root/lee/work"
        return [path.read_text() for path in folder.glob("*.ics") if "DESKBELL" in path.read_text()]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Radicale]:
    with radicale(tmp_path) as server:
        yield server


@pytest.fixture
async def office(road: Any, server: Radicale, unit_of_work: Any, scope: Any) -> Office:
    practice = await open_practice(unit_of_work, scope)
    caller = await ring(unit_of_work, scope, name="Anna Schmidt")
    made = road(Registry(), http=LOOPBACK)
    given = {"url": f"{server.url}/", "username": "lee", "password": PASSWORD}
    async with unit_of_work(scope) as uow:
        await settings.configure(uow, made.registry, NAME, given)
        await settings.enable(uow, made.registry, NAME)
    return Office(made, practice, NAME, server.calendar(), caller.contact_id, server)


@pytest.fixture
def freshening(office: Office) -> Freshening:
    """As a process that answers calls has it."""
    work = office.road.unit_of_work
    providers = Providers(office.road.registry, Equipment(work, LOOPBACK), Breakers(work.clock))
    return Freshening(work, providers, budget=3.0)


@pytest.fixture
def freshen(office: Office, freshening: Freshening) -> Any:
    return partial(freshening.freshen, office.road.scope, [office.practice.dr_lee_id])

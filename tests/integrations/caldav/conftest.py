"""A calendar at a real Radicale, and our client of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.clock import FixedClock
from integrations.caldav import CalDavClient, Login
from integrations.caldav.events import Reading
from integrations.http_out import Outbound, Reach
from plugins.way_out import CALENDAR, WayOut
from tests.fakes.radicale_server import PASSWORD, Radicale, radicale

READING = Reading("America/New_York", frozenset({"lee@practice.test"}))


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Radicale]:
    with radicale(tmp_path) as server:
        yield server


@pytest.fixture
def calendar(server: Radicale) -> str:
    return server.calendar()


@pytest.fixture
def client(server: Radicale, clock: FixedClock) -> CalDavClient:
    return client_of(server, clock)


def client_of(
    server: Radicale, clock: FixedClock, password: str = PASSWORD, reading: Reading = READING
) -> CalDavClient:
    http = WayOut.to(CALENDAR, Outbound(Reach.parse("127.0.0.0/8"), patience=5.0))
    return CalDavClient(Login(f"{server.url}/", "lee", password), http, clock, reading)

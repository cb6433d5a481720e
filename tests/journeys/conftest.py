from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deskbell.home import Home
from tests.conftest import alone
from tests.homes import open_folder
from tests.journeys.house import House, living_house


@contextmanager
def fresh_home() -> Iterator[Path]:
    """A home that is not there yet; its servers are stopped in the end."""
    # Two deployments at once are too much for calls in real time.
    with alone("journeys.lock"), open_folder() as folder:
        home = folder / "home"
        yield home
        Home(home).stop_servers()


@pytest.fixture(scope="module")
async def house() -> AsyncIterator[House]:
    """A deployment for the tests of one file."""
    with fresh_home() as home:
        async with living_house(home) as house:
            yield house


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """An empty home for the command line."""
    with fresh_home() as home:
        yield home

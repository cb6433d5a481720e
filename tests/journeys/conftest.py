from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from deskbell.home import Home
from tests.conftest import alone
from tests.journeys.house import House, living_house


@contextmanager
def fresh_home() -> Iterator[Path]:
    """A folder that the servers' own account may enter; they are stopped in the end."""
    # Two deployments at once are too much for calls in real time.
    with alone("journeys.lock"), TemporaryDirectory(prefix="deskbell-") as folder:
        Path(folder).chmod(0o755)
        home = Path(folder) / "home"
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

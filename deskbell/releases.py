"""The schemas of releases, on which clients rely, and the breaks that were accepted."""

import tomllib
from datetime import date
from importlib.metadata import version
from pathlib import Path

from api.graphql.compatibility import breaks, careless

RELEASES = Path(__file__).parents[1] / "docs" / "releases"
ACCEPTED = "accepted.toml"
WHERE = f"docs/releases/{ACCEPTED}"


def release_of(folder: Path, number: str) -> Path:
    """Where the schema of a version is kept."""
    return folder / f"schema-{number}.graphql"


def latest(folder: Path) -> Path:
    """The schema of the last release. Raises `ValueError` if there is none."""
    return max(folder.glob("schema-*.graphql"), key=_order)


def release(sdl: str, folder: Path = RELEASES) -> Path:
    """Keep a schema as that of this version; every later one is compared with it."""
    path = release_of(folder, version("deskbell"))
    path.write_text(sdl)
    return path


def faults(sdl: str, today: date, folder: Path = RELEASES) -> list[str]:
    """Why a schema may not follow the last release, in words."""
    accepted = _accepted(folder)
    found = breaks(latest(folder).read_text(), sdl, today)
    unheard = [each for each in found if each not in accepted]
    untrue = [each for each in accepted if each not in found]
    silent = [each for each, reason in accepted.items() if not reason]
    return [
        *careless(sdl),
        *(f"{each} Deprecate it first, or accept it in {WHERE}" for each in unheard),
        *(f"{each} That is accepted in {WHERE}, but is not so" for each in untrue),
        *(f"{each} Say why in {WHERE}" for each in silent),
    ]


def _accepted(folder: Path) -> dict[str, str]:
    """Each break that was accepted, and why."""
    entries = tomllib.loads((folder / ACCEPTED).read_text()).get("accepted", [])
    return {each["change"]: each.get("reason", "").strip() for each in entries}


def _order(path: Path) -> tuple[int, ...]:
    number = path.stem.removeprefix("schema-")
    return tuple(int(part) for part in number.split("."))

"""The catalogue of texts: one JSON file per language, each with a version."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
FALLBACK = "en"


@dataclass(frozen=True)
class Line:
    """A wording with places to fill.

    `claims` names the event without which the line must not be said: nobody hears "booked"
    unless an appointment was. `announces` marks what must be heard before anything is kept.
    """

    text: str
    claims: str | None = None
    interruptible: bool = True
    announces: bool = False


@dataclass(frozen=True)
class Catalogue:
    """The texts of one language."""

    language: str
    version: str
    lines: dict[str, Line]

    def __getitem__(self, key: str) -> Line:
        """The wording of a key."""
        return self.lines[key]

    def say(self, key: str, **values: object) -> str:
        """The filled-in text of a key."""
        return self.lines[key].text.format(**values)


def languages() -> tuple[str, ...]:
    """The languages in which there are texts, in order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.json")))


@cache
def catalogue(locale: str) -> Catalogue:
    """The texts of a locale (`en-US`), or of its language, or English."""
    for name in (locale, locale.partition("-")[0], FALLBACK):
        path = FOLDER / f"{name}.json"
        if path.exists():
            return _load(name, path)
    raise LookupError(f"No texts for {locale}")


def _load(language: str, path: Path) -> Catalogue:
    stored = json.loads(path.read_text())
    lines = {
        key: Line(value) if isinstance(value, str) else Line(**value)
        for key, value in stored["texts"].items()
    }
    return Catalogue(language, f"{language}-{stored['version']}", lines)

"""Every net on its file, or on the corpora of the repository."""

from pathlib import Path
from typing import Any

from deskbell.nets import reading, scoring
from domain.errors import InvalidInput

CORPORA = Path(__file__).parents[2] / "tests/data/nets"
NETS = ("emergency", "optout", "cards")


def checked_in() -> dict[str, Path]:
    """The corpora of the repository. Raises `InvalidInput` where there is none."""
    if not CORPORA.is_dir():
        raise InvalidInput("No corpora are here: name a file with --emergency, --optout or --cards")
    return {net: CORPORA / f"{net}.jsonl" for net in NETS}


def measure(paths: dict[str, Path]) -> dict[str, Any]:
    """The figures of each net on its file. Raises `InvalidInput`."""
    return {net: _measured(net, path) for net, path in paths.items()}


def _measured(net: str, path: Path) -> dict[str, Any]:
    match net:
        case "emergency":
            return scoring.score(reading.emergencies(path), scoring.alarms)
        case "optout":
            return scoring.score(reading.optouts(path), scoring.opts_out)
    return scoring.score_cards(reading.cards(path))

"""Every net on its file, or on the corpora of the repository."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from deskbell.nets import reading, scoring
from deskbell.nets.reading import Labelled
from domain.errors import InvalidInput
from domain.hunches import beginning, use_encoder
from integrations.sentences import SentenceEncoder

CORPORA = Path(__file__).parents[2] / "tests/data/nets"
NETS = ("emergency", "optout", "cards")

L = TypeVar("L", reading.Labelled, reading.Spanned)


def checked_in() -> dict[str, Path]:
    """The corpora of the repository. Raises `InvalidInput` where there is none."""
    if not CORPORA.is_dir():
        raise InvalidInput("No corpora are here: name a file with --emergency, --optout or --cards")
    return {net: CORPORA / f"{net}.jsonl" for net in NETS}


def measure(paths: dict[str, Path], *, part: str | None = None) -> dict[str, Any]:
    """The figures of each net on its file, or on one part of it. Raises `InvalidInput`."""
    return {net: _measured(net, path, part) for net, path in paths.items()}


def drawn(lines: list[Labelled], net: Callable[[str], bool]) -> dict[str, Any]:
    """How often a net is drawn by these lines, as in every process of a deployment."""
    encoder = SentenceEncoder()
    encoder.prepare(beginning(line.text) for line in lines)
    use_encoder(encoder)
    figures = scoring.score(lines, net)
    # What was prepared is forgotten.
    use_encoder(SentenceEncoder())
    return figures


def _measured(net: str, path: Path, part: str | None) -> dict[str, Any]:
    match net:
        case "emergency":
            return drawn(_of(part, reading.emergencies(path)), scoring.alarms)
        case "optout":
            return drawn(_of(part, reading.optouts(path)), scoring.opts_out)
    return scoring.score_cards(_of(part, reading.cards(path)))


def _of(part: str | None, lines: list[L]) -> list[L]:
    return [line for line in lines if part is None or line.part == part]

"""Every part of the brain on its file, or on the samples of the repository."""

from collections.abc import Iterator
from dataclasses import asdict
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from deskbell.brain.reading import CHECKS, read
from domain.errors import InvalidInput
from domain.hunches import use_encoder
from domain.receptionist.nlu.meaning import use_embedder
from integrations.minilm import installed_encoder
from integrations.sentences import SentenceEncoder

SAMPLES = Path(__file__).parents[2] / "tests/data/brain"
# Each part is a module with a function `measure(lines)`, which answers with a dataclass. It is
# loaded when it is measured: the nets are measured without a receptionist.
PARTS = tuple(part for part in CHECKS if find_spec(f"deskbell.brain.{part}"))
# What of a part stands beside the others, and what under its own name.
OPEN = "dialogues"


def checked_in() -> dict[str, Path]:
    """The samples of the repository. Raises `InvalidInput` where there are none."""
    found = {part: SAMPLES / f"{part}.jsonl" for part in PARTS}
    here = {part: path for part, path in found.items() if path.is_file()}
    if not here:
        raise InvalidInput("No samples are here: name a file, for example with --dialogues")
    return here


def measure(paths: dict[str, Path], noise: float = 0) -> dict[str, Any]:
    """The figures of each part on its file. Raises `InvalidInput`. Nothing is learned from them.

    `noise` is the share of words that our receptionist hears badly in simulated dialogues.
    """
    lines = {part: read(path, part) for part, path in paths.items()}
    missing = sorted(set(lines) - set(PARTS))
    if missing:
        raise InvalidInput(f"Nothing here measures {', '.join(missing)}")
    use_encoder(SentenceEncoder())
    _load_meaning()
    told: dict[str, Any] = {}
    for part, each in lines.items():
        extra = {"noise": noise} if part == OPEN else {}
        figures = asdict(import_module(f"deskbell.brain.{part}").measure(each, **extra))
        told |= figures if part == OPEN else {part: figures}
    return told


def _load_meaning() -> None:
    """Bring the encoder, as every process does, and load it: no line is charged for that."""
    encoder = installed_encoder()
    use_embedder(encoder)
    if encoder is not None:
        encoder.embed(["hello"])


def flat(figures: dict[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """Every figure with the names above it: `entities.phone`."""
    for name, value in figures.items():
        here = f"{above}{name}"
        if isinstance(value, dict):
            yield from flat(value, f"{here}.")
        else:
            yield here, "–" if value is None else str(value)


def as_page(figures: dict[str, Any]) -> str:
    """The figures as a table for a page."""
    rows = (f"| {name} | {value} |" for name, value in flat(figures))
    return "\n".join(("| figure | value |", "| --- | --- |", *rows))

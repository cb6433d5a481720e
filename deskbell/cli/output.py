"""What commands print: words for people, one JSON object for scripts."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console

console = Console(highlight=False)
# Scripts read standard output; progress and complaints go beside it.
aside = Console(stderr=True, highlight=False)


def as_json(value: Any) -> None:
    """Print one JSON object on standard output."""
    sys.stdout.write(json.dumps(value, indent=2, default=str) + "\n")


@contextmanager
def working(what: str) -> Iterator[Any]:
    """Show that something takes a while; gives a function that names the step."""
    with aside.status(what) as status:
        yield lambda step: status.update(f"{what}: {step}")

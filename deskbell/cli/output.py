"""What commands print: words for people, one JSON object for scripts."""

import json
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import asyncpg
import typer
from rich.console import Console
from rich.markup import escape

from deskbell.embedded import EmbeddedServerError
from deskbell.migrate import OldPostgres

console = Console(highlight=False)
# Scripts read standard output; progress and complaints go beside it.
aside = Console(stderr=True, highlight=False)

# What an operator can put right; anything else is our fault, and deserves its traceback.
UNREADY = (
    asyncpg.PostgresError,
    ConnectionError,
    EmbeddedServerError,
    OldPostgres,
    TimeoutError,
    socket.gaierror,
)


def as_json(value: Any) -> None:
    """Print one JSON object on standard output."""
    sys.stdout.write(json.dumps(value, indent=2, default=str) + "\n")


@contextmanager
def working(what: str) -> Iterator[Any]:
    """Show that something takes a while; gives a function that names the step.

    Exits 1 if a server is not ready for it.
    """
    try:
        with aside.status(what) as status:
            yield lambda step: status.update(f"{what}: {step}")
    except UNREADY as fault:
        aside.print(f"[red]{escape(str(fault))}[/red]\n`deskbell doctor` says what to do.")
        raise typer.Exit(1) from fault

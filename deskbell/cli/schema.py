"""`deskbell schema`: the files that say what the API and the events look like."""

import json
from pathlib import Path
from typing import Annotated

import typer

from api.graphql.schema import print_sdl
from deskbell.cli.output import aside, console
from deskbell.env_example import env_example
from domain.events import catalogue
from domain.handlers import event_handlers

ROOT = Path(__file__).parents[2]


def checked_in() -> dict[Path, str]:
    """What each checked-in file should hold."""
    # Importing the handlers imports every feature's events.
    event_handlers()
    events = json.dumps(catalogue(), indent=2, sort_keys=True) + "\n"
    return {
        ROOT / "api/graphql/schema.graphql": print_sdl(),
        ROOT / "domain/events.schema.json": events,
        ROOT / ".env.example": env_example(),
    }


def schema(
    check: Annotated[bool, typer.Option("--check", help="Only say whether they differ")] = False,
) -> None:
    """Write the GraphQL schema, the event schemas and the example of settings."""
    stale = [
        path for path, text in checked_in().items() if not path.exists() or path.read_text() != text
    ]
    if not check:
        for path in stale:
            path.write_text(checked_in()[path])
            console.print(f"wrote {path.relative_to(ROOT)}")
        return
    for path in stale:
        aside.print(f"{path.relative_to(ROOT)} is not what the code says: run `deskbell schema`")
    raise typer.Exit(1 if stale else 0)

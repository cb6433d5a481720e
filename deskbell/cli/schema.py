"""`deskbell schema`: the files that say what API, events, settings and hooks look like."""

from pathlib import Path
from typing import Annotated

import typer

from api.graphql.schema import print_sdl
from deskbell import event_catalogue, releases, webhook_vectors
from deskbell.cli.output import aside, console
from deskbell.documents import documents
from deskbell.env_example import env_example
from deskbell.nets import figures
from domain.clock import SystemClock

ROOT = Path(__file__).parents[2]


def checked_in() -> dict[Path, str]:
    """What each checked-in file should hold."""
    return {
        ROOT / "api/graphql/schema.graphql": print_sdl(),
        event_catalogue.SCHEMA: event_catalogue.written(event_catalogue.current()),
        ROOT / ".env.example": env_example(),
        webhook_vectors.PATH: webhook_vectors.written(),
        figures.PATH: figures.written(),
        **documents(),
    }


def schema(
    check: Annotated[bool, typer.Option("--check", help="Only say whether they differ")] = False,
    release: Annotated[
        bool, typer.Option("--release", help="Keep the GraphQL schema as that of this version")
    ] = False,
) -> None:
    """Write the GraphQL schema, the event schemas, the settings and the tables of `docs/`."""
    if release:
        console.print(f"wrote {releases.release(print_sdl()).relative_to(ROOT)}")
    if faults := releases.faults(print_sdl(), SystemClock().now().date()):
        for fault in faults:
            aside.print(fault)
        raise typer.Exit(1)
    if faults := event_catalogue.breaking():
        for fault in faults:
            aside.print(f"{fault}: declare a new version, and upcast() the old one")
        raise typer.Exit(1)
    stale = {
        path: text
        for path, text in checked_in().items()
        if not path.exists() or path.read_text() != text
    }
    for path, text in stale.items():
        if check:
            aside.print(f"{path.relative_to(ROOT)} is not what the code says: `deskbell schema`")
        else:
            path.write_text(text)
            console.print(f"wrote {path.relative_to(ROOT)}")
    raise typer.Exit(1 if check and stale else 0)

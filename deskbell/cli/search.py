"""`deskbell search reindex`: bring the index of words up to date."""

import asyncio
import json as json_module
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from deskbell.bootstrap import Wiring
from deskbell.cli.audit import tenants
from deskbell.cli.output import as_json, aside, console, working
from deskbell.deployment import find
from deskbell.settings import Settings
from domain.errors import DomainError
from domain.search.models import SearchKind
from domain.search.reindexing import Step, reindex
from tenants.service import job_scope

app = typer.Typer(help="Search.", no_args_is_help=True)

PROGRESS = "search-reindex.json"


@app.callback()
def searching() -> None:
    """Search."""


@app.command("reindex")
def reindex_command(
    tenant: Annotated[str | None, typer.Option(help="Only this business, by its slug")] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Begin anew instead of going on where it stopped")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON")] = False,
) -> None:
    """Index what is not indexed yet, or in an older way; forget the words of what was erased.

    It may be stopped at any moment, and goes on from there.
    """
    with working("Indexing") as step:
        wiring = Wiring.build(find(Settings(), step))
        notes = Notes(wiring.deployment.home.folder / PROGRESS)
        if again:
            notes.forget()
        try:
            counted = asyncio.run(_reindexed(wiring, tenant, notes, step))
        except DomainError as refused:
            aside.print(f"[red]{refused.message}[/red]")
            raise typer.Exit(1) from refused
    if json:
        as_json(counted)
        return
    for slug, kinds in counted.items():
        told = ", ".join(f"{count} {kind}" for kind, count in kinds.items())
        console.print(f"{slug}: {told}")


@dataclass
class Notes:
    """How far it is, in a file that is gone when all is done."""

    path: Path
    places: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.path.exists():
            self.places = json_module.loads(self.path.read_text())

    def place(self, name: str) -> tuple[UUID | None, bool]:
        """Where to go on, and whether there is nothing left to do."""
        kept = self.places.get(name, "")
        return (UUID(kept) if kept and kept != "done" else None), kept == "done"

    def keep(self, name: str, step: Step) -> None:
        """Note how far it is."""
        self.places[name] = "done" if step.complete else str(step.last)
        partial = self.path.with_suffix(".partial")
        partial.write_text(json_module.dumps(self.places))
        partial.replace(self.path)

    def forget(self) -> None:
        """Begin anew."""
        self.path.unlink(missing_ok=True)
        self.places = {}


async def _reindexed(
    wiring: Wiring, only: str | None, notes: Notes, say: Callable[[str], object]
) -> dict[str, dict[str, int]]:
    async with wiring.connected_as_system():
        counted = {
            slug: await _tenant(wiring, id, slug, notes, say) for id, slug in await tenants(only)
        }
    notes.forget()
    return counted


async def _tenant(
    wiring: Wiring, id: UUID, slug: str, notes: Notes, say: Callable[[str], object]
) -> dict[str, int]:
    """How many rows of each kind were indexed."""
    scope = await job_scope(id, "search.reindex")
    counted = {}
    for kind in SearchKind:
        name = f"{id} {kind}"
        after, done = notes.place(name)
        if done:
            continue

        async def report(step: Step, name: str = name) -> None:
            notes.keep(name, step)
            say(f"{slug}: {step.seen} {step.kind} looked at, {step.indexed} indexed")

        step = await reindex(wiring.unit_of_work, scope, kind, report, after=after)
        counted[kind.value] = step.indexed
    return counted

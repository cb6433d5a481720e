"""`deskbell restore-check`: what a restored backup brought back is erased again, before serving."""

import asyncio
from dataclasses import asdict
from typing import Annotated
from uuid import UUID

import typer

from deskbell.bootstrap import Wiring
from deskbell.cli.output import as_json, console, working
from deskbell.deployment import find
from deskbell.settings import Settings
from domain.erasure.replay import OLDEST_BACKUP, Restored

Found = dict[UUID, Restored]


def restore_check(
    json: Annotated[bool, typer.Option("--json", help="Print JSON")] = False,
) -> None:
    """Apply the whole ledger of erasures, and say what could be read of those who were erased."""
    with working("Looking") as step:
        found = asyncio.run(_apply(Wiring.build(find(Settings(), step))))
    if json:
        as_json({str(id): asdict(restored) for id, restored in found.items()})
        return
    if not found:
        console.print("[green]✓[/green] Nothing that was erased is there")
    for id, restored in found.items():
        _show(id, restored)


def reapply(wiring: Wiring) -> None:
    """Apply what was erased within the age of a backup; called before anybody is served."""
    if wiring.deployment.databases.system:
        asyncio.run(_apply(wiring, recent=True))


async def _apply(wiring: Wiring, *, recent: bool = False) -> Found:
    async with wiring.connected_as_system():
        return await wiring.replay.run(wiring.clock.now() - OLDEST_BACKUP if recent else None)


def _show(id: UUID, restored: Restored) -> None:
    people = f"{restored.contacts} people and {restored.conversations} conversations"
    console.print(f"[yellow]![/yellow] {id}: {people} had come back, and are erased again")
    for each in restored.legible:
        plain = ", ".join(each.plain) or "nothing"
        sealed = f"{each.opened} of {each.rows} rows could be opened"
        console.print(f"    {each.table}: {sealed}; readable without a key: {plain}")

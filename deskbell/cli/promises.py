"""`deskbell promises`: what was promised, and what proves that it is kept."""

from typing import Annotated

import typer
from rich.table import Table

from deskbell import promises as ledger
from deskbell.cli.output import as_json, console

LAST = {"passed": "[green]passed[/green]", "failed": "[red]failed[/red]", None: ""}


def promises(json: Annotated[bool, typer.Option("--json", help="Print JSON")] = False) -> None:
    """List each promise, what keeps it, how many tests prove it and how they went last."""
    told = ledger.told()
    if json:
        as_json(told)
        return
    entries = {entry.id: entry for entry in ledger.ledger()}
    table = Table("id", "promise", "status", "tests", "last", "what keeps it, or is missing")
    for each in told:
        entry = entries[each["id"]]
        why = entry.missing or entry.evidence or entry.behaviour
        row = (entry.id, entry.says, each["status"], str(len(each["tests"])), LAST[each["last"]])
        table.add_row(*row, why)
    console.print(table)
    counts = [f"{sum(t['status'] == s for t in told)} {s.value}" for s in ledger.Standing]
    console.print(", ".join(counts))

"""`deskbell law`: the legal rules that features act on, as of a day."""

from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.table import Table

from deskbell.cli.output import as_json, console
from domain import law as book
from domain.clock import SystemClock


def law(
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day; today by default")
    ] = None,
    rule: Annotated[str, typer.Option(help="Only rules whose id begins so")] = "",
    json: Annotated[bool, typer.Option("--json", help="Print JSON")] = False,
) -> None:
    """List every legal rule in force on a day: where, what it says, since when, and its source."""
    day = (as_of or SystemClock().now().astimezone(UTC)).date()
    rows = [row for row in book.in_force(day) if row.rule_id.startswith(rule)]
    if json:
        as_json([row.written() for row in rows])
        return
    table = Table("Rule", "Where", "Says", "Since", "Until", "Version", "Counsel", "Source")
    for row in rows:
        table.add_row(
            row.rule_id,
            row.jurisdiction,
            str(row.value),
            str(row.effective_from or ""),
            str(row.effective_to or ""),
            row.version,
            "ask" if row.needs_counsel else "",
            row.statute or row.source_url,
        )
    console.print(table)
    console.print(f"{len(rows)} rules in force on {day}. This is not legal advice.")

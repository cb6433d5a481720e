"""`deskbell doctor`: every component, its version, whether it answers, and what to do."""

import asyncio
from typing import Annotated

import typer
from rich.table import Table

from deskbell.checkup import Finding, examine
from deskbell.cli.output import as_json, console, working
from deskbell.settings import Settings


def doctor(json: Annotated[bool, typer.Option("--json", help="Print JSON")] = False) -> None:
    """Look at every component; exits 1 if something is needed and does not answer."""
    with working("Looking") as step:
        findings = asyncio.run(examine(Settings(), step))
    if json:
        as_json([vars(finding) for finding in findings])
    else:
        _show(findings)
    raise typer.Exit(0 if all(finding.well for finding in findings) else 1)


def _show(findings: list[Finding]) -> None:
    table = Table("", "Component", "Version", "What to do")
    for finding in findings:
        mark = "[green]✓[/green]" if finding.well else "[red]✗[/red]"
        table.add_row(mark, finding.component, finding.version, finding.advice)
    console.print(table)

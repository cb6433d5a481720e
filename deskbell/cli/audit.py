"""`deskbell audit verify`: whether the audit trail is what it was when it was written."""

import asyncio
from typing import Annotated
from uuid import UUID

import typer
from tortoise.connection import get_connection

from deskbell.bootstrap import Wiring
from deskbell.cli.output import as_json, aside, console, working
from deskbell.deployment import find
from deskbell.settings import Settings
from domain.audit.ledger import TENANTS
from domain.audit.verifier import Report
from domain.database import MAIN
from domain.errors import DomainError, NotFound

app = typer.Typer(help="The audit trail.", no_args_is_help=True)

Verified = tuple[UUID, Report]


@app.callback()
def trail() -> None:
    """The audit trail."""


@app.command("verify")
def verify(
    tenant: Annotated[str | None, typer.Option(help="Only this business, by its slug")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON")] = False,
) -> None:
    """Walk every chain and compare it with what is kept outside; exits 1 if anything is wrong."""
    with working("Walking") as step:
        wiring = Wiring.build(find(Settings(), step))
        try:
            reports = asyncio.run(_verified(wiring, tenant))
        except DomainError as refused:
            aside.print(f"[red]{refused.message}[/red]")
            raise typer.Exit(1) from refused
    if json:
        as_json({slug: _written(*report) for slug, report in reports.items()})
    else:
        _show(reports)
    raise typer.Exit(1 if any(report.faults for _, report in reports.values()) else 0)


async def _verified(wiring: Wiring, only: str | None) -> dict[str, Verified]:
    async with wiring.connected_as_system():
        found = await tenants(only)
        return {slug: (id, await wiring.verifier.verify(id)) for id, slug in found}


async def tenants(only: str | None) -> list[tuple[UUID, str]]:
    """Every business, or one. Raises `NotFound`."""
    rows = await get_connection(MAIN).execute_query_dict(TENANTS)
    wanted = [row for row in rows if only in (None, row["slug"])]
    if not wanted and only is not None:
        raise NotFound(f"There is no business {only}")
    return [(row["id"], row["slug"]) for row in wanted]


def _written(id: UUID, report: Report) -> dict[str, object]:
    return {
        "id": id,
        "entries": report.entries,
        "position": report.head.position,
        "hash": report.head.hash.hex(),
        "anchors": report.anchors,
        "faults": [vars(fault) for fault in report.faults],
    }


def _show(reports: dict[str, Verified]) -> None:
    for slug, (_, report) in reports.items():
        mark = "[red]✗[/red]" if report.faults else "[green]✓[/green]"
        console.print(f"{mark} {slug}: {report.entries} entries, {report.anchors} anchors")
        for fault in report.faults:
            entry = f" ({fault.entry_id})" if fault.entry_id else ""
            console.print(f"    {fault.position}: {fault.kind}: {fault.told}{entry}")

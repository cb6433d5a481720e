"""`deskbell incidents`: what went wrong, over every business of the deployment."""

import asyncio
from typing import Annotated, Any
from uuid import UUID

import typer
from tortoise.connection import get_connection

from deskbell.bootstrap import Wiring
from deskbell.cli.output import as_json, aside, console, working
from deskbell.deployment import find
from deskbell.settings import Settings
from domain.audit.ledger import TENANTS
from domain.database import MAIN
from domain.errors import DomainError, NotFound
from domain.scope import Actor, ActorKind, Scope
from domain.work import UnitsOfWork
from tenants.roles import EVERYTHING
from tenants.service import tenant_facts
from tenants.watch.incidents import Told, told, told_in_full

app = typer.Typer(help="Security incidents.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON")]


@app.callback()
def incidents() -> None:
    """Security incidents."""


@app.command("list")
def list_command(json: AsJson = False) -> None:
    """Every incident of every business, the newest in front."""
    found = _asked(None)
    if json:
        as_json(found)
        return
    for each in found:
        mark = "[red]●[/red]" if each["status"] == "open" else "○"
        console.print(f"{mark} {each['opened_at']:%Y-%m-%d %H:%M} {each['tenant']} {each['id']}")
        console.print(f"    {each['severity']}: {each['title']}", markup=False)


@app.command("show")
def show(id: UUID, json: AsJson = False) -> None:
    """One incident with its timeline and alerts; exits 1 if there is none of that id."""
    [found] = _asked(id)
    if json:
        as_json(found)
        return
    for name, value in found.items():
        console.print(f"{name}: {value}", markup=False)


def _asked(id: UUID | None) -> list[Told]:
    with working("Looking") as step:
        wiring = Wiring.build(find(Settings(), step))
        try:
            return asyncio.run(_found(wiring, id))
        except DomainError as refused:
            aside.print(f"[red]{refused.message}[/red]")
            raise typer.Exit(1) from refused


async def _found(wiring: Wiring, id: UUID | None) -> list[Told]:
    """What is told of all incidents, or of one in full. Raises `NotFound`."""
    found: list[Told] = []
    async with wiring.connected_as_system():
        for row in await get_connection(MAIN).execute_query_dict(TENANTS):
            found += await _at(wiring.unit_of_work, row, id)
    if id is not None and not found:
        raise NotFound(f"There is no incident {id}")
    return sorted(found, key=lambda each: str(each["opened_at"]), reverse=True)


async def _at(work: UnitsOfWork, row: dict[str, Any], id: UUID | None) -> list[Told]:
    actor = Actor(ActorKind.OPERATOR, "incidents")
    scope = Scope(row["id"], actor, await tenant_facts(row["id"]), EVERYTHING)
    async with work(scope, read_only=True) as uow:
        found = await told(uow) if id is None else await told_in_full(uow, id)
    return [{"tenant": row["slug"], **each} for each in found]

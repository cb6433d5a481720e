"""`deskbell operator`: its house, and what it may know of all businesses together."""

import asyncio
from datetime import datetime, timedelta
from typing import Annotated

import typer
from rich.table import Table
from tortoise.connection import get_connection

from deskbell.bootstrap import Wiring
from deskbell.cli.output import as_json, console, working
from deskbell.cli.tenant import opened
from deskbell.deployment import find
from deskbell.settings import Settings
from domain.database import MAIN
from domain.scope import TenantKind
from tenants.insights.repository import Insights
from tenants.insights.rules import Figure
from tenants.service import NewTenant

app = typer.Typer(help="Those who run the deployment.", no_args_is_help=True)


@app.callback()
def house() -> None:
    """Those who run the deployment."""


@app.command("create")
def create(
    name: Annotated[str, typer.Argument(help="What the operator is called")],
    email: Annotated[str, typer.Option(help="With which its first member signs in")],
    slug: Annotated[str, typer.Option(help="Its short name, in addresses")] = "operator",
    timezone: Annotated[str, typer.Option(help="Such as America/New_York")] = "UTC",
    owner: Annotated[str, typer.Option(help="The first member's name")] = "Operator",
    json: Annotated[bool, typer.Option("--json", help="Print JSON")] = False,
) -> None:
    """Open the operator's own house, of which there is one; prints a password shown only once."""
    made = opened(NewTenant(name, slug, timezone, kind=TenantKind.OPERATOR), email, owner)
    if json:
        as_json(made)
        return
    console.print(
        f"[bold]{name}[/bold] is open. Sign in as {email} with {made['password']},"
        " and set up a second factor: nothing else is allowed before that"
    )


@app.command("insights")
def insights_command(
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m"], help="A year ago by default")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON")] = False,
) -> None:
    """What businesses did together, month by month; no figure is of a few of them."""
    with working("Looking") as step:
        wiring = Wiring.build(find(Settings(), step))
        found = asyncio.run(_insights(wiring, since))
    if json:
        as_json([vars(each) for each in found])
        return
    table = Table("Month", "Country", "What", "Businesses", "Total")
    for each in found:
        told = (f"{each.month:%Y-%m}", each.region, each.measure.value)
        table.add_row(*told, f"{each.businesses} or more", str(each.total))
    console.print(table)


async def _insights(wiring: Wiring, since: datetime | None) -> list[Figure]:
    today = wiring.clock.now().date()
    first = since.date() if since else today - timedelta(days=366)
    async with wiring.connected_as_system():
        return await Insights(get_connection(MAIN)).between(first, today)

"""`deskbell operator create`."""

from typing import Annotated

import typer

from deskbell.cli.output import as_json, console
from deskbell.cli.tenant import opened
from domain.scope import TenantKind
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

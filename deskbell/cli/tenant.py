"""`deskbell tenant create`."""

import asyncio
import secrets
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import typer

from deskbell.bootstrap import Wiring
from deskbell.cli.output import as_json, aside, console, working
from deskbell.deployment import find
from deskbell.settings import Settings
from domain.errors import DomainError
from domain.scope import Scope, TenantKind
from tenants import service
from tenants.service import NewOwner, NewTenant

app = typer.Typer(help="Businesses.", no_args_is_help=True)

OPERATOR = "cli"


class Kind(StrEnum):
    """What can be opened here; the operator's own house has a command of its own."""

    BUSINESS = "business"
    ORGANIZATION = "organization"


@app.callback()
def businesses() -> None:
    """Businesses."""


@app.command("create")
def create(
    name: Annotated[str, typer.Argument(help="What the business is called")],
    slug: Annotated[str, typer.Option(help="Its short name, in addresses")],
    email: Annotated[str, typer.Option(help="With which its owner signs in")],
    timezone: Annotated[str, typer.Option(help="Such as America/New_York")] = "America/New_York",
    region: Annotated[str, typer.Option(help="ISO 3166 country")] = "US",
    owner: Annotated[str, typer.Option(help="The owner's name")] = "Owner",
    kind: Annotated[
        Kind, typer.Option(help="A business, or an organization that looks after several")
    ] = Kind.BUSINESS,
    json: Annotated[bool, typer.Option("--json", help="Print JSON")] = False,
) -> None:
    """Open a business and its first owner; prints a password that is shown only once."""
    business = NewTenant(name, slug, timezone, region=region, kind=TenantKind(kind))
    made = opened(business, email, owner)
    if json:
        as_json(made)
        return
    console.print(f"[bold]{name}[/bold] is open. Sign in as {email} with {made['password']}")


def opened(business: NewTenant, email: str, owner: str) -> dict[str, object]:
    """Open a tenant with an owner who has a password of our making. Exits 1 if that is refused."""
    with working("Opening") as step:
        wiring = Wiring.build(find(Settings(), step))
        password = secrets.token_urlsafe(12)
        try:
            scope = asyncio.run(open_tenant(wiring, business, NewOwner(email, owner, password)))
        except DomainError as refused:
            aside.print(f"[red]{refused.message}[/red]")
            raise typer.Exit(1) from refused
    slug = business.slug
    return {"id": scope.tenant_id, "slug": slug, "email": email, "password": password}


async def open_tenant(wiring: Wiring, business: NewTenant, owner: NewOwner) -> Scope:
    """Open a business as the operator, and return its owner's scope."""
    async with wiring.connected_as_system():
        tenant_id: UUID = wiring.unit_of_work.ids.new(wiring.clock.now())
        opening = service.opening_scope(tenant_id, business, OPERATOR)
        async with wiring.unit_of_work(opening) as uow:
            await service.create(uow, business, owner)
        async with wiring.unit_of_work(opening) as uow:
            [member] = await service.members(uow)
        return await service.member_scope(tenant_id, member.user_id, member.role)

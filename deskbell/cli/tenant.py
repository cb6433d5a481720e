"""`deskbell tenant create`, `export` and `import`; closing stands in a file of its own."""

import asyncio
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from deskbell.bootstrap import Wiring
from deskbell.cli import closing
from deskbell.cli.output import as_json, aside, console, working
from deskbell.deployment import find
from deskbell.moving import take_in, take_out
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


@app.command("export")
def export(
    slug: Annotated[str, typer.Argument(help="The short name of the business")],
    to: Annotated[Path, typer.Option(help="Where to write the archive; must not be there yet")],
    json: Annotated[bool, typer.Option("--json", help="Print JSON")] = False,
) -> None:
    """Write everything a business made or learnt into one file, to be taken elsewhere."""
    if to.exists():
        aside.print(f"[red]{to} is there already[/red]")
        raise typer.Exit(1)
    with working("Packing") as step, refusals():
        size = asyncio.run(take_out(Wiring.build(find(Settings(), step)), slug, to))
    if json:
        as_json({"file": str(to), "bytes": size})
        return
    console.print(f"{to} holds everything of {slug}: {size} bytes. Keep it safe: it is readable.")


@app.command("import")
def take(
    file: Annotated[Path, typer.Argument(help="An archive of a business", exists=True)],
    slug: Annotated[str, typer.Option(help="Its short name here")],
    email: Annotated[str, typer.Option(help="With which its owner signs in")],
    owner: Annotated[str, typer.Option(help="The owner's name")] = "Owner",
    json: Annotated[bool, typer.Option("--json", help="Print JSON")] = False,
) -> None:
    """Open a business with everything of an archive, or not at all; prints a password once."""
    password = secrets.token_urlsafe(12)
    with working("Unpacking") as step, refusals():
        wiring = Wiring.build(find(Settings(), step))
        id = asyncio.run(take_in(wiring, file, slug, NewOwner(email, owner, password)))
    if json:
        as_json({"id": id, "slug": slug, "email": email, "password": password})
        return
    console.print(f"[bold]{slug}[/bold] is open. Sign in as {email} with {password}")


@contextmanager
def refusals() -> Iterator[None]:
    """Say why something cannot be done, and exit 1."""
    try:
        yield
    except DomainError as refused:
        aside.print(f"[red]{refused.message}[/red]")
        raise typer.Exit(1) from refused


for _command in (closing.close, closing.reopen, closing.status):
    app.command()(_command)


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

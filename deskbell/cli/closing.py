"""`deskbell tenant close`, `reopen` and `status`."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import typer

from deskbell.bootstrap import Wiring
from deskbell.cli.output import as_json, aside, console, working
from deskbell.deployment import find
from deskbell.settings import Settings
from domain.errors import DomainError, NotFound
from domain.scope import Actor, ActorKind, Scope
from domain.work import UnitOfWork
from tenants.agreements.models import Disposal
from tenants.life_cycle import service
from tenants.life_cycle.models import LifeCycle
from tenants.life_cycle.service import Closing
from tenants.roles import EVERYTHING
from tenants.service import tenant_facts, tenant_of_slug

OPERATOR = "cli"
Deed = Callable[[UnitOfWork], Awaitable[LifeCycle | None]]
Json = Annotated[bool, typer.Option("--json", help="Print JSON")]
Slug = Annotated[str, typer.Argument(help="The short name of the business")]


def close(
    slug: Slug,
    confirm: Annotated[str, typer.Option(help="The short name once more")],
    reason: Annotated[str, typer.Option(help="Why, in a few words")] = "",
    health_data: Annotated[
        Disposal | None, typer.Option(help="What becomes of health data, where there is any")
    ] = None,
    json: Json = False,
) -> None:
    """Close a business: every way in ends but the door; after its time of grace it is erased."""
    closing = Closing(confirm, reason, health_data)
    _print(_done(slug, lambda uow: service.close(uow, closing)), json=json)


def reopen(
    slug: Slug,
    confirm: Annotated[str, typer.Option(help="The short name once more")],
    json: Json = False,
) -> None:
    """Take a closed business up again; what was revoked and let go of stays so."""
    _print(_done(slug, lambda uow: service.reopen(uow, confirm)), json=json)


def status(slug: Slug, json: Json = False) -> None:
    """Say where a business stands in its life, and when it is erased."""
    _print(_done(slug, service.state), json=json)


def _done(slug: str, deed: Deed) -> dict[str, Any]:
    """Do something to a business as the operator. Exits 1 if that is refused."""
    with working("Looking") as step:
        wiring = Wiring.build(find(Settings(), step))
        try:
            return asyncio.run(_do(wiring, slug, deed))
        except DomainError as refused:
            aside.print(f"[red]{refused.message}[/red]")
            raise typer.Exit(1) from refused


async def _do(wiring: Wiring, slug: str, deed: Deed) -> dict[str, Any]:
    async with wiring.connected_as_system():
        tenant_id = await tenant_of_slug(slug)
        if tenant_id is None:
            raise NotFound(f"There is no business with the short name {slug}")
        actor = Actor(ActorKind.OPERATOR, OPERATOR)
        scope = Scope(tenant_id, actor, await tenant_facts(tenant_id), EVERYTHING)
        async with wiring.unit_of_work(scope) as uow:
            row = await deed(uow)
        return {"slug": slug, "stage": "active"} | (_told(row) if row else {})


def _told(row: LifeCycle) -> dict[str, Any]:
    erase_at = row.erase_at.isoformat() if row.erase_at else None
    known = {"stage": row.stage.value, "since": row.since.isoformat(), "erase_at": erase_at}
    return {**known, "alive_at": row.alive_at.isoformat(), "kept": row.kept}


def _print(told: dict[str, Any], *, json: bool) -> None:
    if json:
        as_json(told)
        return
    erased = f", and erased on {told['erase_at'][:10]}" if told.get("erase_at") else ""
    console.print(f"[bold]{told['slug']}[/bold] is {told['stage']}{erased}")

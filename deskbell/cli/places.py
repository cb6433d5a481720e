"""How commands find one business, and end when it is not there."""

from collections.abc import Callable
from typing import TypeVar

import typer
from tortoise.connection import get_connection

from deskbell.cli.output import aside
from domain.database import MAIN
from domain.errors import DomainError, NotFound
from domain.scope import Actor, ActorKind, Scope
from tenants.roles import EVERYTHING
from tenants.service import tenant_facts

T = TypeVar("T")
BY_SLUG = "SELECT id FROM tenant WHERE slug = $1"


async def tenant_scope(slug: str, command: str) -> Scope:
    """The scope of a command of the operator at one business. Raises `NotFound`."""
    rows = await get_connection(MAIN).execute_query_dict(BY_SLUG, [slug])
    if not rows:
        raise NotFound(f"There is no business {slug!r}")
    id = rows[0]["id"]
    actor = Actor(ActorKind.OPERATOR, command)
    return Scope(id, actor, await tenant_facts(id), EVERYTHING)


def only(deed: Callable[[], T]) -> T:
    """Do something, or exit 1 with the words of what kept it from being done."""
    try:
        return deed()
    except DomainError as refused:
        aside.print(f"[red]{refused.message}[/red]")
        raise typer.Exit(1) from refused

"""`deskbell retention`: what is kept for how long, what would go now, and what went."""

import asyncio
from collections.abc import Awaitable, Callable
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
from domain.retention import outlook, service
from domain.retention.repository import RetentionRuns
from domain.work import UnitOfWork
from tenants.policy.promises import StoredPolicies
from tenants.service import job_scope

app = typer.Typer(help="How long data is kept.", no_args_is_help=True)

Tenant = Annotated[str | None, typer.Option(help="Only this business, by its slug")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON")]
Ask = Callable[[UnitOfWork], Awaitable[Any]]
MOST_RUNS = 10


@app.callback()
def retention() -> None:
    """How long data is kept."""


@app.command("schedule")
def schedule(tenant: Tenant = None, json: AsJson = False) -> None:
    """The data retention schedule of each business, rule by rule."""
    found = _asked(tenant, _schedule)
    if json:
        as_json(found)
        return
    for slug, rules in found.items():
        console.print(f"[bold]{slug}[/bold]")
        for rule in rules:
            then = f"{rule['then']} {rule['archived'] or ''}".strip()
            told = f"    {rule['dataClass']}: {rule['keep']} since {rule['since']}, then {then}"
            console.print(told, markup=False)


@app.command("dry-run")
def dry_run(tenant: Tenant = None, json: AsJson = False) -> None:
    """What a run would do now, what is held, and when the next rows are due; changes nothing."""
    found = _asked(tenant, _outlook)
    if json:
        as_json(found)
        return
    for slug, seen in found.items():
        console.print(f"[bold]{slug}[/bold] as of {seen['asOf']}")
        for each in seen["forecasts"]:
            kept = f"{each['held']} held, {each['needed']} needed"
            what = f"{each['table']} ({each['dataClass']}, {each['reach']})"
            console.print(f"    {each['action']} {what}: {each['due']} due, {kept}", markup=False)
        for each in seen["next"]:
            console.print(f"    next {each['table']}: {each['at']}", markup=False)


@app.command("run")
def run(tenant: Tenant = None, json: AsJson = False) -> None:
    """Have the workers delete what is due now, instead of tonight."""
    found = _asked(tenant, _ask, writes=True)
    if json:
        as_json(found)
        return
    for slug in found:
        console.print(f"{slug}: asked for")


@app.command("status")
def status(tenant: Tenant = None, json: AsJson = False) -> None:
    """The latest runs of each business; exits 1 if one of them was stopped."""
    found = _asked(tenant, _runs)
    if json:
        as_json(found)
    else:
        for slug, runs in found.items():
            console.print(f"[bold]{slug}[/bold]")
            for each in runs:
                rows = sum(each["counts"].values())
                why = f" ({each['reason']})" if each["reason"] else ""
                told = f"    {each['startedAt']:%Y-%m-%d %H:%M} {each['state']}{why}: {rows}"
                console.print(told, markup=False)
    newest = (runs[0] for runs in found.values() if runs)
    raise typer.Exit(1 if any(each["state"] == "stopped" for each in newest) else 0)


def _asked(only: str | None, ask: Ask, *, writes: bool = False) -> dict[str, Any]:
    with working("Looking") as step:
        wiring = Wiring.build(find(Settings(), step))
        try:
            return asyncio.run(_answers(wiring, only, ask, writes=writes))
        except DomainError as refused:
            aside.print(f"[red]{refused.message}[/red]")
            raise typer.Exit(1) from refused


async def _answers(wiring: Wiring, only: str | None, ask: Ask, *, writes: bool) -> dict[str, Any]:
    async with wiring.connected_as_system():
        return {
            slug: await _answer(wiring, id, ask, writes=writes) for id, slug in await _tenants(only)
        }


async def _answer(wiring: Wiring, id: UUID, ask: Ask, *, writes: bool) -> Any:
    scope = await job_scope(id, "cli")
    async with wiring.unit_of_work(scope, read_only=not writes) as uow:
        return await ask(uow)


async def _tenants(only: str | None) -> list[tuple[UUID, str]]:
    rows = await get_connection(MAIN).execute_query_dict(TENANTS)
    wanted = [row for row in rows if only in (None, row["slug"])]
    if not wanted and only is not None:
        raise NotFound(f"There is no business {only}")
    return [(row["id"], row["slug"]) for row in wanted]


async def _schedule(uow: UnitOfWork) -> list[dict[str, Any]]:
    promises = await StoredPolicies().of(uow)
    return outlook.written(promises.laid(uow.now), service.kept())


async def _outlook(uow: UnitOfWork) -> dict[str, Any]:
    return outlook.told(await outlook.look_ahead(uow, await StoredPolicies().of(uow)))


async def _ask(uow: UnitOfWork) -> UUID:
    return (await service.ask(uow)).id


async def _runs(uow: UnitOfWork) -> list[dict[str, Any]]:
    runs = RetentionRuns(uow)
    newest = await runs.page(runs.all().order_by("-started_at", "-id").limit(MOST_RUNS))
    return [
        {
            "id": each.id,
            "state": each.state.value,
            "reason": each.reason.value if each.reason else None,
            "asOf": each.as_of,
            "startedAt": each.started_at,
            "finishedAt": each.finished_at,
            "counts": each.counts,
        }
        for each in newest
    ]

"""`deskbell migrate` and `deskbell stop`."""

import asyncio
from typing import Annotated

import typer

from deskbell.cli.output import aside, console, working
from deskbell.deployment import NAME, Deployment, find
from deskbell.home import Home
from deskbell.migrate import migrate, pending, unwritten
from deskbell.roles import prepare_server
from deskbell.settings import Settings
from domain.clock import SystemClock


def migrate_command(
    check: Annotated[
        bool, typer.Option("--check", help="Only say whether a model lacks a migration")
    ] = False,
) -> None:
    """Bring the databases to the shape this version expects."""
    if check:
        raise typer.Exit(_check())
    with working("Migrating") as step:
        deployment = find(Settings(), step)
        asyncio.run(bring_up_to_date(deployment, step))
    console.print("The databases are up to date.")


def stop() -> None:
    """Stop the embedded servers; what they hold stays."""
    with working("Stopping") as step:
        Home(Settings().home).stop_servers(step)


async def bring_up_to_date(deployment: Deployment, step: object) -> None:
    """Make missing roles and databases, then apply missing migrations."""
    report = step if callable(step) else (lambda _: None)
    home = deployment.home.folder
    if deployment.admin_url and deployment.keyring_admin_url:
        await prepare_server(deployment.admin_url, home, NAME)
        await prepare_server(deployment.keyring_admin_url, home, f"{NAME}_keyring")
    if await pending(deployment.databases):
        await migrate(deployment.databases, SystemClock().now(), report)


def _check() -> int:
    missing = asyncio.run(unwritten())
    for change in missing:
        aside.print(f"No migration for: {change}")
    return 1 if missing else 0

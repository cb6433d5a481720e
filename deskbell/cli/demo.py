"""`deskbell demo`: a business, a call, and what came of it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from deskbell import logging
from deskbell.aftermath import NothingCame
from deskbell.bootstrap import Wiring
from deskbell.cli.output import as_json, aside, console, working
from deskbell.cli.servers import bring_up_to_date
from deskbell.cli.tenant import open_tenant
from deskbell.demo import business
from deskbell.demo.live import telling
from deskbell.demo.show import on_the_line, show_consequences, show_doors
from deskbell.deployment import Deployment, find
from deskbell.rehearsal import Rehearsal, rehearse
from deskbell.settings import Settings
from deskbell.stack import Stack, StackFailed, running
from domain.scope import Scope
from plugins.registry import Registry
from tenants.service import member_scope, members, opening_scope, tenant_of_slug

WAV = Path(business.__file__).with_name("caller.wav")


def demo(
    once: Annotated[bool, typer.Option("--once", help="End after the call")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object")] = False,
) -> None:
    """Start everything, answer a recorded call, show what came of it; serve until Ctrl-C."""
    logging.configure(production=False, quiet=True)
    try:
        with failures_told():
            complete = asyncio.run(_run(once=once, json=json))
    except (KeyboardInterrupt, asyncio.CancelledError):
        return
    raise typer.Exit(0 if complete else 1)


@contextmanager
def failures_told() -> Iterator[None]:
    """Exit with 1, and say why, when a process does not start or nothing comes of a call."""
    try:
        yield
    except StackFailed as failed:
        aside.print(f"[red]{failed}[/red]\n{escape(failed.log)}")
        raise typer.Exit(1) from failed
    except NothingCame as failed:
        aside.print(f"[red]{failed}[/red]")
        raise typer.Exit(1) from failed


async def _run(*, once: bool, json: bool) -> bool:
    async with open_for_business() as (wiring, stack, scope):
        return await _perform(wiring, stack, scope, once=once, json=json)


@asynccontextmanager
async def open_for_business() -> AsyncIterator[tuple[Wiring, Stack, Scope]]:
    """The demonstration's business with every process running, and its owner's scope."""
    with working("Starting") as step:
        wiring = Wiring.build(find(Settings(), step))
        await bring_up_to_date(wiring.deployment, step)
        await wiring.connect()
        scope = await furnished(wiring, step)
    try:
        async with _started(wiring.deployment) as stack:
            yield wiring, stack, scope
    finally:
        await wiring.close()


@asynccontextmanager
async def _started(deployment: Deployment) -> AsyncIterator[Stack]:
    """Every process, with their start and end shown."""
    async with AsyncExitStack() as exits:
        with working("Starting") as step:
            stack = await exits.enter_async_context(running(deployment, step))
        yield stack


async def _perform(wiring: Wiring, stack: Stack, scope: Scope, *, once: bool, json: bool) -> bool:
    rehearsal = await perform(wiring, stack, scope, business.CALLER, WAV, json=json)
    if not once:
        show_doors(stack, business.OWNER)
        await _until_stopped(stack)
    return rehearsal.complete


async def perform(
    wiring: Wiring, stack: Stack, scope: Scope, caller: str, wav: Path, *, json: bool
) -> Rehearsal:
    """Let a caller call; show the conversation and its consequences, or print one JSON object."""
    if json:
        with working("A caller is on the line"):
            rehearsal = await rehearse(wiring, stack, scope, business.NUMBER, caller, wav)
        as_json(rehearsal.written())
        return rehearsal
    with on_the_line(console, caller, business.NUMBER) as tell:
        async with telling(wiring, scope, tell):
            rehearsal = await rehearse(wiring, stack, scope, business.NUMBER, caller, wav)
    show_consequences(console, rehearsal, wiring.deployment.home)
    return rehearsal


async def _until_stopped(stack: Stack) -> None:
    while True:
        stack.check()
        await asyncio.sleep(1)


async def furnished(wiring: Wiring, step: Callable[[str], object]) -> Scope:
    """The scope of the demonstration's owner; the business is opened on the first run."""
    step("opening Bright Smile Dental")
    scope = await _owner(wiring) or await open_tenant(wiring, business.BUSINESS, business.OWNER)
    async with wiring.unit_of_work(scope) as uow:
        if not await business.is_furnished(uow):
            await business.furnish(uow, Registry(entry_points=True))
    async with wiring.unit_of_work(scope) as uow:
        await business.forget_the_caller(uow)
    return scope


async def _owner(wiring: Wiring) -> Scope | None:
    tenant_id = await tenant_of_slug(business.BUSINESS.slug)
    if tenant_id is None:
        return None
    looking = opening_scope(tenant_id, business.BUSINESS, "demo")
    async with wiring.unit_of_work(looking, read_only=True) as uow:
        [owner, *_] = await members(uow)
    return await member_scope(tenant_id, owner.user_id, owner.role)

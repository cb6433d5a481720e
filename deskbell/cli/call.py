"""`deskbell call`: be a caller, by voice or in writing."""

import asyncio
import json as jsonlib
from pathlib import Path
from typing import Annotated, Any

import typer
from websockets.asyncio.client import connect

from deskbell import logging
from deskbell.bootstrap import Wiring
from deskbell.cli.demo import furnished
from deskbell.cli.output import as_json, aside, console, working
from deskbell.cli.servers import bring_up_to_date
from deskbell.demo import business
from deskbell.demo.show import show_call
from deskbell.deployment import find
from deskbell.rehearsal import rehearse
from deskbell.settings import Settings
from deskbell.simulator import NotACall, Recording
from deskbell.stack import Stack, StackFailed, running
from domain.scope import Scope


def call(
    wav: Annotated[Path | None, typer.Option(help="8 or 16 kHz, 16 bit, mono")] = None,
    text: Annotated[bool, typer.Option("--text", help="Type instead of speaking")] = False,
    caller: Annotated[str, typer.Option(help="The caller's number")] = business.CALLER,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object")] = False,
) -> None:
    """Call the demonstration's business, over the real sockets, and see what comes of it."""
    logging.configure(production=False, quiet=True)
    if (wav is None) == (not text):
        aside.print("Say one of --wav FILE and --text")
        raise typer.Exit(2)
    try:
        if wav is not None:
            Recording.read(wav)
        asyncio.run(_on_a_stack(wav, caller, json=json))
    except NotACall as refused:
        aside.print(f"[red]{refused}[/red]")
        raise typer.Exit(2) from refused
    except StackFailed as failed:
        aside.print(f"[red]{failed}[/red]\n{failed.log}")
        raise typer.Exit(1) from failed


async def _on_a_stack(wav: Path | None, caller: str, *, json: bool) -> None:
    with working("Starting") as step:
        wiring = Wiring.build(find(Settings(), step))
        await bring_up_to_date(wiring.deployment, step)
        await wiring.connect()
        scope = await furnished(wiring, step)
    try:
        async with running(wiring.deployment, lambda _: None) as stack:
            if wav is None:
                await _write(stack)
            else:
                await _speak(wiring, stack, scope, caller, wav, json=json)
    finally:
        await wiring.close()


async def _speak(
    wiring: Wiring, stack: Stack, scope: Scope, caller: str, wav: Path, *, json: bool
) -> None:
    with working("Calling"):
        rehearsal = await rehearse(wiring, stack, scope, business.NUMBER, caller, wav)
    if json:
        as_json(rehearsal.written())
    else:
        show_call(console, rehearsal, wiring.deployment.home)
    if not rehearsal.heard.answered:
        raise typer.Exit(1)


async def _write(stack: Stack) -> None:
    """Read lines from the terminal, and print what is answered."""
    address = stack.api_url.replace("http", "ws", 1)
    async with connect(f"{address}/chat/{business.BUSINESS.slug}", proxy=None) as socket:
        listening = asyncio.create_task(_print_answers(socket))
        typing = asyncio.create_task(_send_lines(socket))
        await asyncio.wait({listening, typing}, return_when=asyncio.FIRST_COMPLETED)
        for task in (listening, typing):
            task.cancel()


async def _print_answers(socket: Any) -> None:
    async for frame in socket:
        message = jsonlib.loads(frame)
        if message["type"] == "said":
            console.print(f"[green]{message['text']}[/green]")
        elif message["type"] == "problem":
            console.print(f"[red]{message['text']}[/red]")


async def _send_lines(socket: Any) -> None:
    while True:
        try:
            line = await asyncio.to_thread(input)
        except EOFError:
            await socket.send(jsonlib.dumps({"type": "bye"}))
            return
        await socket.send(jsonlib.dumps({"type": "say", "text": line}))

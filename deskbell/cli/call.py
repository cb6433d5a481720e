"""`deskbell call`: be a caller, by voice or in writing."""

import asyncio
import json as jsonlib
import threading
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from websockets.asyncio.client import ClientConnection, connect

from deskbell import logging
from deskbell.cli.demo import failures_told, open_for_business, perform
from deskbell.cli.output import aside, console
from deskbell.demo import business
from deskbell.simulator import NotACall, Recording
from deskbell.stack import Stack
from domain.errors import InvalidInput
from domain.phone import normalise

# Numbers without a country code are dialled from where the demonstration's business is.
REGION = "US"


def call(
    wav: Annotated[Path | None, typer.Option(help="8 or 16 kHz, 16 bit, mono")] = None,
    text: Annotated[bool, typer.Option("--text", help="Type instead of speaking")] = False,
    caller: Annotated[str, typer.Option(help="The caller's number")] = business.CALLER,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object")] = False,
) -> None:
    """Call the demonstration's business, over the real sockets, and see what comes of it.

    Exits 0 if the call was answered, 1 if it was not, 2 if there is nothing to call with.
    """
    logging.configure(production=False, quiet=True)
    if (wav is None) == (not text) or (text and json):
        aside.print("Say one of --wav FILE (with or without --json) and --text")
        raise typer.Exit(2)
    try:
        if wav is not None:
            Recording.read(wav)
        with failures_told():
            answered = asyncio.run(_on_a_stack(wav, normalise(caller, REGION), json=json))
    except (NotACall, InvalidInput) as refused:
        aside.print(f"[red]{escape(str(refused))}[/red]")
        raise typer.Exit(2) from refused
    raise typer.Exit(0 if answered else 1)


async def _on_a_stack(wav: Path | None, caller: str, *, json: bool) -> bool:
    async with open_for_business() as (wiring, stack, scope):
        if wav is None:
            return await _write(stack)
        rehearsal = await perform(wiring, stack, scope, caller, wav, json=json)
        return rehearsal.heard.answered


async def _write(stack: Stack) -> bool:
    """Read lines from the terminal, and print what is answered."""
    address = stack.api_url.replace("http", "ws", 1)
    async with connect(f"{address}/chat/{business.BUSINESS.slug}", proxy=None) as socket:
        aside.print("[dim]Write as a visitor would; Ctrl-D says goodbye.[/dim]")
        typing = asyncio.create_task(_send_lines(socket))
        greeted = await _print_answers(socket)
        typing.cancel()
    return greeted


async def _print_answers(socket: ClientConnection) -> bool:
    """Print until the other side closes; whether anything was said."""
    greeted = False
    async for frame in socket:
        message = jsonlib.loads(frame)
        if message["type"] == "said":
            console.print(f"[green]{escape(message['text'])}[/green]")
            greeted = True
        elif message["type"] == "problem":
            console.print(f"[red]{escape(message['text'])}[/red]")
    return greeted


async def _send_lines(socket: ClientConnection) -> None:
    """Send what is typed; the end of the input is a goodbye."""
    lines = _typed_lines()
    while line := await lines.get():
        words = line.decode(errors="replace").strip()
        if words:
            await socket.send(jsonlib.dumps({"type": "say", "text": words}))
    await socket.send(jsonlib.dumps({"type": "bye"}))


def _typed_lines() -> asyncio.Queue[bytes]:
    """What is typed from now on, line by line; an empty one is the end."""
    lines: asyncio.Queue[bytes] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def read() -> None:
        # The loop may be gone by the time that somebody presses a key.
        with open(0, "rb", buffering=0, closefd=False) as keyboard, suppress(RuntimeError):
            while line := keyboard.readline():
                loop.call_soon_threadsafe(lines.put_nowait, line)
            loop.call_soon_threadsafe(lines.put_nowait, b"")

    # The receptionist may say goodbye first, and nobody waits for a thread that waits for keys.
    threading.Thread(target=read, daemon=True).start()
    return lines

"""The call and its consequences, in a terminal."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table

from deskbell.cli.output import console
from deskbell.demo.live import Tell
from deskbell.home import Home
from deskbell.rehearsal import Rehearsal
from deskbell.stack import Stack
from domain.conversations.models import Speaker, Turn
from tenants.service import NewOwner

COLOURS = {Speaker.CALLER: "cyan", Speaker.RECEPTIONIST: "green", Speaker.STAFF: "magenta"}


@contextmanager
def on_the_line(out: Console, caller: str, number: str) -> Iterator[Tell]:
    """Show a call while it is held; gives a function that shows a turn."""
    out.rule(f"[bold]{caller} calls {number}", style="cyan")
    with out.status("[dim]on the line", spinner="dots"):
        yield lambda turn: _show_turn(out, turn)


def _show_turn(out: Console, turn: Turn) -> None:
    line = Table.grid(padding=(0, 2))
    line.add_column(justify="right", style="dim", width=5)
    line.add_column(justify="right", style=COLOURS[turn.speaker], width=12)
    line.add_column(overflow="fold")
    seconds = turn.offset_ms // 1000
    cut = " [dim]— interrupted[/dim]" if turn.interrupted else ""
    line.add_row(
        f"{seconds // 60}:{seconds % 60:02}", turn.speaker.value, escape(turn.text.read()) + cut
    )
    out.print(line)


def show_consequences(out: Console, rehearsal: Rehearsal, home: Home) -> None:
    """Print everything that a call led to."""
    out.rule("[bold]What came of it", style="cyan")
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right", style="bold", width=14)
    table.add_column(overflow="fold")
    for name, value in _consequences(rehearsal, home).items():
        table.add_row(name, escape(value))
    out.print(table)


def _consequences(rehearsal: Rehearsal, home: Home) -> dict[str, str]:
    came, call = rehearsal.aftermath, rehearsal.aftermath.call
    rows = {
        "Call": f"{call['state']}, {call['disposition']}, {call['duration_ms'] / 1000:.1f} s",
        "Outcome": f"{call['outcome']}: {call['summary']}",
        "Answered after": ", ".join(f"{ms} ms" for ms in rehearsal.heard.latencies_ms()),
    }
    if came.appointment:
        visit = came.appointment
        rows["Appointment"] = f"{visit['service']}, {visit['starts_at']} ({visit['status']})"
    for message in came.messages:
        rows["Message"] = message["body"]
    for lead in came.leads:
        rows["Lead"] = lead["need"]
    if came.recording:
        kept = came.recording
        where = f"{home.folder.name}/recordings/{kept['storage_key']}"
        rows["Recording"] = (
            f"{kept['state']}, {kept['duration_ms'] / 1000:.1f} s, sealed in {where}"
        )
    rows["Notification"] = f"{came.notification.get('status')}, e-mail in {_newest(home.mailbox)}"
    rows["Events"] = ", ".join(came.events)
    return rows


def _newest(mailbox: Path) -> str:
    letters = sorted((mailbox / "new").glob("*"), key=lambda letter: letter.stat().st_mtime)
    return f"{mailbox.parent.name}/mailbox/new/{letters[-1].name}" if letters else "the mail server"


def show_doors(stack: Stack, owner: NewOwner) -> None:
    """Print where to go on from here."""
    console.print(
        Panel(
            f"GraphQL and GraphiQL   {stack.api_url}/graphql\n"
            f"Sign in                POST {stack.api_url}/auth/sign-in\n"
            f"                       {owner.email} / {owner.password}\n"
            f"Call again             deskbell call --wav FILE\n"
            f"Write instead          deskbell call --text\n\n"
            "Ctrl-C stops it all.",
            title="Deskbell is running",
            expand=False,
        )
    )

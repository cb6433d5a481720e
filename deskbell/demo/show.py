"""The call and its consequences, in a terminal."""

from pathlib import Path

from rich.console import Console
from rich.panel import Panel
from rich.table import Table

from deskbell.cli.output import console
from deskbell.home import Home
from deskbell.rehearsal import Rehearsal
from deskbell.stack import Stack
from tenants.service import NewOwner

COLOURS = {"caller": "cyan", "receptionist": "green", "staff": "magenta"}


def show_call(out: Console, rehearsal: Rehearsal, home: Home) -> None:
    """Print the conversation, then everything that it led to."""
    came = rehearsal.aftermath
    out.rule("[bold]The call")
    for turn in came.transcript:
        colour = COLOURS[turn["speaker"]]
        seconds = turn["offset_ms"] / 1000
        out.print(
            f"[dim]{seconds:6.1f}s[/dim] [{colour}]{turn['speaker']:>12}[/{colour}]  {turn['text']}"
        )
    out.rule("[bold]What came of it")
    table = Table(box=None, show_header=False, padding=(0, 2))
    for name, value in _consequences(rehearsal, home).items():
        table.add_row(f"[bold]{name}", value)
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

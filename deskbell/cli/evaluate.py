"""`deskbell eval`: how well the rules do on labelled lines."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from deskbell.brain import measuring as brain
from deskbell.cli.output import as_json, aside, console
from deskbell.nets.measuring import NETS, checked_in, measure
from domain.errors import DomainError

app = typer.Typer(help="Measure rules on labelled lines.", no_args_is_help=True)
HEADS = ("", "lines", "recall", "precision", "false alarms", "missed")

File = Annotated[Path | None, typer.Option(help="JSONL; see docs/nets.md")]
BrainFile = Annotated[Path | None, typer.Option(help="JSONL; see docs/brain.md")]


@app.callback()
def evaluate() -> None:
    """Measure rules on labelled lines."""


@app.command("nets")
def nets(
    emergency: File = None,
    optout: File = None,
    cards: File = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON")] = False,
) -> None:
    """Recall, precision and false alarms; without a file, on the corpora of the repository.

    Exits 2 if a file or a line of it cannot be read.
    """
    given = dict(zip(NETS, (emergency, optout, cards), strict=True))
    try:
        figures = measure({net: path for net, path in given.items() if path} or checked_in())
    except DomainError as fault:
        aside.print(f"[red]{escape(fault.message)}[/red]", soft_wrap=True)
        raise typer.Exit(2) from fault
    if json:
        as_json(figures)
        return
    for net, told in figures.items():
        _show(net, told)


@app.command("brain")
def measure_brain(
    dialogues: BrainFile = None,
    entities: BrainFile = None,
    intents: BrainFile = None,
    faq: BrainFile = None,
    noise: Annotated[float, typer.Option(min=0, max=1, help="Share of words heard badly")] = 0,
    json: Annotated[bool, typer.Option("--json", help="Print JSON")] = False,
    markdown: Annotated[bool, typer.Option(help="Print the table of docs/brain.md")] = False,
) -> None:
    """Task success, entities, intents and answers; without a file, on samples of the repository.

    Nothing is learned from the lines. Exits 2 if a file or a line of it cannot be read.
    """
    given = {"dialogues": dialogues, "entities": entities, "intents": intents, "faq": faq}
    try:
        paths = {part: path for part, path in given.items() if path} or brain.checked_in()
        figures = brain.measure(paths, noise)
    except DomainError as fault:
        aside.print(f"[red]{escape(fault.message)}[/red]", soft_wrap=True)
        raise typer.Exit(2) from fault
    if json:
        as_json(figures)
        return
    if markdown:
        console.print(brain.as_page(figures), markup=False, highlight=False, soft_wrap=True)
        return
    table = Table("", "")
    for name, value in brain.flat(figures):
        table.add_row(name, value)
    console.print(table)


def _show(net: str, told: dict[str, Any]) -> None:
    table = Table(*HEADS, title=net)
    rows = {"overall": told["overall"], **told["by_language"], **told.get("by_part", {})}
    for name, figures in rows.items():
        shares = (figures[key] for key in ("recall", "precision", "false_alarm_rate"))
        table.add_row(name, str(figures["lines"]), *map(_percent, shares), str(figures["missed"]))
    console.print(table)


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"

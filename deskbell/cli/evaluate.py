"""`deskbell eval`: how well the rules do on labelled lines."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from deskbell.cli.output import as_json, aside, console
from deskbell.nets import reading, scoring
from domain.errors import DomainError, InvalidInput

app = typer.Typer(help="Measure rules on labelled lines.", no_args_is_help=True)
CORPORA = Path(__file__).parents[2] / "tests/data/nets"
NETS = ("emergency", "optout", "cards")
HEADS = ("", "lines", "recall", "precision", "false alarms", "missed")

File = Annotated[Path | None, typer.Option(help="JSONL; see docs/nets.md")]


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


def checked_in() -> dict[str, Path]:
    """The corpora of the repository. Raises `InvalidInput` where there is none."""
    if not CORPORA.is_dir():
        raise InvalidInput("No corpora are here: name a file with --emergency, --optout or --cards")
    return {net: CORPORA / f"{net}.jsonl" for net in NETS}


def measure(paths: dict[str, Path]) -> dict[str, Any]:
    """The figures of each net on its file. Raises `InvalidInput`."""
    return {net: _measured(net, path) for net, path in paths.items()}


def _measured(net: str, path: Path) -> dict[str, Any]:
    match net:
        case "emergency":
            return scoring.score(reading.emergencies(path), scoring.alarms)
        case "optout":
            return scoring.score(reading.optouts(path), scoring.opts_out)
    return scoring.score_cards(reading.cards(path))


def _show(net: str, told: dict[str, Any]) -> None:
    table = Table(*HEADS, title=net)
    rows = {"overall": told["overall"], **told["by_language"], **told.get("by_part", {})}
    for name, figures in rows.items():
        shares = (figures[key] for key in ("recall", "precision", "false_alarm_rate"))
        table.add_row(name, str(figures["lines"]), *map(_percent, shares), str(figures["missed"]))
    console.print(table)


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"

"""`deskbell certificate`: whether a statement of an erasure is what was signed. Needs no server."""

from pathlib import Path
from typing import Annotated

import typer

from deskbell.bootstrap import Wiring
from deskbell.cli.output import as_json, aside, console, working
from deskbell.deployment import find
from deskbell.settings import Settings
from domain.erasure.certificates import Read, chain
from domain.erasure.errors import NotACertificate

app = typer.Typer(help="Certificates of erasures.", no_args_is_help=True)


@app.callback()
def certificates() -> None:
    """Certificates of erasures."""


@app.command("verify")
def verify(
    files: Annotated[list[Path], typer.Argument(help="Certificates of one business", exists=True)],
    key: Annotated[
        str | None,
        typer.Option(help="The public key that must have signed"),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON")] = False,
) -> None:
    """Check signatures, and that certificates follow each other; exits 1 if anything is wrong.

    Without --key it is checked that nobody changed them, not who made them.
    """
    try:
        found = chain([file.read_text() for file in files], key)
        if key is not None and not all(each.known for each in found):
            raise NotACertificate("Another key has signed it")
    except (NotACertificate, OSError, UnicodeDecodeError) as refused:
        aside.print(f"[red]{refused}[/red]")
        raise typer.Exit(1) from refused
    if json:
        as_json([{**each.statement, "hash": each.hash, "known": each.known} for each in found])
        return
    for each in found:
        _show(each)


@app.command("key")
def public_key() -> None:
    """Print the public key by which this deployment's certificates are known."""
    with working("Reading") as step:
        wiring = Wiring.build(find(Settings(), step))
    console.print(wiring.signer.public_key)


def _show(each: Read) -> None:
    said = each.statement
    by = "" if each.known else f", signed by {said['key']}: compare it with the key you know"
    rows = sum(said["rows"]["deleted"].values())
    console.print(f"[green]✓[/green] {said['number']}: {said['subject']}, {said['gone_at']}{by}")
    console.print(f"    {said['rule']['text']}; {rows} rows, {said['keys']['destroyed']} keys")
    for item in said["open"]:
        console.print(
            f"    [yellow]open[/yellow]: {item['holder']}: {item['state']} {item['note']}"
        )
    for residue in said["residues"]:
        console.print(f"    until {residue['until']}: {residue['where']}")

"""`deskbell plugins`: what is installed, whether it is sound, and a new one to begin with."""

import asyncio
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from deskbell import logging
from deskbell.cli.output import as_json, aside, console, working
from deskbell.home import Home
from deskbell.scaffold import BadName, scaffold
from deskbell.settings import Settings
from deskbell.testing.scenarios import rehearse
from deskbell.testing.spoken import Booth, rehearse_aloud
from domain.errors import Unavailable
from integrations.local_speech import LocalSpeechSettings
from plugins.checking import Finding, findings
from plugins.manifest import Manifest
from plugins.registry import Registry

app = typer.Typer(help="Plugins: list, check, begin a new one.", no_args_is_help=True)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON")]


@app.callback()
def plugins() -> None:
    """Plugins: list, check, begin a new one."""


@app.command("list")
def list_(json: AsJson = False) -> None:
    """List the plugins that tenants can switch on, and the personal data each one touches."""
    manifests = Registry(entry_points=True).manifests.values()
    if json:
        as_json([_told(one) for one in manifests])
        return
    table = Table("Name", "Title", "Version", "Category", "Reads or sends")
    for one in manifests:
        table.add_row(one.name, one.title, one.version, one.category, ", ".join(sorted(one.data)))
    console.print(table)


@app.command()
def check(
    voice: Annotated[
        bool,
        typer.Option("--voice", help="Play the spoken scenarios of trades by voice, too; minutes"),
    ] = False,
    json: AsJson = False,
) -> None:
    """Say what is wrong with the installed plugins; exits 1 if anything is."""
    registry = Registry(entry_points=True)
    found = [*findings(registry), *asyncio.run(_rehearsed(registry))]
    if voice:
        found += _heard(registry)
    if json:
        as_json([asdict(each) for each in found])
    for each in () if json else found:
        console.print(f"[red]{each.plugin}[/red]: {each.problem}")
    if found:
        raise typer.Exit(1)
    if not json:
        console.print("All plugins are sound")


@app.command()
def new(
    name: Annotated[str, typer.Argument(help="Small letters, digits and _")],
    folder: Annotated[Path, typer.Option(help="Where to put it", file_okay=False)] = Path(),
    json: AsJson = False,
) -> None:
    """Begin a plugin: a package with an entry point, and tests that pass."""
    try:
        made = scaffold(name, folder)
    except (BadName, FileExistsError) as refused:
        console.print(f"[red]{refused}[/red]")
        raise typer.Exit(1) from None
    if json:
        as_json({"folder": str(made)})
        return
    console.print(f"Made {made}. Try it: cd {made} && uv run --with-editable . pytest")


async def _rehearsed(registry: Registry) -> list[Finding]:
    """What the scenarios of trades bring to light."""
    return [
        Finding(name, problem)
        for name in sorted(registry.verticals)
        for problem in await rehearse(registry.sources[name])
    ]


def _heard(registry: Registry) -> list[Finding]:
    """The same by voice; exits 1 if this machine cannot hear or speak."""
    logging.configure(production=False, quiet=True)
    try:
        with working("Calling") as step:
            return asyncio.run(_rehearsed_aloud(registry, step))
    except Unavailable as fault:
        aside.print(f"[red]{escape(fault.message)}[/red]")
        raise typer.Exit(1) from fault


async def _rehearsed_aloud(registry: Registry, step: Callable[[str], object]) -> list[Finding]:
    settings = Settings()
    home = Home(settings.home)
    # One call after the other needs one process.
    speech = LocalSpeechSettings(
        model_folder=home.models, given_models=settings.speech_model_dir, processes=1
    )
    found = []
    async with Booth.open(speech, home.spoken) as booth:
        for name in sorted(registry.verticals):
            step(name)
            problems = await rehearse_aloud(registry.sources[name], booth)
            found += [Finding(name, problem) for problem in problems]
    return found


def _told(manifest: Manifest) -> dict[str, object]:
    return {
        "name": manifest.name,
        "title": manifest.title,
        "version": manifest.version,
        "category": manifest.category,
        "data": sorted(manifest.data),
        "requires": sorted(manifest.requires),
        "conflicts": sorted(manifest.conflicts),
        "stores_personal_data": manifest.stores_personal_data,
    }

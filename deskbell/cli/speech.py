"""`deskbell speech`: the models that hear and speak on this machine."""

import asyncio

import httpx
import typer

from deskbell.cli.output import aside, console, working
from deskbell.home import Home
from deskbell.settings import Settings
from domain.errors import Unavailable
from integrations.local_speech import ModelStore
from integrations.local_speech.catalogue import MODELS
from integrations.local_speech.fetch import fetch

app = typer.Typer(help="The embedded speech models.", no_args_is_help=True)


@app.callback()
def speech() -> None:
    """The embedded speech models."""


@app.command("fetch")
def fetch_models() -> None:
    """Download the authors' originals instead of using the packaged weights.

    Nothing is ever downloaded unless you say so here. Every file must match its SHA-256.
    """
    settings = Settings()
    store = ModelStore(Home(settings.home).models, settings.speech_model_dir)
    for model in MODELS:
        for file in model.files:
            aside.print(f"{file.url}")
    try:
        with working("Downloading"):
            asyncio.run(_fetch(store))
    except Unavailable as fault:
        aside.print(f"[red]{fault.message}[/red]")
        raise typer.Exit(1) from fault
    console.print("The models are here, and are what their authors published.")


async def _fetch(store: ModelStore) -> None:
    async with httpx.AsyncClient(follow_redirects=True, timeout=120) as client:
        await fetch(store, client)

"""Restaurants: how many come, and which table fits."""

from pathlib import Path

from domain.personal import DataClass
from domain.privacy.purposes import Purpose
from plugins.manifest import Category, Manifest
from plugins.restaurant.rules import inquiries, screen, triage
from plugins.restaurant.settings import Settings
from plugins.restaurant.words import FLOORS, WORDINGS, WORDS
from plugins.spec import Describe, hookimpl
from plugins.vertical import Vertical


@hookimpl
def plugin_manifest() -> Manifest:
    """Say who this is and what can be set."""
    return Manifest(
        name="restaurant",
        title="Restaurant",
        summary="Asks how many come and gives them a table that fits; large parties speak with a"
        " person.",
        version="1",
        category=Category.VERTICAL,
        settings=Settings,
        permissions=frozenset(),
        data=frozenset({DataClass.INQUIRY}),
        purpose=Purpose.SCHEDULING,
    )


@hookimpl
def register_vertical(describe: Describe) -> None:
    """Bring the trade."""
    describe(
        Vertical(
            folder=Path(__file__).parent,
            triage=triage,
            inquiries=inquiries,
            screen=screen,
            words=WORDS,
            floors=FLOORS,
            wordings=WORDINGS,
            decides_service=True,
        )
    )

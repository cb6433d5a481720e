"""Plumbers, electricians, heating and cooling: where they come to, and who is sent at night."""

from pathlib import Path

from domain.personal import DataClass
from domain.privacy.purposes import Purpose
from plugins.home_services.rules import inquiries, screen, triage
from plugins.home_services.settings import Settings
from plugins.home_services.words import FLOORS, WORDINGS, WORDS
from plugins.manifest import Category, Manifest
from plugins.spec import Describe, hookimpl
from plugins.vertical import Vertical


@hookimpl
def plugin_manifest() -> Manifest:
    """Say who this is and what can be set."""
    return Manifest(
        name="home_services",
        title="Home services",
        summary="Asks for the ZIP code, comes only where you go, and rings whoever is on call"
        " for gas, floods and cold homes.",
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
        )
    )

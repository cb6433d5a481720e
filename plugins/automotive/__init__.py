"""Garages: which vehicle, whether it may be driven, and a bay for it."""

from pathlib import Path

from domain.personal import DataClass
from domain.privacy.purposes import Purpose
from plugins.automotive.rules import inquiries, screen, triage
from plugins.automotive.settings import Settings
from plugins.automotive.words import FLOORS, WORDINGS, WORDS
from plugins.manifest import Category, Manifest
from plugins.spec import Describe, hookimpl
from plugins.vertical import Vertical


@hookimpl
def plugin_manifest() -> Manifest:
    """Say who this is and what can be set."""
    return Manifest(
        name="automotive",
        title="Car repair",
        summary="Asks for the vehicle, keeps unsafe cars off the road, and books a bay with a"
        " mechanic.",
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

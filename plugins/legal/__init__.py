"""Law offices: no advice by telephone, and no consultation before conflicts are checked."""

from pathlib import Path

from domain.personal import DataClass
from domain.privacy.purposes import Purpose
from plugins.legal.rules import inquiries, screen, triage
from plugins.legal.settings import Settings
from plugins.legal.words import FLOORS, WORDINGS, WORDS
from plugins.manifest import Category, Manifest
from plugins.spec import Describe, hookimpl
from plugins.vertical import Vertical


@hookimpl
def plugin_manifest() -> Manifest:
    """Say who this is and what can be set."""
    return Manifest(
        name="legal",
        title="Law office",
        summary="Checks for conflicts of interest before a consultation, asks what it is about,"
        " and gives no legal advice.",
        version="1",
        category=Category.VERTICAL,
        settings=Settings,
        permissions=frozenset(),
        data=frozenset({DataClass.CALLER_IDENTITY, DataClass.INQUIRY}),
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

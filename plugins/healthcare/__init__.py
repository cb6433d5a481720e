"""Dental and medical practices: who comes, what cannot wait, and no medical advice."""

from pathlib import Path

from domain.personal import DataClass
from domain.privacy.purposes import Purpose
from plugins.healthcare.rules import triage
from plugins.healthcare.settings import Settings
from plugins.healthcare.visits import inquiries, screen
from plugins.healthcare.words import FLOORS, WORDINGS, WORDS
from plugins.manifest import Category, Manifest
from plugins.spec import Describe, hookimpl
from plugins.vertical import Vertical


@hookimpl
def plugin_manifest() -> Manifest:
    """Say who this is and what can be set."""
    return Manifest(
        name="healthcare",
        title="Dental and medical practice",
        summary="Asks who comes, for the date of birth and the insurance, sends what cannot wait"
        " to a person, gives no medical advice, and tells of visits only to who proves whose"
        " they are. Needs HIPAA mode.",
        version="1",
        category=Category.VERTICAL,
        settings=Settings,
        permissions=frozenset(),
        data=frozenset({DataClass.APPOINTMENT, DataClass.CALLER_IDENTITY, DataClass.INQUIRY}),
        purpose=Purpose.SCHEDULING,
        # It works within the deployment, and lets out nothing at all.
        asks_agreements=True,
        needs_hipaa=True,
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
            birth_dates=True,
        )
    )

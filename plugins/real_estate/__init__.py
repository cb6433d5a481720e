"""Estate agents: which listing is seen, by whom, and what may not be answered."""

from pathlib import Path

from domain.personal import DataClass
from domain.privacy.purposes import Purpose
from plugins.manifest import Category, Manifest
from plugins.real_estate.rules import inquiries, screen, triage
from plugins.real_estate.settings import Settings
from plugins.real_estate.words import FLOORS, WORDINGS, WORDS
from plugins.spec import Describe, hookimpl
from plugins.vertical import Vertical


@hookimpl
def plugin_manifest() -> Manifest:
    """Say who this is and what can be set."""
    return Manifest(
        name="real_estate",
        title="Real estate",
        summary="Asks which listing, shows only what can be seen, and never says who lives where.",
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
            services=("Showing",),
        )
    )

"""Hair, nails and skin: who does it, what goes with it, and what needs a test first."""

from pathlib import Path

from domain.personal import DataClass
from domain.privacy.purposes import Purpose
from plugins.manifest import Category, Manifest
from plugins.salon.rules import inquiries, screen, triage
from plugins.salon.settings import Settings
from plugins.salon.words import FLOORS, WORDINGS, WORDS
from plugins.spec import Describe, hookimpl
from plugins.vertical import Vertical


@hookimpl
def plugin_manifest() -> Manifest:
    """Say who this is and what can be set."""
    return Manifest(
        name="salon",
        title="Salon and spa",
        summary="Asks whom a guest would like to see, offers what goes with a service, and books"
        " no color without a patch test.",
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

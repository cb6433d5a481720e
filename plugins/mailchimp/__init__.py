"""Mailchimp: whoever asked the business for its letters stands on an audience, and nobody else."""

from datetime import timedelta

from domain.contacts.events import ContactChanged, ContactRestricted, ContactRestrictionLifted
from domain.outreach.agreements.events import OutreachConsentGiven, OutreachConsentWithdrawn
from domain.outreach.events import OutreachRefused
from domain.personal import DataClass
from domain.privacy.purposes import Purpose
from domain.privacy.recipients import Recipient, Standing, TransferBasis
from plugins.capability import CheckContext
from plugins.mailchimp import handlers
from plugins.mailchimp.desk import NAME, NoAudience, account_of, settings_of
from plugins.mailchimp.graphql import Mailchimp
from plugins.mailchimp.handlers import OnAudiences
from plugins.mailchimp.jobs import HEARING, fill, hear, look
from plugins.mailchimp.settings import Settings
from plugins.manifest import Category, Manifest, OAuth
from plugins.spec import Answering, Checking, Extend, Later, Mount, Subscribe, hookimpl

# A name, an address, and that they asked: nothing of a call.
TOLD = frozenset({DataClass.CALLER_IDENTITY, DataClass.CONSENT})
# Seconds: several requests, one after the other.
PATIENCE = 60.0
EVERY = timedelta(minutes=5)
COMPANY = Recipient(
    "Intuit Inc. (Mailchimp)",
    "letters of advertising",
    TOLD,
    Purpose.MARKETING,
    country="US",
    transfer=TransferBasis.STANDARD_CLAUSES,
    standing=Standing.CHOSEN,
)


@hookimpl
def plugin_manifest() -> Manifest:
    """Say who this is and what can be set."""
    return Manifest(
        name=NAME,
        title="Mailchimp",
        summary="Who asked you for letters, in writing, is on your audience; who leaves is not.",
        version="1",
        category=Category.MARKETING,
        settings=Settings,
        permissions=frozenset({"contacts:read", "contacts:write"}),
        data=TOLD,
        purpose=Purpose.MARKETING,
        recipients=(COMPANY,),
        oauth=OAuth(NAME),
        stores_personal_data=True,
    )


@hookimpl
def register_event_handlers(subscribe: Subscribe) -> None:
    """Whatever changes how somebody wants it is heeded at once."""
    subscribe(OutreachConsentGiven, handlers.asked, timeout=PATIENCE)
    subscribe(OutreachConsentWithdrawn, handlers.left, timeout=PATIENCE)
    subscribe(OutreachRefused, handlers.refused, timeout=PATIENCE)
    subscribe(ContactChanged, handlers.corrected, timeout=PATIENCE)
    subscribe(ContactRestricted, handlers.only_kept, timeout=PATIENCE)
    subscribe(ContactRestrictionLifted, handlers.used_again, timeout=PATIENCE)


@hookimpl
def register_personal_data(answering: Answering) -> None:
    """Whoever is erased here is deleted there for good."""
    answering(OnAudiences(), timeout=PATIENCE)


@hookimpl
def register_jobs(later: Later) -> None:
    """It is filled once, and who leaves there is heard of all the time."""
    later(fill, timeout=PATIENCE)
    later(look, every=EVERY, timeout=PATIENCE)


@hookimpl
def register_routes(mount: Mount) -> None:
    """Mailchimp tells that somebody left."""
    mount(HEARING, hear, methods=("GET", "POST"))


@hookimpl
def register_schema(extend: Extend) -> None:
    """The audiences of the account can be chosen from."""
    extend(Mailchimp)


@hookimpl
def register_checks(checking: Checking) -> None:
    """It works if the audience that was chosen is there."""
    checking(check)


async def check(context: CheckContext) -> None:
    """Ask for the audience. Raises whatever stands in the way."""
    if await account_of(context).audience(settings_of(context).audience or "-") is None:
        raise NoAudience

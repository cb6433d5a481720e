"""What HubSpot tells of changes: whether it is HubSpot, and whom it is about."""

from collections.abc import Iterator
from typing import Any

from domain.outgoing import objects
from integrations.hubspot.signature import Signed
from plugins.crm_hints import PATH, Hint, Hook
from plugins.hubspot.settings import Settings
from plugins.routes import Incoming, Reply, RouteContext

# How HubSpot calls contacts where it tells of all kinds of records in one way.
CONTACTS = "0-1"


async def hear(request: Incoming, context: RouteContext) -> Reply:
    """HubSpot tells, many at once, that records were changed."""
    settings = context.settings
    assert isinstance(settings, Settings)
    secret = settings.hook_secret.get_secret_value()
    return await Hook(secret, settings.changes, is_genuine, hints_in).hear(request, context)


def is_genuine(request: Incoming, context: RouteContext, secret: str) -> bool:
    """Whether HubSpot has signed it, for our address and just now."""
    said = request.headers
    moment = said.get("x-hubspot-request-timestamp", "")
    signed = Signed(request.method, context.url(PATH), request.body, moment)
    signature = said.get("x-hubspot-signature-v3", "")
    # Our address has no query: what has one was signed for another.
    return not request.query and signed.is_genuine(secret, signature, context.clock.now())


def hints_in(told: Any) -> Iterator[Hint]:
    """Which contacts were changed; what else is told is passed over."""
    for each in objects(told):
        hint = Hint.of(each.get("eventId"), each.get("objectId"))
        if hint is not None and _is_contact(each):
            yield hint


def _is_contact(told: dict[str, Any]) -> bool:
    kind, _, deed = str(told.get("subscriptionType", "")).partition(".")
    of_contacts = kind == "contact" or (kind == "object" and told.get("objectTypeId") == CONTACTS)
    return of_contacts and deed == "propertyChange"

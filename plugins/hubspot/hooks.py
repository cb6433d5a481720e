"""What HubSpot tells of changes: whether it is HubSpot, and whom it is about."""

import json
from collections.abc import Iterator
from typing import Any

from domain.outgoing import objects
from integrations.hubspot.signature import Signed
from plugins.crm_hints import MOST_HINTS, PATH, Hint, heed
from plugins.hubspot.settings import Settings
from plugins.routes import Incoming, Reply, RouteContext

# How HubSpot calls contacts where it tells of all kinds of records in one way.
CONTACTS = "0-1"
NOT_THERE, REFUSED, UNREADABLE = 404, 401, 400


async def hear(request: Incoming, context: RouteContext) -> Reply:
    """HubSpot tells, many at once, that records were changed; it tells again what is not heard."""
    settings = context.settings
    assert isinstance(settings, Settings)
    secret = settings.hook_secret.get_secret_value()
    if not secret:
        return Reply(NOT_THERE)
    said = request.headers
    moment = said.get("x-hubspot-request-timestamp", "")
    signed = Signed(request.method, context.url(PATH), request.body, moment)
    signature = said.get("x-hubspot-signature-v3", "")
    if request.query or not signed.is_genuine(secret, signature, context.clock.now()):
        return Reply(REFUSED)
    try:
        told = json.loads(request.body)
    except ValueError:
        return Reply(UNREADABLE)
    hints = list(hints_in(told))[:MOST_HINTS]
    if settings.changes and hints:
        async with context.unit_of_work() as uow:
            await heed(uow, context.plugin, hints)
    return Reply()


def hints_in(told: Any) -> Iterator[Hint]:
    """Which contacts were changed; what else is told is passed over."""
    for each in objects(told):
        event, record = each.get("eventId"), each.get("objectId")
        if _is_contact(each) and isinstance(event, int | str) and isinstance(record, int | str):
            yield Hint(str(event)[:40], str(record))


def _is_contact(told: dict[str, Any]) -> bool:
    kind, _, deed = str(told.get("subscriptionType", "")).partition(".")
    of_contacts = kind == "contact" or (kind == "object" and told.get("objectTypeId") == CONTACTS)
    return of_contacts and deed == "propertyChange"

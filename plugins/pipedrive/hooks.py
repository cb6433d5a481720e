"""What Pipedrive tells of changes (webhooks, version 2): whether it may, and whom it is about.

Pipedrive signs nothing: it sends the name and password that it was given for our address.
"""

import hmac
from base64 import b64encode
from collections.abc import Iterator
from typing import Any

from plugins.crm_hints import Hint, Hook
from plugins.pipedrive.settings import Settings
from plugins.routes import Incoming, Reply, RouteContext

NAME = "deskbell"


async def hear(request: Incoming, context: RouteContext) -> Reply:
    """Pipedrive tells that somebody was changed; it bans addresses that answer nothing."""
    settings = context.settings
    assert isinstance(settings, Settings)
    secret = settings.hook_secret.get_secret_value()
    return await Hook(secret, settings.changes, is_genuine, hints_in).hear(request, context)


def is_genuine(request: Incoming, context: RouteContext, secret: str) -> bool:
    """Whether it knows the password."""
    right = b"Basic " + b64encode(f"{NAME}:{secret}".encode())
    return hmac.compare_digest(request.headers.get("authorization", "").encode(), right)


def hints_in(told: Any) -> Iterator[Hint]:
    """Who was changed, if it is a person."""
    meta = told.get("meta") if isinstance(told, dict) else None
    if not isinstance(meta, dict):
        return
    hint = Hint.of(meta.get("id"), meta.get("entity_id"))
    if hint is not None and (meta.get("entity"), meta.get("action")) == ("person", "change"):
        yield hint

"""Which endpoints want which events; asked by the relay, which sees every tenant."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.erasure.events import ContactErased
from plugins.webhooks.events import WebhookTested
from plugins.webhooks.hearing import may_hear
from plugins.webhooks.rules import matches

ENDPOINTS = """
SELECT tenant_id, id, events, permissions, owner_kind = 'app' AS of_app FROM webhook_endpoint
WHERE enabled AND owner_kind <> 'declared' AND tenant_id = ANY($1::uuid[])
"""


@dataclass(frozen=True)
class Listener:
    """An endpoint that is on, and what it chose."""

    tenant_id: UUID
    name: str
    events: tuple[str, ...]
    lent: frozenset[str] | None = None
    """What an app may do; None for the tenant's own endpoints, which hear of everything."""

    def wants(self, event: str, key: str) -> bool:
        """What it chose; a test is for the endpoint that is tested only."""
        if event == WebhookTested.name:
            return key == self.name
        if self.lent is not None and not may_hear(event, self.lent):
            return False
        # Whoever may have heard of a person hears that they are to be forgotten (GDPR Art. 19).
        return event == ContactErased.name or any(
            matches(pattern, event) for pattern in self.events
        )


async def endpoints(connection: BaseDBAsyncClient, tenants: list[UUID]) -> Sequence[Listener]:
    """Every endpoint of these tenants that is on."""
    rows = await connection.execute_query_dict(ENDPOINTS, [tenants])
    return [
        Listener(
            row["tenant_id"],
            str(row["id"]),
            _names(row["events"]),
            frozenset(_names(row["permissions"])) if row["of_app"] else None,
        )
        for row in rows
    ]


def _names(stored: str | list[str]) -> tuple[str, ...]:
    return tuple(json.loads(stored) if isinstance(stored, str) else stored)

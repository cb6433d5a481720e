"""Asking a service as an account that a business has connected: its tokens, and JSON both ways."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from domain.calendars.wire import Ask, Said
from domain.errors import Unavailable
from integrations.http_out import Answer
from plugins.capability import Capability
from plugins.connections.accounts import Pass
from plugins.connections.errors import NeedsConsent
from plugins.context import PluginContext
from plugins.way_out import WayOut

REFUSED = 401


@dataclass(frozen=True)
class AccountWire:
    """Carries requests to one service; made for one call, request or job."""

    out: WayOut
    context: Capability | PluginContext = field(repr=False)
    service: str
    """What the service is called where accounts are connected."""
    _passes: dict[UUID | None, Pass] = field(default_factory=dict, repr=False)

    async def ask(self, account: UUID | None, ask: Ask) -> Said:
        """Send a request; a token that is refused is renewed once.

        Raises `NotConnected`, `NeedsConsent` and `Unavailable`.
        """
        entrance = self._passes.get(account) or await self._enter(account)
        said = await self._send(ask, entrance)
        if said.status != REFUSED:
            return said
        entrance = await self._enter(account, refused=entrance.token)
        said = await self._send(ask, entrance)
        if said.status == REFUSED:
            accounts, open = self.context.accounts, self.context.unit_of_work
            await accounts.refused(open, self.service, account, entrance.token)
            raise NeedsConsent
        return said

    async def _enter(self, account: UUID | None, refused: str = "") -> Pass:
        accounts, open = self.context.accounts, self.context.unit_of_work
        self._passes[account] = await accounts.enter(open, self.service, account, refused)
        return self._passes[account]

    async def _send(self, ask: Ask, entrance: Pass) -> Said:
        url = _address(entrance.api, ask.path)
        if ask.query:
            url += f"?{urlencode(ask.query)}"
        headers = {
            "Authorization": f"Bearer {entrance.token}",
            "Accept": "application/json",
            **ask.headers,
        }
        body = b""
        if ask.body is not None:
            headers["Content-Type"] = "application/json"
            body = json.dumps(ask.body).encode()
        return _said(await self.out.ask(ask.method, url, headers, body))


def _address(api: str, path: str) -> str:
    """Where a path leads. A link that the service gave leads nowhere else with our token."""
    if path.startswith("/"):
        return api + path
    if not path.startswith(f"{api}/"):
        raise Unavailable("The calendar leads us to another service")
    return path


def _said(answer: Answer) -> Said:
    """What was answered. Raises `Unavailable` for a success that cannot be read."""
    body = _object(answer.body)
    if body is None and answer.is_success:
        raise Unavailable("The calendar does not answer as it should")
    return Said(answer.status, answer.headers, body or {})


def _object(body: bytes) -> dict[str, Any] | None:
    if not body:
        return {}
    try:
        said = json.loads(body)
    except ValueError:
        return None
    return said if isinstance(said, dict) else None

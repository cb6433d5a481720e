"""Asking a service as an account that a business has connected: its tokens, and JSON both ways."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from domain.calendars.wire import Ask, Said
from domain.entrance import let_in
from domain.errors import Unavailable
from integrations.http_out import Answer
from plugins.capability import Capability
from plugins.connections.accounts import Pass
from plugins.context import PluginContext
from plugins.entering import Entering
from plugins.way_out import WayOut


@dataclass(frozen=True)
class AccountWire:
    """Carries requests to one service; made for one call, request or job."""

    out: WayOut
    context: Capability | PluginContext = field(repr=False)
    service: str
    """What the service is called where accounts are connected."""
    _entering: dict[UUID | None, Entering] = field(default_factory=dict, repr=False)

    async def ask(self, account: UUID | None, ask: Ask) -> Said:
        """Send a request. Raises `NotConnected`, `NeedsConsent` and `Unavailable`."""
        new = Entering(self.context, self.service, account)
        access = self._entering.setdefault(account, new)
        return _said(await let_in(access, lambda entrance: self._send(ask, entrance)))

    async def _send(self, ask: Ask, entrance: Pass) -> Answer:
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
        return await self.out.ask(ask.method, url, headers, body)


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

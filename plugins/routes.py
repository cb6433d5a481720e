"""What plugins receive from outside: callbacks of OAuth, webhooks of vendors.

An address names the plugin and carries a signed key, which alone says whose it is; where a vendor
wants one address for all, the key is the `state` that the vendor gives back.
"""

import base64
import hashlib
import hmac
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from plugins.capability import Capability

# Seconds: vendors give up after ten.
PATIENCE = 8.0
# The query parameter; a vendor's own part of it may follow after a dot.
STATE = "state"
# Bytes.
SIGNATURE = 16


@dataclass(frozen=True)
class Incoming:
    """A request, read to its end."""

    method: str
    path: str
    """The path that the plugin registered."""
    query: Mapping[str, str]
    headers: Mapping[str, str]
    """By lower-case name."""
    body: bytes = b""


@dataclass(frozen=True)
class Reply:
    """What the other side is answered."""

    status: int = 204
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RouteContext(Capability):
    """What a route is given beside the request."""

    links: "PluginLinks"

    def url(self, path: str) -> str:
        """The tenant's own address of another route of the plugin."""
        return self.links.url(self.plugin, path, self.tenant_id)


Endpoint = Callable[[Incoming, Any], Awaitable[Reply]]


@dataclass(frozen=True)
class Route:
    """An address of a plugin."""

    plugin: str
    path: str
    endpoint: Endpoint
    methods: tuple[str, ...] = ("POST",)
    timeout: float = PATIENCE
    by_state: bool = False
    """Whether one address serves every tenant, which the `state` of the query names."""

    @property
    def pattern(self) -> str:
        """Where it is mounted."""
        key = "" if self.by_state else "/{key}"
        return f"/plugins/{self.plugin}{key}/{self.path}"


@dataclass(frozen=True)
class PluginLinks:
    """Makes and reads the signed keys."""

    public_url: str
    secret: bytes = field(repr=False)

    def key(self, plugin: str, tenant_id: UUID) -> str:
        """What names a tenant to a plugin; the same at every time, so that vendors can keep it."""
        return _encoded(tenant_id.bytes + self._signed(plugin, tenant_id))

    def url(self, plugin: str, path: str, tenant_id: UUID) -> str:
        """The tenant's own address."""
        return f"{self.public_url}/plugins/{plugin}/{self.key(plugin, tenant_id)}/{path}"

    def tenant_of(self, plugin: str, key: str) -> UUID | None:
        """Whose key it is; None if it was not signed for this plugin."""
        try:
            raw = base64.urlsafe_b64decode(key + "=" * (-len(key) % 4))
            tenant_id = UUID(bytes=raw[:16])
        except ValueError:
            return None
        genuine = hmac.compare_digest(raw[16:], self._signed(plugin, tenant_id))
        return tenant_id if genuine else None

    def _signed(self, plugin: str, tenant_id: UUID) -> bytes:
        about = f"{plugin}:{tenant_id}".encode()
        return hmac.new(self.secret, about, hashlib.sha256).digest()[:SIGNATURE]


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")

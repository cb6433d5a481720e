"""What a provider publishes about itself: endpoints and keys, kept for a while."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar
from urllib.parse import urlsplit

from authlib.oidc.discovery import get_well_known_url
from pydantic import BaseModel, ConfigDict, ValidationError

from domain.clock import Clock
from tenants.sso.ports import ProviderFault

V = TypeVar("V")

KEPT = timedelta(hours=1)
# A provider that changes its keys is asked again before that, but a token that names a key of
# its own invention must not make us ask for every sign-in.
KEYS_AGAIN = timedelta(minutes=1)
# Of all tenants together; the one asked for longest ago makes room.
MOST_KEPT = 500
JSON = {"Accept": "application/json"}


class Fetched(Protocol):
    """An answer, as far as we look at it."""

    @property
    def status(self) -> int:
        """The HTTP status."""

    @property
    def body(self) -> bytes:
        """All of it."""


class Http(Protocol):
    """A way out: bounded in time, size and reach. Raises `Unreachable`."""

    async def get(self, url: str, headers: Mapping[str, str]) -> Fetched:
        """Ask for something."""

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Fetched:
        """Send something."""


class Metadata(BaseModel):
    """What discovery tells of a provider, as far as we need it."""

    model_config = ConfigDict(extra="ignore", strict=True)

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None = None
    token_endpoint_auth_methods_supported: list[str] = ["client_secret_basic"]
    authorization_response_iss_parameter_supported: bool = False

    @property
    def endpoints(self) -> list[str]:
        """Every address that a browser or we are sent to."""
        named = (self.authorization_endpoint, self.token_endpoint, self.jwks_uri)
        return [*named, *([self.userinfo_endpoint] if self.userinfo_endpoint else [])]


@dataclass
class Documents:
    """Fetches what providers publish, and keeps it."""

    http: Http
    clock: Clock
    _kept: dict[tuple[str, str], tuple[datetime, Any]] = field(default_factory=dict)

    async def metadata(self, issuer: str) -> Metadata:
        """Where a provider is to be asked. Raises `ProviderFault`."""
        kept: Metadata | None = self._still(("discovery", issuer), KEPT)
        if kept is not None:
            return kept
        body = await self._fetch(get_well_known_url(issuer, external=True), "discovery")
        return self._keep(("discovery", issuer), _metadata(issuer, body))

    async def keys(self, metadata: Metadata, *, again: bool = False) -> list[dict[str, Any]]:
        """The keys that a provider signs with. Raises `ProviderFault`."""
        name = ("keys", metadata.jwks_uri)
        kept: list[dict[str, Any]] | None = self._still(name, KEYS_AGAIN if again else KEPT)
        if kept is not None:
            return kept
        return self._keep(name, _keys(await self._fetch(metadata.jwks_uri, "keys")))

    async def _fetch(self, url: str, what: str) -> bytes:
        fetched = await self.http.get(url, JSON)
        if fetched.status != 200:
            raise ProviderFault(f"{what}_status")
        return fetched.body

    def _still(self, name: tuple[str, str], lasts: timedelta) -> Any:
        """What was kept under a name, unless that is too long ago."""
        at, value = self._kept.get(name, (None, None))
        return value if at is not None and self.clock.now() - at < lasts else None

    def _keep(self, name: tuple[str, str], value: V) -> V:
        self._kept.pop(name, None)
        while len(self._kept) >= MOST_KEPT:
            self._kept.pop(next(iter(self._kept)))
        self._kept[name] = (self.clock.now(), value)
        return value


def json_in(body: bytes, what: str) -> dict[str, Any]:
    """A JSON object. Raises `ProviderFault`."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as problem:
        raise ProviderFault(f"{what}_not_json") from problem
    if not isinstance(value, dict):
        raise ProviderFault(f"{what}_not_json")
    return value


def _metadata(issuer: str, body: bytes) -> Metadata:
    try:
        metadata = Metadata.model_validate(json_in(body, "discovery"))
    except ValidationError as problem:
        raise ProviderFault("discovery_incomplete") from problem
    # Letter by letter: a provider that speaks for another's name could mix the two up.
    if metadata.issuer != issuer:
        raise ProviderFault("discovery_other_issuer")
    allowed = {"https", urlsplit(issuer).scheme}
    if any(urlsplit(each).scheme not in allowed for each in metadata.endpoints):
        raise ProviderFault("discovery_insecure")
    return metadata


def _keys(body: bytes) -> list[dict[str, Any]]:
    keys = json_in(body, "keys").get("keys")
    if not isinstance(keys, list):
        raise ProviderFault("keys_missing")
    return [key for key in keys if isinstance(key, dict)]

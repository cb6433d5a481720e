"""SMART backend services: a token for a client that proves itself by a signed assertion."""

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

from domain.calendars.ports import CalendarRefused
from domain.clock import Clock
from domain.errors import InvalidInput, Unavailable
from domain.outgoing import Fetched, Http
from integrations.fhir.outcomes import CODE

FORM = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}
ASSERTED = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
# SMART App Launch 2, "Backend Services": five minutes at most; clocks differ a little.
ASSERTION_LASTS = timedelta(minutes=4)
# A token that ends while a request is on its way is of no use.
BEFORE_ITS_END = timedelta(seconds=30)
# Where a server does not say: what the specification recommends.
USUALLY_LASTS = 300.0
LEAST_RSA_BITS = 2048
MOST_HELD = 1000


def key_of(text: str) -> ECKey | RSAKey:
    """A private key as PEM or JWK: P-384 or RSA, as every server knows them. `InvalidInput`."""
    for kind in (ECKey, RSAKey):
        try:
            key = kind.import_key(json.loads(text) if text.lstrip().startswith("{") else text)
        except (JoseError, ValueError, TypeError, KeyError):
            continue
        if key.is_private and _is_strong(key):
            return key
    raise InvalidInput.at("private_key", "It takes a private key: P-384, or RSA of 2048 bits")


def _is_strong(key: ECKey | RSAKey) -> bool:
    if isinstance(key, ECKey):
        return str(key.curve_name) == "P-384"
    private = key.private_key
    return private is not None and private.key_size >= LEAST_RSA_BITS


@dataclass(frozen=True)
class BackendClient:
    """By what a server knows us."""

    client_id: str
    key_id: str
    private_key: str = field(repr=False)
    scopes: str
    token_url: str = ""
    """The server says it itself, if it is empty."""

    def assertion(self, audience: str, now: datetime) -> str:
        """That it is us, signed."""
        key = key_of(self.private_key)
        algorithm = "ES384" if isinstance(key, ECKey) else "RS384"
        header = {"alg": algorithm, "typ": "JWT", "kid": self.key_id}
        claims = {
            "iss": self.client_id,
            "sub": self.client_id,
            "aud": audience,
            "iat": int(now.timestamp()),
            "exp": int((now + ASSERTION_LASTS).timestamp()),
            "jti": secrets.token_urlsafe(24),
        }
        return jwt.encode(header, claims, key, algorithms=[algorithm])


@dataclass(frozen=True)
class Held:
    """A token, and until when it is used."""

    token: str = field(repr=False)
    until: datetime


@dataclass
class Tokens:
    """The tokens of one process."""

    held: dict[str, Held] = field(default_factory=dict)

    def get(self, name: str, now: datetime) -> str:
        """One that lasts for a while yet, if there is one."""
        known = self.held.get(name)
        return known.token if known is not None and known.until > now else ""

    def keep(self, name: str, held: Held, now: datetime) -> None:
        """Hold one, and none that are over."""
        if len(self.held) >= MOST_HELD:
            lasting = {name: each for name, each in self.held.items() if each.until > now}
            self.held = lasting if len(lasting) < MOST_HELD else {}
        self.held[name] = held


@dataclass(frozen=True)
class SmartAccess:
    """Implements `Access` at one server."""

    base: str
    owner: str
    """Whose tokens they are: no business uses those of another."""
    client: BackendClient
    http: Http
    clock: Clock
    tokens: Tokens

    async def token(self, refused: str = "") -> str:
        """A token that lasts for a while. Raises `CalendarRefused` and `Unavailable`."""
        name = self._name
        known = self.tokens.get(name, self.clock.now())
        if known and known != refused:
            return known
        url = self.client.token_url or await self._token_url()
        now = self.clock.now()
        asked = {
            "grant_type": "client_credentials",
            "scope": self.client.scopes,
            "client_assertion_type": ASSERTED,
            "client_assertion": self.client.assertion(url, now),
        }
        told = _granted(await self.http.ask("POST", url, FORM, urlencode(asked).encode()))
        lasts = told.get("expires_in")
        seconds = float(lasts) if isinstance(lasts, int | float) else USUALLY_LASTS
        until = now + timedelta(seconds=min(seconds, 86400.0)) - BEFORE_ITS_END
        token = str(told["access_token"])
        self.tokens.keep(name, Held(token, until), now)
        return token

    @property
    def _name(self) -> str:
        """What tokens of this client are kept under; another key is another client."""
        client = self.client
        parts = (client.client_id, client.key_id, client.private_key, client.scopes)
        words = json.dumps([self.owner, self.base, client.token_url, *parts])
        return hashlib.sha256(words.encode()).hexdigest()

    async def _token_url(self) -> str:
        """Where the server gives tokens, as it says itself."""
        url = f"{self.base}/.well-known/smart-configuration"
        answer = await self.http.ask("GET", url, {"Accept": "application/json"}, b"")
        if answer.status in (404, 410):
            raise CalendarRefused("no_smart_configuration")
        found = _object(answer.body).get("token_endpoint") if answer.status == 200 else None
        if not isinstance(found, str) or not found.startswith(("https://", "http://")):
            raise Unavailable("The FHIR server does not say where it gives tokens")
        return found


def _granted(answer: Fetched) -> dict[str, Any]:
    told = _object(answer.body)
    if answer.status == 200 and isinstance(told.get("access_token"), str):
        return told
    if answer.status == 429 or answer.status >= 500:
        raise Unavailable("Nobody gives tokens for the FHIR server")
    said = str(told.get("error", "")).replace("_", "-")
    raise CalendarRefused(f"token_{said}" if CODE.fullmatch(said) else "token_refused")


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}

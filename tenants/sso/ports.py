"""Whom single sign-on asks outside: identity providers, and the domain name system."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol


class ProviderFault(Exception):
    """A provider did not answer as it should; `reason` is a word, such as `nonce`.

    The words are ours: nothing of what a provider sends gets into a trail or a log.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unreachable(ProviderFault):
    """Nobody was there, it took too long, was too much, or may not be called."""


class NoNameServer(Exception):
    """No name server answered: that a record is missing cannot be told."""


@dataclass(frozen=True)
class Client:
    """What we are at a provider."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    redirect_uri: str = ""


@dataclass(frozen=True)
class Challenge:
    """The secrets of one visit to a provider; `fresh` wants the person asked anew."""

    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    fresh: bool = False
    email: str = ""
    """Whom to ask for, if that is known."""


@dataclass(frozen=True)
class Return:
    """What a browser brings back from a provider."""

    state: str = field(repr=False)
    code: str | None = field(default=None, repr=False)
    issuer: str | None = None
    error: str | None = None


@dataclass(frozen=True)
class Named:
    """Whom a provider has named, as it says; every word of it is checked against us already."""

    subject: str
    email: str
    email_verified: bool
    name: str
    auth_time: datetime | None
    amr: tuple[str, ...]
    acr: str
    session: str | None
    claims: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """One thing that was tried with a provider, and what came of it."""

    check: str
    ok: bool
    detail: str = ""


class IdentityProvider(Protocol):
    """Whoever speaks OpenID Connect to tenants' providers."""

    async def address(self, client: Client, challenge: Challenge) -> str:
        """Where to send a browser. Raises `ProviderFault`."""

    async def identify(self, client: Client, came: Return, challenge: Challenge) -> Named:
        """Who came back. Raises `ProviderFault`."""

    async def logged_out(self, client: Client, token: str) -> tuple[str | None, str | None]:
        """The subject and the session that a logout token ends. Raises `ProviderFault`."""

    async def examine(self, client: Client) -> list[Finding]:
        """Whether everything is set up, as far as that can be told without a person."""


class Resolver(Protocol):
    """Whoever asks the domain name system."""

    async def texts(self, name: str) -> list[str]:
        """The TXT records of a name; none if there is no such name. Raises `NoNameServer`."""

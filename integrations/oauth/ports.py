"""What is said between us and a service at which somebody has an account."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol
from urllib.parse import urlsplit, urlunsplit


class OAuthFault(Exception):
    """A service did not give what was asked for; `reason` is a word, such as `invalid_client`.

    The words are ours or the specification's: nothing else of an answer gets into a log.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class GrantDied(OAuthFault):
    """What somebody allowed is allowed no more: only they can allow it again."""


class ProviderAway(OAuthFault):
    """Nobody answered, or not sensibly: trying again later may help."""


@dataclass(frozen=True)
class Provider:
    """A service, and what we are there."""

    name: str
    title: str
    authorize_url: str
    token_url: str
    client_id: str
    client_secret: str = field(repr=False)
    scopes: tuple[str, ...]
    """What we ask for: no more than is used."""
    revoke_url: str = ""
    """Empty where a service cannot be told that we want no more."""
    api_url: str = ""
    """Where it is asked with the tokens, for services that plugins ask."""
    account_url: str = ""
    """Where it says whose account it is, unless the answer with the tokens does."""
    account_scheme: str = "Bearer"
    """How the token is shown there."""
    extra: Mapping[str, str] = field(default_factory=dict)
    """What else its page wants to be asked with."""
    scopes_by: str = " "
    """What stands between the scopes."""
    secret_in_body: bool = False
    """Whether it wants our id and secret in the body, not in a header."""
    data_centres: tuple[str, ...] = ()
    """Where else it gives tokens, if each of its data centres has an address of its own."""

    def at(self, data_centre: str) -> "Provider":
        """The same service in one of its data centres; as it is, where none is named."""
        if not data_centre:
            return self
        return replace(
            self,
            token_url=_moved(self.token_url, data_centre),
            revoke_url=_moved(self.revoke_url, data_centre),
            account_url=_moved(self.account_url, data_centre),
        )


@dataclass(frozen=True)
class Tokens:
    """What a service gave; of whose account, as far as it said."""

    access: str = field(repr=False)
    refresh: str = field(default="", repr=False)
    """Empty where it gave no new one: the one before stays good."""
    lasts: float | None = None
    """Seconds; None where it did not say."""
    scopes: tuple[str, ...] = ()
    subject: str = ""
    account: str = ""
    api_url: str = ""
    """Where the account is asked, if the service says so: each has an address of its own."""


def _moved(url: str, data_centre: str) -> str:
    if not url:
        return ""
    there = urlsplit(data_centre)
    return urlunsplit(urlsplit(url)._replace(scheme=there.scheme, netloc=there.netloc))


class Fetched(Protocol):
    """An answer, as far as we look at it."""

    @property
    def status(self) -> int:
        """The HTTP status."""

    @property
    def body(self) -> bytes:
        """All of it."""


class Http(Protocol):
    """A way out: bounded in time, size and reach. Raises `ProviderAway`."""

    async def get(self, url: str, headers: Mapping[str, str]) -> Fetched:
        """Ask for something."""

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Fetched:
        """Send something."""

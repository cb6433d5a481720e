"""Who asks: a program by its key, an app or an organisation's program by a token, or a person.

A person asks by their session; never two of them in one request.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from starlette.requests import HTTPConnection

from api.access import access_of
from api.auth import SessionCookies
from api.bearer import bearer_of
from domain.errors import Unauthenticated
from domain.rates import Bucket, RateLimiter, admit
from domain.scope import Scope
from domain.work import UnitsOfWork
from tenants.api_keys import service
from tenants.api_keys.errors import KeyRefused
from tenants.api_keys.service import KeyStanding
from tenants.apps import standing as standing_of_apps
from tenants.devices import network_of
from tenants.grants import tokens
from tenants.watch.lookout import Lookout

Admit = Callable[[KeyStanding], Awaitable[None]]
"""Asked before a key is let in, for instance whether it asks too often. Raises to refuse it."""


class TwoCredentials(Unauthenticated):
    """A request came with a key and with a session: it must choose."""

    code = "TWO_CREDENTIALS"

    def __init__(self) -> None:
        super().__init__("Send a key or a session cookie, not both")


async def anybody(standing: KeyStanding) -> None:
    """Let every good key in, however often it asks."""


@dataclass(frozen=True)
class KeyRates:
    """Refuses keys that ask more often than their maker has allowed."""

    limiter: RateLimiter

    async def __call__(self, standing: KeyStanding) -> None:
        """Count one request. Raises `RateLimited`."""
        rate = standing.rate_per_minute
        if rate is None:
            return
        bucket = Bucket(f"key:{standing.id}", rate, rate / 60)
        await admit(self.limiter, [bucket], "This key asks too often")


@dataclass(frozen=True)
class KeysOrCookies:
    """Tells who asks: a program by its key, an app by its token, a person by their session."""

    cookies: SessionCookies
    unit_of_work: UnitsOfWork
    admit: Admit = anybody
    lookout: Lookout = field(default_factory=Lookout)

    async def scope_of(self, connection: HTTPConnection) -> Scope | None:
        """The scope of whoever asks. Raises `KeyRefused`, `SessionEnded`, `TokenRefused`…"""
        token = bearer_of(connection)
        if token is None:
            return await self.cookies.scope_of(connection)
        if self.cookies.settings.name in connection.cookies:
            raise TwoCredentials
        if standing_of_apps.is_for_apps(token):
            asking = await standing_of_apps.resume(self.unit_of_work, token)
            return replace(asking.scope, access=access_of(connection, f"app:{asking.grant_id}"))
        address = connection.client.host if connection.client else ""
        try:
            standing = await self._resume(token, address)
        except KeyRefused:
            self.lookout.wrong_key(service.id_in(token), network_of(address))
            raise
        await self.admit(standing)
        # A token of an organisation's program says by which grant.
        via = standing.scope.access.via or f"key:{standing.id}"
        return replace(standing.scope, access=access_of(connection, via))

    async def _resume(self, token: str, address: str) -> KeyStanding:
        resume = tokens.resume if token.startswith(tokens.PREFIX) else service.resume
        return await resume(self.unit_of_work, token, address)

"""Where people come to connect an account, and where they come back to."""

from dataclasses import dataclass, field
from functools import partial
from uuid import UUID

from domain.scope import Scope
from domain.work import UnitOfWork, UnitsOfWork
from integrations.oauth import OAuthClient, OAuthFault, Provider
from plugins.connections import rules, service
from plugins.connections.errors import VisitRefused
from plugins.connections.providers import Providers
from plugins.connections.refreshing import Renewing

CALLBACK = "/plugins/connections/callback/{provider}"


@dataclass(frozen=True)
class Came:
    """What a browser brings back from a service."""

    state: str = field(repr=False)
    code: str = field(default="", repr=False)
    error: str = ""
    data_centre: str = ""


@dataclass(frozen=True)
class Connected:
    """The connection that was made, and where the browser goes on."""

    connection_id: UUID
    return_to: str


@dataclass(frozen=True)
class ConnectionDesk:
    """Sends people to services and takes what they bring back; made once by the wiring."""

    unit_of_work: UnitsOfWork
    client: OAuthClient
    providers: Providers
    public_url: str

    @property
    def renewing(self) -> Renewing:
        """Whoever keeps tokens fresh."""
        return Renewing(self.client, self.providers)

    def redirect_uri(self, provider: Provider) -> str:
        """Where a service sends browsers back to: each has an address of its own (RFC 9700)."""
        return self.public_url + CALLBACK.format(provider=provider.name)

    async def start(self, uow: UnitOfWork, name: str, return_to: str | None) -> str:
        """Where to send a browser.

        Raises `UnknownProvider`, `OnlyPeopleConnect` and `TooManyConnections`.
        """
        provider = self.providers.named(name)
        left = await service.begin(uow, provider, return_to)
        return self.client.address(provider, self.redirect_uri(provider), left.state, left.verifier)

    async def finish(self, scope: Scope, name: str, came: Came) -> Connected:
        """Keep what somebody brought back. Raises `VisitRefused` and `UnknownProvider`."""
        provider = self.providers.named(name)
        async with self.unit_of_work(scope) as uow:
            arrival = await service.arrive(uow, name, came.state)
        if came.error or not came.code:
            refused = came.error == "access_denied"
            raise VisitRefused("access_denied" if refused else "no_code", arrival.return_to)
        uri = self.redirect_uri(provider)
        # A browser could name anybody's: our secret goes to those only that we know.
        if came.data_centre and came.data_centre not in provider.data_centres:
            raise VisitRefused("data_centre_unknown", arrival.return_to)
        there = provider.at(came.data_centre)
        try:
            tokens = await self.client.exchange(there, came.code, arrival.verifier, uri)
        except OAuthFault as fault:
            raise VisitRefused(fault.reason, arrival.return_to) from fault
        if rules.missing(provider.scopes, tokens.scopes):
            raise VisitRefused("scope_missing", arrival.return_to)
        async with self.unit_of_work(scope) as uow:
            row = await service.keep(uow, provider, tokens, came.data_centre)
        return Connected(row.id, arrival.return_to)

    async def token(self, scope: Scope, id: UUID, *, refused: str = "") -> str:
        """A token that is good for the next request: see `Renewing.token`."""
        return await self.renewing.token(partial(self.unit_of_work, scope), id, refused=refused)

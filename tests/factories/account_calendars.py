"""A practice whose dentist keeps a calendar in an account that was connected by OAuth."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
from starlette.applications import Starlette

from api import problems
from api.plugin_routes import PluginDesk
from domain.calendars.models import CalendarWatch
from domain.calendars.repository import CalendarWatches
from domain.rates import Taken
from integrations.http_out import Outbound, Reach
from integrations.oauth import OAuthClient, Provider, Tokens
from plugins import settings
from plugins.admission import Equipment
from plugins.connections import service
from plugins.connections.accounts import Accounts
from plugins.connections.models import ConnectionStatus
from plugins.connections.providers import Providers as Services
from plugins.connections.refreshing import Renewing
from plugins.connections.repository import OAuthConnections
from plugins.connections.way_out import ToServices
from plugins.guard import Breakers
from plugins.registry import Registry
from plugins.routes import PluginLinks
from tests.factories.business import open_practice
from tests.factories.callers import Caller, ring
from tests.factories.offices import CalendarOffice
from tests.fakes.account_service import AccountService

LOOPBACK = Outbound(Reach.parse("127.0.0.0/8"), patience=5.0)
LINKS = PluginLinks("https://deskbell.example", b"a secret of the deployment")


class NoLimit:
    async def take(self, buckets: Any, points: int = 1) -> Taken:
        return Taken(True, 1, 0)


@dataclass
class AccountOffice(CalendarOffice):
    """The practice, the service of its dentist's calendar, and the account there."""

    there: Any
    accounts: Accounts
    connected_at: Provider
    caller: Caller
    connection_id: UUID

    @property
    def equipment(self) -> Equipment:
        return Equipment(self.road.unit_of_work, LOOPBACK, self.accounts)

    async def tell(self, *, links: PluginLinks = LINKS, **request: Any) -> httpx.Response:
        """The service sends something to where it is told to, and workers are at work."""
        url = LINKS.url(self.plugin, "changes", self.road.scope.tenant_id)
        answer = await self.send(url, links=links, **request)
        await self.travel()
        return answer

    async def ring(self, url: str, word: str) -> str:
        """The service asks whether somebody listens there."""
        answer = await self.send(url, params={"validationToken": word})
        assert answer.headers["content-type"].startswith("text/plain")
        return answer.text

    async def send(self, url: str, *, links: PluginLinks = LINKS, **request: Any) -> httpx.Response:
        """Send something to an address of ours."""
        breakers, registry = Breakers(self.road.unit_of_work.clock), self.road.registry
        desk = PluginDesk(registry, self.equipment, breakers, NoLimit(), links)
        app = Starlette(routes=desk.routes(), exception_handlers=problems.HANDLERS)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app)) as http:
            return await http.post(url, **request)

    async def connect(self, token: str) -> UUID:
        """Another account there is connected, with a token of its own."""
        async with self.open() as uow:
            tokens = Tokens(token, "refresh", 3600 * 1000, subject=token, account=token)
            return (await service.keep(uow, self.connected_at, tokens)).id

    async def status(self) -> ConnectionStatus:
        async with self.open() as uow:
            return (await OAuthConnections(uow).get(self.connection_id)).status

    async def watches(self) -> list[CalendarWatch]:
        async with self.open() as uow:
            return await CalendarWatches(uow).of_plugin(self.plugin)

    async def errors(self) -> list[str]:
        """Why attempts at deliveries to the plugin failed."""
        own = {d.id for d in await self.road.deliveries() if self.plugin in d.handler}
        return [a.error for a in await self.road.attempts() if a.error and a.delivery_id in own]


async def open_office(
    road: Any, scope: Any, fake: AccountService, api: str, plugin: str, provider: str
) -> AccountOffice:
    """The practice with the plugin on, and one account connected with the token `token`."""
    host = api.partition("//")[2].partition("/")[0]
    there = Provider(
        name=provider,
        title="The service",
        authorize_url=f"http://{host}/allow",
        token_url=f"http://{host}/token",
        client_id="deskbell",
        client_secret="secret",
        scopes=("calendar",),
        api_url=api,
    )
    renewing = Renewing(OAuthClient(ToServices(LOOPBACK)), Services({provider: there}))
    accounts = Accounts(renewing)
    made = road(Registry(), http=LOOPBACK, accounts=accounts, links=LINKS)
    practice = await open_practice(made.unit_of_work, scope)
    caller = await ring(made.unit_of_work, scope, name="Anna Schmidt")
    async with made.unit_of_work(scope) as uow:
        await settings.enable(uow, made.registry, plugin)
    office = AccountOffice(
        *(made, practice, plugin, "lee@practice.test", caller.contact_id),
        *(fake, accounts, there, caller, scope.tenant_id),
    )
    office.connection_id = await office.connect("token")
    await office.travel()
    fake.asked.clear()
    return office

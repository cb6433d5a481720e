"""A business, a service that rotates refresh tokens, and people who connect accounts there."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs
from uuid import UUID

import httpx
import pytest

from domain.clock import SystemClock
from domain.scope import Scope
from domain.work import UnitsOfWork
from integrations.http_out import Outbound, Reach
from integrations.oauth import OAuthClient, Provider
from plugins.connections.desk import Came, Connected, ConnectionDesk
from plugins.connections.models import OAuthConnection
from plugins.connections.providers import Providers
from plugins.connections.refreshing import Open
from plugins.connections.repository import OAuthConnections
from plugins.connections.way_out import ToServices
from tests.fakes.oidc_provider import log_in, providing

SERVICE = Path(__file__).parent / "npm" / "service.mjs"
OURS = "http://deskbell.test"
SECRET = "a secret with : % + and more"
# Seconds that its tokens live.
LASTS = 600


@dataclass
class Account:
    """Everything around the accounts of one business."""

    desk: ConnectionDesk
    scope: Scope
    issuer: str
    before: int = 0

    @property
    def open(self) -> Open:
        return partial(self.desk.unit_of_work, self.scope)

    async def leave(self, return_to: str | None = None) -> str:
        async with self.open() as uow:
            return await self.desk.start(uow, "service", return_to)

    async def visit(self, url: str, who: str = "anna") -> Came:
        """Allow us what we ask for; what the browser brings back."""
        async with httpx.AsyncClient(trust_env=False, timeout=20) as http:
            query = parse_qs(await log_in(http, url, who, OURS))
        found = {name: query[name][0] for name in ("state", "code", "error") if name in query}
        return Came(**found)

    async def connect(self, who: str = "anna") -> Connected:
        came = await self.visit(await self.leave("/settings"), who)
        return await self.desk.finish(self.scope, "service", came)

    async def row(self, id: UUID) -> OAuthConnection:
        async with self.open() as uow:
            return await OAuthConnections(uow).get(id)

    async def rows(self) -> list[OAuthConnection]:
        async with self.open() as uow:
            return await OAuthConnections(uow).page(OAuthConnections(uow).all())

    async def asked(self) -> int:
        """How often the service was asked for tokens with a refresh token."""
        async with httpx.AsyncClient(trust_env=False) as http:
            return int((await http.get(f"{self.issuer}/refreshes")).text) - self.before

    async def is_known(self, token: str) -> bool:
        """Whether the service still lets somebody in with a token."""
        bearer = {"Authorization": f"Bearer {token}"}
        async with httpx.AsyncClient(trust_env=False) as http:
            return (await http.get(f"{self.issuer}/me", headers=bearer)).status_code == 200


def desk_for(unit_of_work: UnitsOfWork, *providers: Provider) -> ConnectionDesk:
    """As the wiring makes it, with a way out to this machine."""
    out = Outbound(Reach.parse("127.0.0.0/8"), patience=5.0, most=64 * 1024)
    known = Providers({each.name: each for each in providers})
    return ConnectionDesk(unit_of_work, OAuthClient(ToServices(out)), known, OURS)


@pytest.fixture
def clock() -> SystemClock:
    """The service tells the time by itself, and so must we."""
    return SystemClock()


@pytest.fixture(scope="session")
async def issuer() -> AsyncIterator[str]:
    """The service, as a process of its own for all these tests."""
    client = {
        "client_id": "deskbell",
        "client_secret": SECRET,
        "redirect_uris": [f"{OURS}/plugins/connections/callback/service"],
        "grant_types": ["authorization_code", "refresh_token"],
        "scope": "openid email offline_access calendar",
    }
    async with providing(SERVICE, client, lasts=LASTS) as issuer:
        yield issuer


@pytest.fixture
async def account(unit_of_work: UnitsOfWork, scope: Scope, issuer: str) -> Account:
    service = Provider(
        name="service",
        title="The Service",
        authorize_url=f"{issuer}/auth",
        token_url=f"{issuer}/token",
        revoke_url=f"{issuer}/token/revocation",
        client_id="deskbell",
        client_secret=SECRET,
        scopes=("openid", "email", "offline_access", "calendar"),
        extra={"prompt": "consent"},
    )
    account = Account(desk_for(unit_of_work, service), scope, issuer)
    account.before = await account.asked()
    return account

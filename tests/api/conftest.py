"""The real application over a real database and Valkey, and people who use it."""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
import strawberry
from redis.asyncio import Redis
from starlette.applications import Starlette
from starlette.middleware import Middleware

from api import invitations, problems
from api.auth import CookieSettings, SessionCookies
from api.connections import Connecting
from api.cors import Cors
from api.csrf import CsrfMiddleware
from api.exports import ExportLinks
from api.feeds import Feeding, FeedLinks
from api.graphql.app import GraphQLApp
from api.graphql.context import Wiring
from api.graphql.schema import build_schema
from api.graphql.watch import RECHECK
from api.keys import KeysOrCookies
from api.middleware import LimitBody, RequestIds, SecureHeaders
from api.oauth import app as oauth
from api.oauth.app import OAuthSettings
from api.recordings import RecordingLinks
from api.sign_in import Desk
from api.sign_up import Registrar
from api.sso import SingleSignOn
from api.training import TrainingLinks
from api.visits import Visits
from deskbell import embedded
from deskbell.people import party_of
from deskbell.single_sign_on import ToProviders
from domain.rates import RateLimiter
from domain.scope import Scope
from domain.work import UnitsOfWork
from integrations.dns import NameServers
from integrations.http_out import Outbound, Reach
from integrations.oidc import Documents, OpenIdClient
from integrations.redis_pubsub import Publisher, Subscriber
from plugins.connections.desk import ConnectionDesk
from plugins.registry import Registry
from plugins.routes import PluginLinks
from tenants.door import Door
from tenants.sign_up import SignUp
from tenants.sso.front import FrontDoor, Outside
from tenants.throttle import Throttle
from tenants.watch.lookout import Lookout
from tests.api.serving import serving
from tests.factories.tenants import PASSWORD
from tests.fakes.chromium import Chromium, Page, browsing
from tests.fakes.serving import free_port

PUBLIC_URL = "http://deskbell.test"
SECRET = b"a secret for tests only, 32 bytes"
# What tells the database whose rows to show opens a transaction; the keyring has its own.
ENTERS_TENANT = "app.tenant_id"
FEEDS = FeedLinks(PUBLIC_URL, SECRET)
REGISTRY = Registry()


@pytest.fixture(scope="session")
async def chromium(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Chromium]:
    """One real browser for everybody; it takes seconds to start."""
    with free_port() as found:
        port = found.getsockname()[1]
    host = PUBLIC_URL.removeprefix("http://")
    async with browsing(tmp_path_factory.mktemp("chromium"), host, port) as browser:
        yield browser


@pytest.fixture
async def window(app: Starlette, chromium: Chromium) -> AsyncIterator[Page]:
    """A page of a real browser that finds the application at `PUBLIC_URL`."""
    async with serving(app, chromium.port), chromium.window() as page:
        yield page


@dataclass
class Browser:
    """Somebody at a browser: keeps cookies, and repeats the CSRF token as our pages do."""

    http: httpx.AsyncClient
    headers: dict[str, str] = field(default_factory=dict)

    async def sign_in(self, email: str, password: str = PASSWORD) -> httpx.Response:
        response = await self.http.post(
            "/auth/sign-in", json={"email": email, "password": password}
        )
        if response.status_code == 200 and "csrfToken" in response.json():
            self.headers["X-CSRF-Token"] = response.json()["csrfToken"]
        return response

    async def post(self, query: str, **variables: Any) -> httpx.Response:
        body = {"query": query, "variables": variables}
        return await self.http.post("/graphql", json=body, headers=self.headers)

    async def ask(self, query: str, **variables: Any) -> Any:
        """The data of an answer that must hold no errors."""
        answer = (await self.post(query, **variables)).json()
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    async def fail(self, query: str, **variables: Any) -> str:
        """The code of the one error that there must be."""
        [error] = (await self.post(query, **variables)).json()["errors"]
        code: str = error["extensions"]["code"]
        return code


def desk(
    unit_of_work: UnitsOfWork, *, production: bool = False, limiter: RateLimiter | None = None
) -> Desk:
    """Where people come and go."""
    cookies = SessionCookies(CookieSettings(SECRET, production), unit_of_work)
    door = Door(
        unit_of_work, party_of(PUBLIC_URL), Throttle(limiter), lookout=Lookout(unit_of_work)
    )
    return Desk(cookies, door)


def outside(
    unit_of_work: UnitsOfWork, name_server: tuple[str, int] = ("127.0.0.1", 9), **out: Any
) -> Outside:
    """Whom single sign-on asks: providers on loopback, and one name server."""
    given: dict[str, Any] = {"reach": Reach.parse("127.0.0.0/8"), "most": 64 * 1024, **out}
    provider = OpenIdClient(Documents(ToProviders(Outbound(**given)), unit_of_work.clock))
    return Outside(provider, NameServers((name_server,), patience=3.0), PUBLIC_URL)


def graphql_app(
    schema: strawberry.Schema,
    unit_of_work: UnitsOfWork,
    live: Subscriber,
    at: Desk,
    *,
    production: bool,
    recheck: float,
    **wired: Any,
) -> GraphQLApp:
    """The GraphQL endpoint of the application."""
    links = RecordingLinks(SECRET.decode(), clock=unit_of_work.clock, public_url=PUBLIC_URL)
    files = ExportLinks(SECRET.decode(), clock=unit_of_work.clock, public_url=PUBLIC_URL)
    taught = TrainingLinks(SECRET.decode(), clock=unit_of_work.clock, public_url=PUBLIC_URL)
    who = KeysOrCookies(at.cookies, unit_of_work, lookout=at.door.lookout)
    made = {"desk": at, "export_links": files, "training_links": taught, "feed_links": FEEDS}
    made["plugin_links"] = PluginLinks(PUBLIC_URL, SECRET)
    return GraphQLApp(
        schema,
        Wiring(unit_of_work, who, live, REGISTRY, links, **wired, **made),
        public_url=PUBLIC_URL,
        production=production,
        recheck=recheck,
    )


def around(
    cookies: SessionCookies, unit_of_work: UnitsOfWork, *, production: bool
) -> list[Middleware]:
    """What every request goes through."""
    genuine = cookies.genuine
    return [
        Middleware(RequestIds),
        Middleware(SecureHeaders, production=production),
        Middleware(LimitBody),
        Middleware(Cors, authenticator=KeysOrCookies(cookies, unit_of_work)),
        Middleware(CsrfMiddleware, csrf=cookies.csrf, genuine=genuine, public_url=PUBLIC_URL),
    ]


def build_app(
    unit_of_work: UnitsOfWork,
    live: Subscriber,
    *,
    production: bool = False,
    sign_up: bool = True,
    recheck: float = RECHECK,
    schema: strawberry.Schema | None = None,
    oauth_settings: OAuthSettings = OAuthSettings(PUBLIC_URL),
    sign_on: Outside | None = None,
    connections: ConnectionDesk | None = None,
    **limits: Any,
) -> Starlette:
    """The application; `limits` are the limiter, rates and documents of its GraphQL wiring."""
    at = desk(unit_of_work, production=production, limiter=limits.get("limiter"))
    cookies = at.cookies
    sign_on = sign_on or outside(unit_of_work)
    graphql = graphql_app(
        schema or build_schema(production=production),
        unit_of_work,
        live,
        at,
        production=production,
        recheck=recheck,
        sign_on=sign_on,
        connections=connections,
        **limits,
    )
    app = Starlette(
        routes=[
            *at.routes(),
            *Registrar(SignUp(at.door, is_open=sign_up)).routes(),
            *SingleSignOn(cookies, FrontDoor(at.door, sign_on)).routes(),
            *(Connecting(cookies, connections).routes() if connections else ()),
            *Feeding(unit_of_work, FEEDS).routes(),
            *invitations.routes(unit_of_work),
            *oauth.routes(oauth_settings, unit_of_work, cookies, limits.get("limiter")),
            *Visits(at, KeysOrCookies(cookies, unit_of_work), unit_of_work).routes(),
            *graphql.routes(),
        ],
        middleware=around(cookies, unit_of_work, production=production),
        exception_handlers=problems.HANDLERS,
    )
    app.state.lookout = at.door.lookout
    return app


@asynccontextmanager
async def browse(app: Starlette, address: str = "127.0.0.1") -> AsyncIterator[Browser]:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=(address, 123))
    async with httpx.AsyncClient(transport=transport, base_url=PUBLIC_URL) as http:
        yield Browser(http)


def owner_of(scope: Scope) -> str:
    """The address with which the owner of a test's tenant signs in."""
    return f"owner@{scope.tenant.slug}.test"


@pytest.fixture
async def redis(servers: embedded.Servers) -> AsyncIterator[Redis]:
    client = Redis.from_url(servers.redis_url)
    yield client
    await client.aclose()


@pytest.fixture
async def live(redis: Redis) -> AsyncIterator[Subscriber]:
    subscriber = Subscriber(redis)
    yield subscriber
    await subscriber.close()


@pytest.fixture
def publisher(redis: Redis) -> Publisher:
    return Publisher(redis)


@pytest.fixture
async def app(
    database: object, unit_of_work: UnitsOfWork, live: Subscriber
) -> AsyncIterator[Starlette]:
    app = build_app(unit_of_work, live)
    yield app
    await app.state.lookout.settled()


@pytest.fixture
async def stranger(app: Starlette) -> AsyncIterator[Browser]:
    """Somebody who is not signed in."""
    async with browse(app) as browser:
        yield browser


@pytest.fixture
async def owner(app: Starlette, scope: Scope) -> AsyncIterator[Browser]:
    """The owner of the test's tenant, signed in."""
    async with browse(app) as browser:
        assert (await browser.sign_in(owner_of(scope))).status_code == 200
        yield browser


@pytest.fixture
def queries(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    """The SQL queries since the last look."""
    caplog.set_level(logging.DEBUG, logger="tortoise.db_client")

    def look() -> list[str]:
        asked = [record.args[0] for record in caplog.records if record.name == "tortoise.db_client"]
        caplog.clear()
        return asked

    return look

"""The API: GraphQL, sign-in, chat, recordings, health."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute
from tortoise.connection import get_connection

from api import auth, health, problems
from api.auth import CookieSettings, SessionCookies
from api.chat.socket import ChatDependencies, chat_routes
from api.csrf import CsrfMiddleware
from api.graphql.app import GraphQLApp
from api.graphql.context import Wiring as GraphQLWiring
from api.graphql.schema import build_schema
from api.middleware import LimitBody, SecureHeaders
from api.recordings import Listening, RecordingLinks, members_only
from deskbell.bootstrap import Wiring
from domain.database import MAIN
from integrations.redis_pubsub import Subscriber


def api_app(wiring: Wiring) -> Starlette:
    """The API as an ASGI application."""
    settings = wiring.deployment.settings
    cookies = SessionCookies(_cookie_settings(wiring), wiring.unit_of_work)
    live = wiring.live

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await wiring.connect()
        yield
        await live.close()
        await wiring.close()

    return Starlette(
        routes=_routes(wiring, cookies, live),
        middleware=[
            Middleware(SecureHeaders, production=settings.production),
            Middleware(LimitBody),
            Middleware(
                CsrfMiddleware,
                csrf=cookies.csrf,
                genuine=cookies.genuine,
                public_url=settings.public_url,
            ),
        ],
        exception_handlers=problems.HANDLERS,
        lifespan=lifespan,
    )


def recording_links(wiring: Wiring) -> RecordingLinks:
    """Makes the links under which recordings are heard."""
    secret = wiring.deployment.secret("recordings").hex()
    url = wiring.deployment.settings.public_url
    return RecordingLinks(secret, clock=wiring.clock, public_url=url)


def _routes(wiring: Wiring, cookies: SessionCookies, live: Subscriber) -> list[BaseRoute]:
    settings = wiring.deployment.settings
    graphql = GraphQLApp(
        build_schema(production=settings.production),
        GraphQLWiring(wiring.unit_of_work, cookies, live, wiring.registry, recording_links(wiring)),
        public_url=settings.public_url,
        production=settings.production,
    )
    work = wiring.unit_of_work
    listening = Listening(work, wiring.store, recording_links(wiring), members_only(work))
    return [
        *auth.routes(cookies),
        *health.routes({"database": _database_answers, "queue": wiring.queue_answers}),
        *listening.routes(),
        *chat_routes(ChatDependencies(wiring.reception, wiring.clock)),
        *graphql.routes(),
    ]


def _cookie_settings(wiring: Wiring) -> CookieSettings:
    settings = wiring.deployment.settings
    secret = wiring.deployment.secret("sessions")
    return CookieSettings(secret, settings.production)


async def _database_answers() -> None:
    await get_connection(MAIN).execute_query("SELECT 1")

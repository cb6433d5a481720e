"""The API: GraphQL, sign-in, chat, recordings, health."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute
from tortoise.connection import get_connection

from api import choices, health, invitations, problems, pushing, webhook_keys
from api.audit import AuditExport
from api.blocking import Blocking
from api.chat.socket import ChatDependencies, chat_routes
from api.connections import Connecting
from api.cors import Cors
from api.csrf import CsrfMiddleware
from api.exports import Downloads, ExportLinks
from api.feeds import Feeding, FeedLinks
from api.graphql.allowances import Rates
from api.graphql.app import GraphQLApp
from api.graphql.context import Wiring as GraphQLWiring
from api.graphql.documents import Documents
from api.graphql.schema import build_schema
from api.keys import KeyRates, KeysOrCookies
from api.middleware import LimitBody, RequestIds, SecureHeaders
from api.oauth import app as oauth
from api.plugin_routes import PluginDesk
from api.privacy.routes import PublicDesk
from api.proxies import BehindProxies
from api.recordings import Listening, RecordingLinks, whoever_may
from api.sign_in import Desk
from api.training import TrainingFiles, TrainingLinks
from api.unsubscribe import Unsubscribing
from api.visit_pages import VisitPages
from api.visits import Visits
from deskbell import people
from deskbell.bootstrap import Wiring
from deskbell.single_sign_on import outside, single_sign_on
from deskbell.vendors import vendors
from deskbell.webhooks import plugin_links, reach
from domain.archives.writer import Packer
from domain.database import MAIN
from domain.exports.writer import ExportWriter
from domain.rates import RateLimiter
from integrations.redis_bucket import BucketsInRedis
from integrations.redis_pubsub import Subscriber
from tenants.records.marketing.links import UnsubscribeLinks
from tenants.sso.front import Outside


def api_app(wiring: Wiring) -> Starlette:
    """The API as an ASGI application."""
    settings = wiring.deployment.settings
    at = people.desk(wiring)
    cookies, live = at.cookies, wiring.live

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await wiring.connect()
        yield
        await at.door.lookout.settled()
        await live.close()
        await wiring.close()

    return Starlette(
        routes=_routes(wiring, at, live),
        middleware=[
            Middleware(BehindProxies, count=settings.proxies),
            Middleware(RequestIds),
            Middleware(SecureHeaders, production=settings.production),
            Middleware(LimitBody),
            Middleware(Cors, authenticator=KeysOrCookies(cookies, wiring.unit_of_work)),
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


def export_links(wiring: Wiring) -> ExportLinks:
    """Makes the links under which exports are downloaded."""
    secret = wiring.deployment.secret("exports").hex()
    url = wiring.deployment.settings.public_url
    return ExportLinks(secret, clock=wiring.clock, public_url=url)


def plugin_desk(wiring: Wiring, limiter: RateLimiter) -> PluginDesk:
    """Serves the addresses of plugins."""
    return PluginDesk(
        wiring.registry, wiring.equipment, wiring.breakers, limiter, plugin_links(wiring)
    )


def training_links(wiring: Wiring) -> TrainingLinks:
    """Makes the links under which sealed files for training are downloaded."""
    secret = wiring.deployment.secret("training").hex()
    url = wiring.deployment.settings.public_url
    return TrainingLinks(secret, clock=wiring.clock, public_url=url)


def feed_links(wiring: Wiring) -> FeedLinks:
    """Makes the links under which calendars are read."""
    secret = wiring.deployment.secret("calendar feeds")
    return FeedLinks(wiring.deployment.settings.public_url, secret)


def unsubscribe_links(wiring: Wiring) -> UnsubscribeLinks:
    """Makes the links by which advertising is stopped."""
    secret = wiring.deployment.secret("unsubscribe")
    return UnsubscribeLinks(wiring.deployment.settings.public_url, secret)


def _routes(wiring: Wiring, at: Desk, live: Subscriber) -> list[BaseRoute]:
    settings, work = wiring.deployment.settings, wiring.unit_of_work
    buckets = BucketsInRedis(wiring.redis)
    who = KeysOrCookies(at.cookies, work, KeyRates(buckets), at.door.lookout)
    asked = outside(wiring)
    return [
        *at.routes(),
        *people.registrar(wiring, at).routes(),
        *single_sign_on(at, asked).routes(),
        *Feeding(work, feed_links(wiring)).routes(),
        *Connecting(at.cookies, wiring.connections).routes(),
        *health.routes({"database": _database_answers, "queue": wiring.queue_answers}),
        *invitations.routes(work),
        *_files(wiring),
        *PublicDesk(work, Packer(wiring.store), buckets).routes(),
        *AuditExport(work, who).routes(),
        *choices.routes(secure=settings.production),
        *Unsubscribing(work, unsubscribe_links(wiring)).routes(),
        *Blocking(work, wiring.block_links).routes(),
        *VisitPages(work, wiring.visit_links, wiring.registry, buckets).routes(),
        *pushing.routes(wiring.vapid.public_key),
        *Visits(at, who, work).routes(),
        *chat_routes(ChatDependencies(wiring.reception, wiring.clock)),
        *webhook_keys.routes(work),
        *plugin_desk(wiring, buckets).routes(),
        *oauth.routes(people.oauth_settings(settings), work, at.cookies, buckets),
        *_graphql(wiring, at, live, who, buckets, asked).routes(),
    ]


def _files(wiring: Wiring) -> list[BaseRoute]:
    """What is fetched by a link: recordings, exports, sealed files for training."""
    work, store, may = wiring.unit_of_work, wiring.store, whoever_may(wiring.unit_of_work)
    return [
        *Listening(work, store, recording_links(wiring), may).routes(),
        *Downloads(work, ExportWriter(store), export_links(wiring), may).routes(),
        *TrainingFiles(work, store, training_links(wiring), may).routes(),
    ]


def _graphql(
    wiring: Wiring,
    at: Desk,
    live: Subscriber,
    who: KeysOrCookies,
    buckets: BucketsInRedis,
    asked: Outside,
) -> GraphQLApp:
    settings = wiring.deployment.settings
    return GraphQLApp(
        build_schema(production=settings.production, plugins=tuple(wiring.registry.fields)),
        GraphQLWiring(
            wiring.unit_of_work,
            who,
            live,
            wiring.registry,
            recording_links(wiring),
            Documents.read(settings.trusted_documents, only=settings.only_trusted_documents),
            buckets,
            Rates(settings.api_operation_points, settings.api_points_per_minute),
            reach(settings),
            desk=at,
            sign_on=asked,
            export_links=export_links(wiring),
            training_links=training_links(wiring),
            approval=settings.operator_approval,
            vendors=vendors(settings),
            connections=wiring.connections,
            feed_links=feed_links(wiring),
            plugin_links=plugin_links(wiring),
        ),
        public_url=settings.public_url,
        production=settings.production,
    )


async def _database_answers() -> None:
    await get_connection(MAIN).execute_query("SELECT 1")

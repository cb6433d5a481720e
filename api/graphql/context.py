"""Who asks and with what: one `Request` per HTTP request or socket, one `Context` an operation."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar
from uuid import UUID

import strawberry
from graphql import GraphQLError
from starlette.requests import HTTPConnection
from starlette.responses import Response

from api.auth import Authenticator
from api.exports import ExportLinks
from api.feeds import FeedLinks
from api.graphql.allowances import Rates
from api.graphql.documents import Documents
from api.graphql.loaders import Loaders
from api.problems import BadRequest
from api.recordings import RecordingLinks
from api.sign_in import Desk
from api.training import TrainingLinks
from domain import sync
from domain.errors import Forbidden, Unavailable
from domain.privacy.recipients import Recipient
from domain.rates import RateLimiter
from domain.repository import Repository
from domain.scope import Scope
from domain.tenancy import TenantModel
from domain.trail import Trace
from domain.work import UnitsOfWork
from integrations.http_out import Outbound, Reach
from integrations.oauth import Provider
from integrations.redis_pubsub import Subscriber
from plugins.admission import Equipment
from plugins.capability import CheckContext
from plugins.connections.accounts import Accounts
from plugins.connections.desk import ConnectionDesk
from plugins.graphql_kit import Operation
from plugins.health import Trier
from plugins.registry import Registry
from plugins.routes import PluginLinks
from tenants.sso.front import Outside
from tenants.watch.lookout import Lookout

T = TypeVar("T", bound=TenantModel)

TRANSCRIPT_READ = "conversation.read"
# What somebody asks for who takes a list along; a page to look at is shorter.
LONG_PAGE = 50


class Context(Operation):
    """What resolvers reach through `info.context`."""

    def __init__(
        self, request: "Request", scope: Scope | None, refused: Exception | None = None
    ) -> None:
        super().__init__(request.wiring.unit_of_work, scope)
        self.refused = refused
        self.live = request.wiring.live
        self.registry = request.wiring.registry
        self.links = request.wiring.links
        self.export_links = request.wiring.export_links
        self.feed_links = request.wiring.feed_links
        self.plugin_links = request.wiring.plugin_links
        self.training_links = request.wiring.training_links
        self.reach = request.wiring.reach
        self.approval = request.wiring.approval
        self.vendors = request.wiring.vendors
        self.documents = request.wiring.documents
        self.limiter = request.wiring.limiter
        self.rates = request.wiring.rates
        self.address = request.address
        self._authenticate = request.authenticate
        self._desk, self._answer = request.wiring.desk, request.answer
        self._sign_on = request.wiring.sign_on
        self._connections = request.wiring.connections
        self.loaders = Loaders(self.read)
        self._seen: dict[UUID, None] = {}
        self._given = 0
        desk = request.wiring.desk
        self._lookout = desk.door.lookout if desk else Lookout()
        self._complete: asyncio.Task[datetime] | None = None

    @property
    def scope(self) -> Scope:
        """Who asks. Raises why they were not believed, or `Unauthenticated` if nobody asks."""
        if self.refused is not None:
            raise self.refused
        return super().scope

    async def row(self, repository: type[Repository[T]], permission: str, id: UUID) -> T | None:
        """One row, fetched together with its neighbours; None if it is not there (any more)."""
        return await self.loaders.row(repository, permission, id)

    async def complete_until(self) -> datetime:
        """The moment before which every change can be seen; the same for all of one operation."""
        if self._complete is None:
            self._complete = asyncio.create_task(self._ask_until())
        # One impatient resolver must not cancel the wait of all the others.
        return await asyncio.shield(self._complete)

    async def _ask_until(self) -> datetime:
        return await sync.complete_until(await self.read("tenant:read"))

    def saw(self, conversation_id: UUID) -> None:
        """Remember that whoever asks is shown what was said in a conversation."""
        self._seen[conversation_id] = None

    def gave(self, rows: int) -> None:
        """Remember that whoever asks is given so many rows of a list."""
        self._given += rows

    async def refuse(self, errors: Sequence[GraphQLError]) -> None:
        """Put on record what whoever asks was not allowed to do; each reason once."""
        for refused in {error.message: error.original_error for error in errors}.values():
            if isinstance(refused, Forbidden) and self.asked_by is not None:
                await self.unit_of_work.refuse(self.asked_by, refused)

    async def close(self) -> None:
        """Close what was opened for reading, and forget what was read.

        What was seen is on record then, in one entry; raises what prevented it.
        """
        seen, self._seen = list(self._seen), {}
        if seen:
            uow = await self.read("transcripts:read")
            uow.trace(Trace.of_reading(TRANSCRIPT_READ, "conversation", seen))
        self._complete = None
        await super().close()
        given, self._given = self._given, 0
        if given >= LONG_PAGE and self.asked_by is not None:
            self._lookout.rows(self.asked_by, given)
        self.loaders = Loaders(self.read)

    @property
    def desk(self) -> Desk:
        """Where people come and go. Raises `BadRequest` where no cookie could be given."""
        if self._desk is None or self._answer is None:
            raise BadRequest("Ask this over HTTP: your browser gets another cookie with the answer")
        return self._desk

    @property
    def sign_on(self) -> Outside:
        """Whom single sign-on asks outside. Raises `Unavailable` where nobody can be asked."""
        if self._sign_on is None:
            raise Unavailable("Nobody outside can be asked from here")
        return self._sign_on

    @property
    def services(self) -> Sequence[Provider]:
        """The services at which accounts can be connected; none where nobody can be asked."""
        return list(self._connections.providers.all.values()) if self._connections else []

    @property
    def connections(self) -> ConnectionDesk:
        """Whoever connects accounts. Raises `Unavailable` where nobody can be asked."""
        if self._connections is None:
            raise Unavailable("Nobody outside can be asked from here")
        return self._connections

    @property
    def accounts(self) -> Accounts:
        """Tokens for plugins that are tried out."""
        return Accounts(self._connections.renewing if self._connections else None)

    async def capability(self, plugin: str) -> CheckContext:
        """What a field of a plugin that asks outside works with. Raises `PluginNotEnabled`."""
        equipment = Equipment(self.unit_of_work, Outbound(self.reach), self.accounts)
        async with self.unit_of_work(self.scope, read_only=True) as uow:
            return await Trier(self.registry, equipment).prepare(uow, plugin)

    def renew(self, token: str) -> None:
        """Give whoever asks the cookies of their session's new token."""
        desk = self.desk
        assert self._answer is not None
        desk.cookies.give(self._answer, token)

    async def recheck(self) -> None:
        """Ask again who this is and what they may do: much can change while a socket is open."""
        self.asked_by = await self._authenticate()


@dataclass(frozen=True)
class Wiring:
    """What every operation works with; made once per process."""

    unit_of_work: UnitsOfWork
    authenticator: Authenticator
    live: Subscriber
    registry: Registry
    links: RecordingLinks | None = None
    """Makes links to recordings; None where the process serves none."""
    documents: Documents = field(default_factory=Documents)
    limiter: RateLimiter | None = None
    """Counts what is asked for; None lets everybody ask for anything, one operation at a time."""
    rates: Rates = field(default_factory=Rates)
    reach: Reach = field(default_factory=Reach)
    """Where webhooks may go."""
    desk: Desk | None = None
    sign_on: Outside | None = None
    """Whom single sign-on asks outside; None where the process asks nobody."""
    export_links: ExportLinks | None = None
    """Makes links to files; None where the process serves none."""
    training_links: TrainingLinks | None = None
    """Makes links to sealed files for training; None where the process serves none."""
    approval: bool = False
    """Whether a second person of the operator has to agree before a tenant is opened."""
    vendors: tuple[Recipient, ...] = ()
    """Everybody whom the deployment sends data to."""
    feed_links: FeedLinks | None = None
    """Makes links to calendars; None where the process serves none."""
    plugin_links: PluginLinks | None = None
    """Makes the addresses at which plugins are told something; None where nobody listens."""
    connections: ConnectionDesk | None = None
    """Whoever connects accounts; None where the process asks nobody."""


@dataclass
class Request:
    """A request, or a socket over which many operations come."""

    wiring: Wiring
    connection: HTTPConnection
    answer: Response | None = None
    """Where cookies may be put; a socket has none."""
    connection_params: dict[str, object] | None = None
    """What a websocket said of itself when it began."""

    @property
    def address(self) -> str:
        """Where it comes from, as the server sees it."""
        client = self.connection.client
        return client.host if client else "nowhere"

    async def authenticate(self) -> Scope | None:
        """Who asks, as they may act at this moment. Raises `Unauthenticated`."""
        return await self.wiring.authenticator.scope_of(self.connection)

    async def begin(self) -> Context:
        """The context of one operation; a claim that does not hold fails where it is used."""
        try:
            return Context(self, await self.authenticate())
        except Exception as refused:  # a field raises it, and it gets its code
            return Context(self, None, refused)


Info = strawberry.Info[Context, None]

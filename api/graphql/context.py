"""Who asks and with what: one `Request` per HTTP request or socket, one `Context` an operation."""

from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

import strawberry
from starlette.requests import HTTPConnection

from api.auth import Authenticator
from api.graphql.loaders import Loaders
from api.recordings import RecordingLinks
from domain.repository import Repository
from domain.scope import Scope
from domain.tenancy import TenantModel
from domain.work import UnitsOfWork
from integrations.redis_pubsub import Subscriber
from plugins.graphql_kit import Operation
from plugins.registry import Registry

T = TypeVar("T", bound=TenantModel)


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
        self._authenticate = request.authenticate
        self.loaders = Loaders(self.read)

    @property
    def scope(self) -> Scope:
        """Who asks. Raises why they were not believed, or `Unauthenticated` if nobody asks."""
        if self.refused is not None:
            raise self.refused
        return super().scope

    async def row(self, repository: type[Repository[T]], permission: str, id: UUID) -> T | None:
        """One row, fetched together with its neighbours; None if it is not there (any more)."""
        return await self.loaders.row(repository, permission, id)

    async def close(self) -> None:
        """Close what was opened for reading, and forget what was read."""
        await super().close()
        self.loaders = Loaders(self.read)

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


@dataclass(frozen=True)
class Request:
    """A request, or a socket over which many operations come."""

    wiring: Wiring
    connection: HTTPConnection

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

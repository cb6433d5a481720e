"""Accounts at other services: which are connected, connecting one, and disconnecting it."""

from datetime import datetime
from typing import Annotated

import strawberry

from api.graphql.connection_errors import TooManyConnectionsError
from api.graphql.context import Info
from api.graphql.enums import ConnectionStatus
from api.graphql.ids import Node, read_id, write_id
from api.graphql.scalars import Url
from plugins.connections import models, service
from plugins.graphql_kit import InUnitOfWork, Needs

READ, WRITE = service.READ, service.WRITE
KIND = "OAuthConnection"


@strawberry.type
class OAuthProvider:
    """A service at which an account can be connected."""

    name: str
    title: str
    scopes: list[str] = strawberry.field(description="What it will be asked to allow.")


@strawberry.type
class OAuthConnection(Node):
    """One account at one service; its tokens are never shown."""

    provider: str
    account: str = strawberry.field(description="Whose account it is, as the service says.")
    scopes: list[str] = strawberry.field(description="What was allowed.")
    status: ConnectionStatus
    connected_at: datetime
    refreshed_at: datetime = strawberry.field(description="When it last gave us tokens.")

    @classmethod
    def of(cls, row: models.OAuthConnection) -> "OAuthConnection":
        """The connection of a row, without its tokens."""
        return cls(
            id=write_id(KIND, row.id),
            provider=row.provider,
            account=row.account,
            scopes=row.scopes,
            status=row.status,
            connected_at=row.created_at,
            refreshed_at=row.refreshed_at,
        )


@strawberry.type
class ConnectionFields:
    """A tenant's accounts elsewhere."""

    @strawberry.field(extensions=[Needs(READ)])
    async def connection_providers(self, info: Info) -> list[OAuthProvider]:
        """The services at which an account can be connected."""
        info.context.admit(READ)
        known = info.context.services
        return [
            OAuthProvider(name=each.name, title=each.title, scopes=list(each.scopes))
            for each in known
        ]

    @strawberry.field(extensions=[Needs(READ)])
    async def connections(self, info: Info) -> list[OAuthConnection]:
        """The accounts that are connected, the oldest first."""
        rows = await service.listed(await info.context.read(READ))
        return [OAuthConnection.of(row) for row in rows]


@strawberry.input
class ConnectionStartInput:
    """A service at which somebody wants to connect an account."""

    provider: str
    return_to: str | None = strawberry.field(
        default=None,
        description="A path of ours to go on at; it gets `connected`, or `connectionError`.",
    )


@strawberry.type
class ConnectionStartPayload:
    """Where to send the browser; the address is good once, for a quarter of an hour."""

    url: Url


ConnectionStartResult = Annotated[
    ConnectionStartPayload | TooManyConnectionsError, strawberry.union("ConnectionStartResult")
]


@strawberry.input
class ConnectionDisconnectInput:
    """A connection that is wanted no more."""

    id: strawberry.ID


@strawberry.type
class ConnectionDisconnectPayload:
    """The id that was the connection's; the service is being told."""

    disconnected_id: strawberry.ID


ConnectionDisconnectResult = Annotated[
    ConnectionDisconnectPayload, strawberry.union("ConnectionDisconnectResult")
]


@strawberry.type
class ConnectionMutations:
    """Deeds around connected accounts."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def connection_start(
        self, info: Info, input: ConnectionStartInput
    ) -> ConnectionStartResult:
        """Begin to connect an account, or to connect one again; only people can."""
        info.context.uow.require(WRITE)
        url = await info.context.connections.start(
            info.context.uow, input.provider, input.return_to
        )
        return ConnectionStartPayload(url=Url(url))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def connection_disconnect(
        self, info: Info, input: ConnectionDisconnectInput
    ) -> ConnectionDisconnectResult:
        """Use an account no more, and have the service take back what it allowed."""
        id = await service.end(info.context.uow, read_id(KIND, input.id))
        return ConnectionDisconnectPayload(disconnected_id=write_id(KIND, id))

"""Apps of partners: those that a business has made, and those that it has agreed to."""

from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

import strawberry

from api.graphql.context import Info
from api.graphql.enums import DataClass, Permission
from api.graphql.errors import (
    IdempotencyKeyReusedError,
    InvalidInputError,
    RequestInProgressError,
    ShownOnceError,
)
from api.graphql.ids import Node, read_id, write_id
from api.graphql.inputs import said
from api.graphql.members import permissions_of
from api.graphql.pagination import Connection, Listing, Order, Paged
from api.graphql.people_errors import BeyondOwnRightsError, PublicAppError, TooManyAppsError
from api.graphql.scalars import Url
from api.oauth.meanings import classes_of
from plugins.graphql_kit import InUnitOfWork, Needs, shown_once
from plugins.webhooks.models import WebhookEndpoint, WebhookOwner
from plugins.webhooks.repository import WebhookEndpoints
from tenants.apps import consent, models, service
from tenants.apps.repository import Apps, ConnectedApps

READ, WRITE = "apps:read", "apps:write"


@strawberry.type
class AppWebhook:
    """Where an app is told what; each business has an endpoint of its own for it."""

    endpoint_id: strawberry.ID = strawberry.field(
        description="Whose uuid names its public keys, at `/webhooks/<uuid>/jwks.json`."
    )
    url: Url
    events: list[str] = strawberry.field(description="Names, `call.*` or `*`.")
    payload: str | None

    @classmethod
    def of(cls, row: WebhookEndpoint) -> "AppWebhook":
        """The declaration of a row."""
        return cls(
            endpoint_id=write_id("WebhookEndpoint", row.id),
            url=Url(row.url),
            events=row.events,
            payload=row.payload,
        )


@strawberry.type
class App(Node):
    """A program that asks businesses for their data, and does at home what it is told to."""

    key: strawberry.Private[UUID]
    client_id: str = strawberry.field(description="How it calls itself at `/oauth/…`.")
    name: str
    description: str
    redirect_uris: list[str] = strawberry.field(
        description="Where browsers may be sent back to, letter for letter."
    )
    permissions: list[Permission] = strawberry.field(description="What it asks for at most.")
    confidential: bool = strawberry.field(description="Whether it has a secret.")
    acts_at_home: bool = strawberry.field(
        description="Whether its secret alone gets it tokens for the business that made it."
    )
    self_registered: bool
    created_at: datetime
    updated_at: datetime
    previous_until: datetime | None = strawberry.field(
        description="How long the secret before the last rotation is good."
    )

    @classmethod
    def of(cls, row: models.App) -> "App":
        """The app of a row."""
        return cls(
            id=write_id("App", row.id),
            key=row.id,
            client_id=str(row.id),
            name=row.name,
            description=row.description,
            redirect_uris=row.redirect_uris,
            permissions=permissions_of(row.permissions),
            confidential=row.confidential,
            acts_at_home=row.acts_at_home,
            self_registered=row.self_registered,
            created_at=row.created_at,
            updated_at=row.updated_at,
            previous_until=row.previous_until,
        )

    @strawberry.field(extensions=[Needs("apps:read")])
    async def webhook(self, info: Info) -> AppWebhook | None:
        """What it wants to be told at every business, if it does."""
        rows = await info.context.loaders.rows(WebhookEndpoints, READ, "app_id", self.key)
        declared = [row for row in rows if row.owner_kind is WebhookOwner.DECLARED]
        return AppWebhook.of(declared[0]) if declared else None


@strawberry.type
class ConnectedApp(Node):
    """An app of whoever published it, and what the business has agreed to."""

    client_id: str
    name: str
    publisher: str
    permissions: list[Permission] = strawberry.field(
        description="What was agreed to; the app may do so much of it as it still asks for."
    )
    data_classes: list[DataClass] = strawberry.field(
        description="The kinds of data that those permissions open."
    )
    connected_at: datetime
    updated_at: datetime = strawberry.field(description="When it was last agreed to.")
    last_used_at: datetime | None = strawberry.field(description="To the minute.")
    ended_at: datetime | None = strawberry.field(description="Since when it may do nothing.")

    @classmethod
    def of(cls, row: models.ConnectedApp) -> "ConnectedApp":
        """The connection of a row."""
        return cls(
            id=write_id("ConnectedApp", row.id),
            client_id=str(row.app_id),
            name=row.name,
            publisher=row.publisher,
            permissions=permissions_of(row.permissions),
            data_classes=[DataClass(each) for each in classes_of(row.permissions)],
            connected_at=row.connected_at,
            updated_at=row.updated_at,
            last_used_at=row.last_used_at,
            ended_at=row.ended_at,
        )


@strawberry.type
class AppFields:
    """Programs of partners."""

    @strawberry.field(graphql_type=Connection[App], extensions=[Paged(), Needs(READ)])
    async def apps(self, info: Info) -> Listing:
        """Apps that the business has made, the newest in front."""
        repository = Apps(await info.context.read(READ))
        return Listing(repository, repository.there(), Order("created_at"), App.of)

    @strawberry.field(graphql_type=Connection[ConnectedApp], extensions=[Paged(), Needs(READ)])
    async def connected_apps(self, info: Info) -> Listing:
        """Apps that the business has agreed to, the newest in front; ended ones stay on record."""
        repository = ConnectedApps(await info.context.read(READ))
        return Listing(repository, repository.all(), Order("connected_at"), ConnectedApp.of)


@strawberry.input
class AppCreateInput:
    """An app to be made."""

    name: str
    permissions: list[Permission]
    redirect_uris: list[str] = strawberry.field(default_factory=list)
    description: str = ""
    confidential: bool = True
    acts_at_home: bool = False
    idempotency_key: str | None = None


@strawberry.type
class AppCreatePayload:
    """The app; its secret is shown here and never again. A public app has none."""

    app: App
    secret: str | None


AppCreateResult = Annotated[
    AppCreatePayload
    | InvalidInputError
    | BeyondOwnRightsError
    | TooManyAppsError
    | IdempotencyKeyReusedError
    | RequestInProgressError
    | ShownOnceError,
    strawberry.union("AppCreateResult"),
]


@strawberry.input
class AppUpdateInput:
    """What to change; what is left out stays."""

    id: strawberry.ID
    name: strawberry.Maybe[str]
    description: strawberry.Maybe[str]
    redirect_uris: strawberry.Maybe[list[str]]
    permissions: strawberry.Maybe[list[Permission]]
    acts_at_home: strawberry.Maybe[bool]


@strawberry.type
class AppUpdatePayload:
    """The app as it is now."""

    app: App


AppUpdateResult = Annotated[
    AppUpdatePayload | InvalidInputError | BeyondOwnRightsError,
    strawberry.union("AppUpdateResult"),
]


@strawberry.input
class AppRotateSecretInput:
    """An app, and how long the secret it has now stays good beside the new one."""

    id: strawberry.ID
    overlap: timedelta
    idempotency_key: str | None = None


@strawberry.type
class AppRotateSecretPayload:
    """The app; its new secret is shown here and never again."""

    app: App
    secret: str


AppRotateSecretResult = Annotated[
    AppRotateSecretPayload
    | InvalidInputError
    | BeyondOwnRightsError
    | PublicAppError
    | IdempotencyKeyReusedError
    | RequestInProgressError
    | ShownOnceError,
    strawberry.union("AppRotateSecretResult"),
]


@strawberry.input
class AppDeleteInput:
    """The app to delete."""

    id: strawberry.ID


@strawberry.type
class AppDeletePayload:
    """The id that was the app's."""

    deleted_id: strawberry.ID


AppDeleteResult = Annotated[AppDeletePayload, strawberry.union("AppDeleteResult")]


@strawberry.input
class ConnectedAppRevokeInput:
    """The connection to end."""

    id: strawberry.ID


@strawberry.type
class ConnectedAppRevokePayload:
    """The connection as it stands."""

    connected_app: ConnectedApp


ConnectedAppRevokeResult = Annotated[
    ConnectedAppRevokePayload, strawberry.union("ConnectedAppRevokeResult")
]


@strawberry.type
class AppMutations:
    """Deeds around apps; only people may do them."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def app_create(self, info: Info, input: AppCreateInput) -> AppCreateResult:
        """Make an app that others can agree to."""
        new = service.NewApp(
            name=input.name,
            permissions=tuple(input.permissions),
            redirect_uris=tuple(input.redirect_uris),
            description=input.description,
            confidential=input.confidential,
            acts_at_home=input.acts_at_home,
        )
        uow = info.context.uow
        issued = await shown_once(info, input, lambda: service.create(uow, new), _id_of)
        return AppCreatePayload(app=App.of(issued.app), secret=issued.secret)

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def app_update(self, info: Info, input: AppUpdateInput) -> AppUpdateResult:
        """Change an app; for permissions that it asks anew, every business is asked."""
        changes = said(
            name=input.name,
            description=input.description,
            redirect_uris=input.redirect_uris,
            permissions=input.permissions,
            acts_at_home=input.acts_at_home,
        )
        row = await service.update(info.context.uow, read_id("App", input.id), **changes)
        return AppUpdatePayload(app=App.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def app_rotate_secret(
        self, info: Info, input: AppRotateSecretInput
    ) -> AppRotateSecretResult:
        """Give an app a new secret; the one before it stays good for the overlap."""
        uow, id = info.context.uow, read_id("App", input.id)
        issued = await shown_once(
            info, input, lambda: service.rotate(uow, id, input.overlap), _id_of
        )
        assert issued.secret is not None
        return AppRotateSecretPayload(app=App.of(issued.app), secret=issued.secret)

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE, ends_access=True)])
    async def app_delete(self, info: Info, input: AppDeleteInput) -> AppDeleteResult:
        """Delete an app; it opens nothing any more, at any business."""
        id = await service.delete(info.context.uow, read_id("App", input.id))
        return AppDeletePayload(deleted_id=write_id("App", id))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE, ends_access=True)])
    async def connected_app_revoke(
        self, info: Info, input: ConnectedAppRevokeInput
    ) -> ConnectedAppRevokeResult:
        """Take back what was agreed to, at once; a second time changes nothing."""
        id = read_id("ConnectedApp", input.id)
        row = await consent.disconnect(info.context.uow, id)
        return ConnectedAppRevokePayload(connected_app=ConnectedApp.of(row))


def _id_of(issued: service.Issued) -> str:
    return write_id("App", issued.app.id)

"""What an app wants to be told, at every business that is connected to it."""

from datetime import timedelta
from typing import Annotated

import strawberry

from api.graphql.apps import AppWebhook
from api.graphql.context import Info
from api.graphql.enums import WebhookAlgorithm
from api.graphql.errors import (
    IdempotencyKeyReusedError,
    InvalidInputError,
    RequestInProgressError,
    ShownOnceError,
)
from api.graphql.ids import read_id
from api.graphql.payloads import payload_document
from api.graphql.scalars import Url
from plugins.graphql_kit import InUnitOfWork, Needs, shown_once
from plugins.webhooks import declaring

WRITE = "apps:write"


@strawberry.input
class AppWebhookDeclareInput:
    """An app, and where to tell it what; a declaration before it is replaced."""

    id: strawberry.ID
    url: Url
    events: list[str] = strawberry.field(description="Names, `call.*` or `*`.")
    payload: str | None = strawberry.field(
        default=None, description="A GraphQL subscription to be answered; left out, ids are sent."
    )
    algorithm: WebhookAlgorithm = WebhookAlgorithm.HMAC_SHA256


@strawberry.type
class AppWebhookDeclarePayload:
    """The declaration; the secret is shown once, when it is made."""

    webhook: AppWebhook
    secret: str | None


AppWebhookDeclareResult = Annotated[
    AppWebhookDeclarePayload | InvalidInputError, strawberry.union("AppWebhookDeclareResult")
]


@strawberry.input
class AppWebhookRotateSecretInput:
    """An app whose requests are to be signed with a new key; earlier ones sign too for a while."""

    id: strawberry.ID
    overlap_hours: int = 24
    algorithm: WebhookAlgorithm | None = None
    idempotency_key: str | None = None


@strawberry.type
class AppWebhookRotateSecretPayload:
    """The declaration, and the new secret or public key: shown this once."""

    webhook: AppWebhook
    secret: str


AppWebhookRotateSecretResult = Annotated[
    AppWebhookRotateSecretPayload
    | InvalidInputError
    | IdempotencyKeyReusedError
    | RequestInProgressError
    | ShownOnceError,
    strawberry.union("AppWebhookRotateSecretResult"),
]


@strawberry.input
class AppWebhookRemoveInput:
    """An app that is to be told nothing any more."""

    id: strawberry.ID


@strawberry.type
class AppWebhookRemovePayload:
    """The id of the app."""

    app_id: strawberry.ID


AppWebhookRemoveResult = Annotated[
    AppWebhookRemovePayload, strawberry.union("AppWebhookRemoveResult")
]


@strawberry.type
class AppWebhookMutations:
    """Deeds around the webhooks of apps; only people may do them."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def app_webhook_declare(
        self, info: Info, input: AppWebhookDeclareInput
    ) -> AppWebhookDeclareResult:
        """Say where an app is told what; connected businesses follow within moments."""
        new = declaring.Declaration(
            url=input.url,
            events=tuple(input.events),
            payload=payload_document(input.payload),
            algorithm=input.algorithm,
        )
        uow, id = info.context.uow, read_id("App", input.id)
        declared = await declaring.declare(uow, id, new, info.context.reach)
        secret = declared.key.shown if declared.key else None
        return AppWebhookDeclarePayload(webhook=AppWebhook.of(declared.endpoint), secret=secret)

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def app_webhook_rotate_secret(
        self, info: Info, input: AppWebhookRotateSecretInput
    ) -> AppWebhookRotateSecretResult:
        """Make a new key for the webhook of an app."""
        overlap = timedelta(hours=input.overlap_hours)
        uow, id = info.context.uow, read_id("App", input.id)
        declared = await shown_once(
            info,
            input,
            lambda: declaring.rotate(uow, id, overlap, input.algorithm),
            lambda _: input.id,
        )
        assert declared.key is not None
        webhook = AppWebhook.of(declared.endpoint)
        return AppWebhookRotateSecretPayload(webhook=webhook, secret=declared.key.shown)

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def app_webhook_remove(
        self, info: Info, input: AppWebhookRemoveInput
    ) -> AppWebhookRemoveResult:
        """Tell an app nothing any more, at any business."""
        await declaring.remove(info.context.uow, read_id("App", input.id))
        return AppWebhookRemovePayload(app_id=input.id)

"""What people have agreed to be reached for: put on record, and taken back."""

from datetime import datetime
from typing import Annotated

import strawberry

from api.graphql.context import Info
from api.graphql.enums import ConsentForm, OutreachRoute, Purpose
from api.graphql.errors import (
    IdempotencyKeyReusedError,
    InvalidInputError,
    RequestInProgressError,
)
from api.graphql.ids import Node, maybe_read_id, read_id, write_id
from domain.outreach import agreements
from domain.outreach.agreements import models
from domain.outreach.agreements.repository import OutreachConsents
from plugins.graphql_kit import InUnitOfWork, Needs, once

READ, WRITE = "contacts:read", "contacts:write"


@strawberry.type
class OutreachConsent(Node):
    """That somebody may be reached on one route for one purpose, in the words they agreed to."""

    route: OutreachRoute
    purpose: Purpose
    form: ConsentForm
    disclosure: str
    disclosure_version: str
    language: str
    given_at: datetime
    withdrawn_at: datetime | None

    @classmethod
    def of(cls, row: models.OutreachConsent) -> "OutreachConsent":
        """The consent of a row."""
        return cls(
            id=write_id("OutreachConsent", row.id),
            route=row.route,
            purpose=row.purpose,
            form=row.form,
            disclosure=row.disclosure,
            disclosure_version=row.disclosure_version,
            language=row.language,
            given_at=row.given_at,
            withdrawn_at=row.withdrawn_at,
        )


@strawberry.input
class OutreachConsentRecordInput:
    """A yes, with the very words that it was said to."""

    contact_id: strawberry.ID
    route: OutreachRoute
    purpose: Purpose
    form: ConsentForm
    disclosure: str
    disclosure_version: str
    language: str = "en"
    conversation_id: strawberry.ID | None = strawberry.field(
        default=None, description="The call or chat in which they agreed."
    )
    idempotency_key: str | None = None


@strawberry.type
class OutreachConsentRecordPayload:
    """The consent, on the strength of which they may be reached."""

    outreach_consent: OutreachConsent


OutreachConsentRecordResult = Annotated[
    OutreachConsentRecordPayload
    | InvalidInputError
    | IdempotencyKeyReusedError
    | RequestInProgressError,
    strawberry.union("OutreachConsentRecordResult"),
]


@strawberry.input
class OutreachConsentWithdrawInput:
    """A consent that counts no more."""

    id: strawberry.ID


@strawberry.type
class OutreachConsentWithdrawPayload:
    """The consent as it ended."""

    outreach_consent: OutreachConsent


OutreachConsentWithdrawResult = Annotated[
    OutreachConsentWithdrawPayload, strawberry.union("OutreachConsentWithdrawResult")
]


@strawberry.type
class OutreachConsentMutations:
    """Deeds around consents to be reached."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def outreach_consent_record(
        self, info: Info, input: OutreachConsentRecordInput
    ) -> OutreachConsentRecordResult:
        """Put on record that somebody may be reached."""
        answer = agreements.Answer(
            read_id("Contact", input.contact_id),
            input.route,
            input.purpose,
            input.form,
            input.disclosure,
            input.disclosure_version,
            input.language,
            maybe_read_id("Conversation", input.conversation_id),
        )
        uow = info.context.uow
        row = await once(info, input, OutreachConsents, lambda: agreements.agree(uow, answer))
        return OutreachConsentRecordPayload(outreach_consent=OutreachConsent.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def outreach_consent_withdraw(
        self, info: Info, input: OutreachConsentWithdrawInput
    ) -> OutreachConsentWithdrawResult:
        """Put on record that somebody may be reached no more: at once, and for good."""
        id = read_id("OutreachConsent", input.id)
        row = await agreements.withdraw(info.context.uow, id)
        return OutreachConsentWithdrawPayload(outreach_consent=OutreachConsent.of(row))

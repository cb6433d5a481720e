"""Erasing callers, and the certificates that prove it."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from api.graphql.context import Info
from api.graphql.enums import ErasureObstacle, ErasureReason, ErasureState, ErasureSubject
from api.graphql.erasure_errors import CallInProgressError, ErasureHeldError, VisitsStandingError
from api.graphql.ids import Node, read_id, write_id
from api.graphql.pagination import Connection, Listing, Order, Paged
from domain import erasure
from domain.erasure import models, service
from domain.erasure.repository import ErasureCertificates, Erasures
from plugins.graphql_kit import InUnitOfWork, Needs

READ, ERASE = service.READ, service.ERASE
KINDS = {models.SubjectKind.CONTACT: "Contact", models.SubjectKind.TENANT: "Tenant"}


@strawberry.type
class ErasureCertificate:
    """A signed statement of what was erased. It names nobody."""

    number: int = strawberry.field(description="Its place in the tenant's chain, from 1.")
    issued_at: datetime
    hash: str = strawberry.field(description="What the next certificate of the tenant names.")
    file: str = strawberry.field(
        description="Keep it as it is: `deskbell certificate verify` checks it offline."
    )

    @classmethod
    def of(cls, row: models.ErasureCertificate) -> "ErasureCertificate":
        """The certificate of a row."""
        return cls(number=row.number, issued_at=row.issued_at, hash=row.hash, file=row.file)


@strawberry.type
class Erasure(Node):
    """That everything about a caller, or the business, is to go; and how far that is."""

    erasure_key: strawberry.Private[UUID]
    subject: ErasureSubject
    subject_id: strawberry.ID = strawberry.field(
        description="Nothing leads from it to a person any more, once this is erased."
    )
    reason: ErasureReason
    state: ErasureState
    waits_for: ErasureObstacle | None = strawberry.field(
        description="What stands in the way; it goes on by itself."
    )
    requested_at: datetime
    gone_at: datetime | None = strawberry.field(description="When the last row was deleted.")
    finished_at: datetime | None

    @classmethod
    def of(cls, row: models.Erasure) -> "Erasure":
        """The erasure of a row."""
        return cls(
            id=write_id("Erasure", row.id),
            erasure_key=row.id,
            subject=row.subject_kind,
            subject_id=write_id(KINDS[row.subject_kind], row.subject_id),
            reason=row.reason,
            state=row.state,
            waits_for=row.waits_for,
            requested_at=row.requested_at,
            gone_at=row.gone_at,
            finished_at=row.finished_at,
        )

    @strawberry.field(extensions=[Needs(READ)])
    async def certificates(self, info: Info) -> list[ErasureCertificate]:
        """None before it is finished; a later one supplements the earlier."""
        uow = await info.context.read(READ)
        found = await ErasureCertificates(uow).of(self.erasure_key)
        return [ErasureCertificate.of(row) for row in found]


@strawberry.type
class ErasureFields:
    """What of a tenant's callers was erased."""

    @strawberry.field(graphql_type=Connection[Erasure], extensions=[Paged(), Needs(READ)])
    async def erasures(self, info: Info) -> Listing:
        """What is to be erased and what is, the newest in front."""
        repository = Erasures(await info.context.read(READ))
        return Listing(repository, repository.all(), Order("requested_at"), Erasure.of)


@strawberry.input
class ContactEraseInput:
    """Whom to erase, by which rule, and what to do about what stands in the way."""

    id: strawberry.ID
    reason: ErasureReason = ErasureReason.REQUEST
    cancel_visits: bool = False
    wait: bool = True


@strawberry.type
class ContactErasePayload:
    """The erasure; it goes on by itself."""

    erasure: Erasure


ContactEraseResult = Annotated[
    ContactErasePayload | CallInProgressError | ErasureHeldError | VisitsStandingError,
    strawberry.union("ContactEraseResult"),
]


@strawberry.type
class ErasureMutations:
    """Deeds that cannot be undone."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(ERASE)])
    async def contact_erase(self, info: Info, input: ContactEraseInput) -> ContactEraseResult:
        """Erase everything about a caller, for good; a second time it is the same erasure.

        What the law obliges to keep stays, and the certificate says why.
        """
        new = erasure.NewErasure(
            read_id("Contact", input.id), input.reason, input.cancel_visits, input.wait
        )
        row = await erasure.erase_contact(info.context.uow, new)
        return ContactErasePayload(erasure=Erasure.of(row))

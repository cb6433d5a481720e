"""Erasures and their papers, as one unit of work sees them."""

from datetime import timedelta
from uuid import UUID

from domain.erasure.models import UNFINISHED, Erasure, ErasureCertificate, ErasureReceipt
from domain.repository import Repository
from domain.work import UnitOfWork

# Two of them at once would give one number twice; the lock ends with the transaction.
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('certificate:' || $1, 0))"
TALKING = """
SELECT EXISTS (
    SELECT FROM conversation AS talk
    LEFT JOIN call ON call.tenant_id = talk.tenant_id AND call.conversation_id = talk.id
    WHERE talk.tenant_id = $1 AND ($2::uuid IS NULL OR talk.contact_id = $2)
      AND (call.id IS NOT NULL AND call.finalized_at IS NULL
           OR talk.channel <> 'voice' AND talk.ended_at IS NULL
              AND (talk.updated_at > $3
                   OR EXISTS (SELECT FROM turn
                              WHERE turn.tenant_id = $1 AND turn.conversation_id = talk.id
                                AND turn.said_at > $3)))) AS talking
"""
# After so long without a word a conversation in writing is over, whether or not anybody ended it.
SILENCE = timedelta(minutes=30)


class Erasures(Repository[Erasure]):
    """What is to go, and what is gone."""

    model = Erasure
    noun = "erasure"

    async def for_request(self, request_id: UUID) -> Erasure | None:
        """The erasure that a request of the rights desk asked for."""
        return await self.maybe(self.all().filter(request_id=request_id))

    async def unfinished(self, subject_id: UUID) -> Erasure | None:
        """The erasure of somebody that is going on."""
        return await self.maybe(self.all().filter(subject_id=subject_id, state__in=UNFINISHED))


async def talking(uow: UnitOfWork, contact_id: UUID | None) -> bool:
    """Whether somebody, or anybody, is in a conversation that is not settled yet."""
    values = [uow.tenant_id, contact_id, uow.now - SILENCE]
    rows = await uow.connection.execute_query_dict(TALKING, values)
    return bool(rows[0]["talking"])


class ErasureReceipts(Repository[ErasureReceipt]):
    """What others say."""

    model = ErasureReceipt
    noun = "receipt"

    async def of(self, erasure_id: UUID) -> list[ErasureReceipt]:
        """The receipts of one erasure, by holder."""
        return await self.page(self.all().filter(erasure_id=erasure_id).order_by("holder"))


class ErasureCertificates(Repository[ErasureCertificate]):
    """The chain of a tenant's certificates."""

    model = ErasureCertificate
    noun = "certificate"

    async def last(self) -> ErasureCertificate | None:
        """The end of the chain, held until the transaction ends."""
        await self.uow.connection.execute_query(LOCK, [str(self.uow.tenant_id)])
        return await self.maybe(self.all().order_by("-number"))

    async def of(self, erasure_id: UUID) -> list[ErasureCertificate]:
        """The certificates of one erasure; a later one supplements the earlier."""
        return await self.page(self.all().filter(erasure_id=erasure_id).order_by("number"))

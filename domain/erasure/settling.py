"""The end of an erasure: certified when objects and keys are gone and others have answered."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from domain.disposal.repository import Leftovers
from domain.disposal.service import SWEEP
from domain.erasure.certificates import FIRST, Signer, hash_of
from domain.erasure.events import ErasureFinished
from domain.erasure.models import Erasure, ErasureCertificate, ErasureState
from domain.erasure.ports import Holders
from domain.erasure.repository import ErasureCertificates, ErasureReceipts, Erasures
from domain.erasure.service import payload
from domain.erasure.statement import Answer, statement
from domain.erasure.steps import SETTLE, scope_of
from domain.privacy.periods import Period
from domain.privacy.ports import LONGEST_NOTE, Receipt
from domain.work import UnitOfWork

# Whoever has not answered by then is an open item: a certificate does not wait for ever.
PATIENCE = timedelta(days=3)
# For so long open items are looked at again; whoever answers later makes it whole.
REOPENED = timedelta(days=60)
SOON, LATER = timedelta(seconds=20), timedelta(hours=1)
OURSELVES = "deskbell"


async def receive(uow: UnitOfWork, erasure_id: UUID, holder: str, receipt: Receipt) -> None:
    """Keep what somebody says of an erasure; the last word counts."""
    await Erasures(uow).get(erasure_id)
    receipts = ErasureReceipts(uow)
    said = {
        "complete": receipt.complete,
        "rows": receipt.rows,
        "note": receipt.note[:LONGEST_NOTE],
        "received_at": uow.now,
    }
    known = await receipts.maybe(receipts.all().filter(erasure_id=erasure_id, holder=holder))
    if known is None:
        await receipts.add(erasure_id=erasure_id, holder=holder, **said)
    else:
        await receipts.save(known, **said)
    look_again(uow, erasure_id, timedelta(0))


async def settle(
    uow: UnitOfWork, id: UUID, holders: Holders, signer: Signer, backups: Period
) -> ErasureCertificate | None:
    """Certify an erasure if nothing is outstanding, or for too long; else look again later."""
    erasure = await Erasures(uow).lock(id)
    if erasure.gone_at is None or erasure.state is ErasureState.ERASED:
        return None
    answers = [*await holders.answers(uow, id), *await _leftovers(uow, id)]
    waited = uow.now - erasure.gone_at
    if erasure.state is ErasureState.SETTLING:
        if any(answer.state == "waiting" for answer in answers) and waited < PATIENCE:
            look_again(uow, id, SOON if waited < LATER else LATER)
            return None
    elif any(answer.open for answer in answers):
        if waited < REOPENED:
            look_again(uow, id, timedelta(days=1))
        return None
    certificate = await _certify(uow, erasure, answers, signer, backups)
    if erasure.state is ErasureState.OPEN:
        look_again(uow, id, timedelta(days=1))
    return certificate


def look_again(uow: UnitOfWork, id: UUID, after: timedelta) -> None:
    """See later whether nothing is outstanding any more."""
    uow.schedule(SETTLE, at=uow.now + after, key=f"{SETTLE}:{id}", payload=payload(id))


async def _leftovers(uow: UnitOfWork, id: UUID) -> list[Answer]:
    """What of our own is still to be removed, as if somebody else kept it."""
    left = await Leftovers(uow).of(id).count()
    if not left:
        return []
    # A sweep that failed for too long is dead; this one is not.
    uow.schedule(SWEEP, at=uow.now, key=f"{SWEEP}:{id}", payload={"cause_id": str(id)})
    return [Answer(OURSELVES, "waiting", left, "objects and keys are still being removed")]


async def _certify(
    uow: UnitOfWork,
    erasure: Erasure,
    answers: Sequence[Answer],
    signer: Signer,
    backups: Period,
) -> ErasureCertificate:
    certificates = ErasureCertificates(uow)
    last = await certificates.last()
    earlier = await certificates.of(erasure.id)
    number = last.number + 1 if last else 1
    said = statement(erasure, answers, scope_of(erasure.subject_kind), backups)
    file = signer.sign(
        {
            **said,
            "number": number,
            "previous": last.hash if last else FIRST,
            "tenant": str(uow.tenant_id),
            "issued_at": uow.now.isoformat(timespec="seconds"),
            "supplements": earlier[-1].number if earlier else None,
        }
    )
    certificate = await certificates.add(
        erasure_id=erasure.id, number=number, hash=hash_of(file), file=file, issued_at=uow.now
    )
    open_items = len(said["open"])
    state = ErasureState.OPEN if open_items else ErasureState.ERASED
    await Erasures(uow).save(erasure, state=state, finished_at=uow.now)
    uow.record(
        ErasureFinished(erasure_id=erasure.id, certificate_id=certificate.id, open_items=open_items)
    )
    return certificate

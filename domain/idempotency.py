"""The same request twice has one effect, and one answer."""

import hashlib
import json
from datetime import timedelta
from typing import Any

from tortoise import fields

from domain.errors import Conflict
from domain.personal import DataClass, labelled
from domain.repository import Repository
from domain.sealed import Sealed, SealedField
from domain.tenancy import TenantModel
from domain.work import UnitOfWork

BODY = "idempotency.body"
# A client that has not heard for a week does not repeat itself any more.
KEPT = timedelta(days=7)


class IdempotencyRecord(TenantModel):
    """The sealed answer to a request that must not be carried out twice."""

    actor = labelled(fields.CharField(max_length=120), DataClass.AUDIT)
    key = labelled(fields.CharField(max_length=200), DataClass.NONE)
    body_hash = labelled(fields.CharField(max_length=64), DataClass.NONE)
    result = labelled(SealedField(null=True), DataClass.NONE)
    created_at = labelled(fields.DatetimeField(), DataClass.NONE)

    sealed_by = "tenant_id"

    class Meta:
        table = "idempotency_record"


class KeyReused(Conflict):
    """The idempotency key was used before, with another request."""

    code = "IDEMPOTENCY_KEY_REUSED"

    def __init__(self) -> None:
        super().__init__("This idempotency key was used with another request")


class InProgress(Conflict):
    """The same request was begun, and there is no answer to it yet."""

    code = "REQUEST_IN_PROGRESS"

    def __init__(self) -> None:
        super().__init__("The same request is being carried out")


class ShownOnce(Conflict):
    """The same request was carried out before, and the secret of its answer is kept nowhere."""

    code = "SHOWN_ONCE"

    def __init__(self, id: str) -> None:
        super().__init__("This was done before; its secret was shown then, and is not shown again")
        self.id = id


class IdempotencyRecords(Repository[IdempotencyRecord]):
    """Answers already given."""

    model = IdempotencyRecord
    noun = "request"

    async def by_key(self, actor: str, key: str) -> IdempotencyRecord | None:
        """The record of an earlier request of the same actor."""
        return await self.maybe(self.all().filter(actor=actor, key=key))


async def earlier_answer(uow: UnitOfWork, key: str, body: dict[str, Any]) -> Any | None:
    """The answer given before, or None after claiming the key. Raises `KeyReused`, `InProgress`.

    The claim is a unique row in the caller's own transaction: a second request waits for the
    first one to commit, and then finds it.
    """
    records = IdempotencyRecords(uow)
    actor = str(uow.scope.actor)
    # Under a key of the tenant's: a bare hash of a telephone number could be guessed.
    words = json.dumps(body, sort_keys=True, default=str).encode()
    hashed = await uow.keys.blind_index(BODY, hashlib.sha256(words).hexdigest())
    record = await records.by_key(actor, key)
    if record is None:
        try:
            async with records.refusing(idempotency_record_key=InProgress()):
                await records.add(actor=actor, key=key, body_hash=hashed, created_at=uow.now)
            return None
        except InProgress:
            record = await records.by_key(actor, key)
    if record is not None and record.body_hash != hashed:
        raise KeyReused
    if record is None or record.result is None:
        raise InProgress
    return record.result.load()


async def remember_answer(uow: UnitOfWork, key: str, answer: object) -> None:
    """Keep the answer for the next request with the same key."""
    records = IdempotencyRecords(uow)
    record = await records.by_key(str(uow.scope.actor), key)
    if record is not None:
        await records.save(record, result=Sealed.json(answer))

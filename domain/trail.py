"""What was done and seen, by whom: the audit trail as a unit of work writes it.

Entries are written in the transaction of the change itself. A sealer numbers and chains them
later (`domain/audit`): a chain that grew inside every transaction would let a tenant do one thing
at a time.
"""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.backends.base.client import BaseDBAsyncClient

from domain.events import Event
from domain.ids import Ids
from domain.keyring.keys import TenantKeys
from domain.personal import DataClass, labelled
from domain.scope import Actor, ActorKind, Scope
from domain.sealed import Sealed, SealedField
from domain.tenancy import TenantModel

AUDIT = DataClass.AUDIT
REFUSED = "access.refused"
# As the columns are wide; what a client says of itself is cut, never refused.
LONGEST_WORD = 120
LONGEST_ADDRESS = 64
LONGEST_AGENT = 300
SALT_BYTES = 16


class TraceOutcome(StrEnum):
    """What came of it."""

    DONE = "done"
    REFUSED = "refused"


class AuditEntry(TenantModel):
    """One thing that was done or seen. Never changed; deleted behind a checkpoint only."""

    at = labelled(fields.DatetimeField(), AUDIT)
    actor_kind = labelled(fields.CharEnumField(ActorKind, max_length=12), AUDIT)
    actor_id = labelled(fields.CharField(max_length=120), AUDIT)
    via = labelled(fields.CharField(max_length=120), AUDIT)
    address = labelled(fields.CharField(max_length=64), AUDIT)
    action = labelled(fields.CharField(max_length=80), AUDIT)
    object_type = labelled(fields.CharField(max_length=60), AUDIT)
    object_id = labelled(fields.UUIDField(null=True), AUDIT)
    others: list[str] = labelled(fields.JSONField(), AUDIT)
    """What else it was about, as `type:id`."""
    purpose = labelled(fields.CharField(max_length=120), AUDIT)
    outcome = labelled(fields.CharEnumField(TraceOutcome, max_length=8), AUDIT)
    discloses = labelled(fields.BooleanField(), AUDIT)
    """Whether somebody saw or received what is known of a person."""
    key_id = labelled(fields.UUIDField(), DataClass.NONE)
    details = labelled(SealedField(null=True), AUDIT)
    commitment = labelled(fields.BinaryField(null=True), AUDIT)
    """SHA-256 of the details with their salt: proves them for as long as they can be read."""
    position = labelled(fields.BigIntField(null=True), DataClass.NONE)
    hash = labelled(fields.BinaryField(null=True), DataClass.NONE)

    sealed_by = "key_id"

    outlives = "who did and saw what must be shown (GDPR Art. 5(2), HIPAA § 164.316); it holds ids"

    class Meta:
        table = "audit_entry"


@dataclass(frozen=True)
class Trace:
    """Something to be put on record; `others` are `(type, id)`."""

    action: str
    object_type: str = ""
    object_id: UUID | None = None
    others: tuple[tuple[str, UUID], ...] = ()
    outcome: TraceOutcome = TraceOutcome.DONE
    discloses: bool = False
    details: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, event: Event) -> "Trace":
        """An event, and every row it names."""
        named = [(name, value) for name, value in vars(event).items() if isinstance(value, UUID)]
        others = [(_noun(name), id) for name, id in named if name != event.aggregate]
        return cls(event.name, _noun(event.aggregate), event.key, tuple(others))

    @classmethod
    def of_reading(cls, action: str, noun: str, ids: Sequence[UUID]) -> "Trace":
        """That somebody saw some rows of one kind, at once; there is at least one."""
        others = tuple((noun, id) for id in ids[1:])
        return cls(action, noun, ids[0], others, discloses=True)

    @classmethod
    def of_refusal(cls, reason: str) -> "Trace":
        """That somebody was not allowed to."""
        return cls(REFUSED, outcome=TraceOutcome.REFUSED, details={"reason": reason})

    @property
    def written_others(self) -> str:
        """The other rows, as the column holds them."""
        return json.dumps([f"{noun}:{id}" for noun, id in self.others])


# One statement, however many entries; asyncpg wants arrays of plain values.
ADD = """
INSERT INTO audit_entry (tenant_id, at, actor_kind, actor_id, via, address, purpose, key_id,
    id, action, object_type, object_id, others, outcome, discloses, details, commitment)
SELECT $1, $2, $3, $4, $5, $6, $7, $8, made.*
FROM unnest($9::uuid[], $10::text[], $11::text[], $12::uuid[], $13::jsonb[], $14::text[],
            $15::boolean[], $16::bytea[], $17::bytea[]) AS made
"""


class Trail:
    """The audit trail as one unit of work writes it."""

    def __init__(self, connection: BaseDBAsyncClient, scope: Scope, keys: TenantKeys) -> None:
        self._connection = connection
        self._scope = scope
        self._keys = keys

    async def add(self, traces: Sequence[Trace], ids: Ids, now: datetime) -> None:
        """Put everything on record, in order."""
        if not traces:
            return
        rows = [await self._row(trace, ids.new(now)) for trace in traces]
        columns = [list(column) for column in zip(*rows, strict=True)]
        await self._connection.execute_query(ADD, [*self._whose(now), *columns])

    def _whose(self, now: datetime) -> list[Any]:
        scope, access = self._scope, self._scope.access
        return [
            scope.tenant_id,
            now,
            scope.actor.kind.value,
            scope.actor.id[:LONGEST_WORD],
            access.via[:LONGEST_WORD],
            access.address[:LONGEST_ADDRESS],
            access.purpose[:LONGEST_WORD],
            key_of(scope),
        ]

    async def _row(self, trace: Trace, id: UUID) -> tuple[Any, ...]:
        details, commitment = await self._sealed(trace, id)
        return (
            id,
            trace.action,
            trace.object_type,
            trace.object_id,
            trace.written_others,
            trace.outcome.value,
            trace.discloses,
            details,
            commitment,
        )

    async def _sealed(self, trace: Trace, id: UUID) -> tuple[bytes | None, bytes | None]:
        """The details and what commits us to them; what is no secret needs no key."""
        agent = {"agent": self._scope.access.agent[:LONGEST_AGENT]} if self._tells(trace) else {}
        told = {**trace.details, **agent}
        if not told:
            return None, None
        # Without salt, words so few could be found by guessing after their key is destroyed.
        plain = Sealed.json({"salt": os.urandom(SALT_BYTES).hex(), **told})
        key_id, tenant_id = key_of(self._scope), self._scope.tenant_id
        row = AuditEntry(id=id, tenant_id=tenant_id, key_id=key_id, details=plain)
        await self._keys.seal(row)
        return plain.ciphertext, hashlib.sha256(plain.plain).digest()

    def _tells(self, trace: Trace) -> bool:
        """A change is known by its session; whoever looks or is refused, by their program too."""
        looks = trace.discloses or trace.outcome is TraceOutcome.REFUSED
        return looks and bool(self._scope.access.agent)


def key_of(scope: Scope) -> UUID:
    """Whose key seals what an actor leaves: their own if they are a person of the house."""
    return _member(scope.actor) or scope.tenant_id


def _member(actor: Actor) -> UUID | None:
    return UUID(actor.id) if actor.kind is ActorKind.MEMBER else None


def _noun(column: str) -> str:
    return column.removesuffix("_id")

"""Erasures, what others said of them, and the certificates that prove them."""

from enum import StrEnum
from typing import Any

from tortoise import fields

from domain.personal import DataClass, labelled
from domain.tenancy import Reference, TenantModel

AUDIT, NONE = DataClass.AUDIT, DataClass.NONE
PROOF = "that something was erased must be shown (GDPR Art. 5(2)); it names nobody"


class SubjectKind(StrEnum):
    """Whom an erasure is about."""

    CONTACT = "contact"
    TENANT = "tenant"


class ErasureReason(StrEnum):
    """By which rule something is erased (the grounds of GDPR Art. 17(1), and the contract's)."""

    REQUEST = "request"
    """The person asked for it."""
    CONSENT_WITHDRAWN = "consent_withdrawn"
    NO_LONGER_NEEDED = "no_longer_needed"
    OBJECTION = "objection"
    UNLAWFUL = "unlawful"
    LEGAL_OBLIGATION = "legal_obligation"
    CLOSURE = "closure"
    """The business closed its account."""
    RESTORED = "restored"
    """A backup brought back what had been erased."""


class ErasureState(StrEnum):
    """Where an erasure stands; it only moves forward."""

    REQUESTED = "requested"
    """Something stands in its way: it goes on by itself when that is over."""
    RUNNING = "running"
    SETTLING = "settling"
    """The rows are gone; objects, keys and the answers of others are on their way."""
    ERASED = "erased"
    OPEN = "open"
    """Everything here is gone, and somebody else has not confirmed it."""


class Obstacle(StrEnum):
    """What an erasure waits for."""

    CALL = "call"
    HOLD = "hold"


UNFINISHED = (ErasureState.REQUESTED, ErasureState.RUNNING, ErasureState.SETTLING)


class Erasure(TenantModel):
    """That everything about a caller, or a business, is to go; and how far that is."""

    subject_kind = labelled(fields.CharEnumField(SubjectKind, max_length=10), NONE)
    subject_id = labelled(fields.UUIDField(), NONE)
    """An id that nothing leads from to a person any more."""
    request_id = labelled(fields.UUIDField(null=True), NONE)
    """The request of the rights desk that asked for it: it is not linked to a person any more."""
    reason = labelled(fields.CharEnumField(ErasureReason, max_length=20), AUDIT)
    state = labelled(fields.CharEnumField(ErasureState, max_length=10), NONE)
    waits_for = labelled(fields.CharEnumField(Obstacle, max_length=10, null=True), NONE)
    done: dict[str, Any] = labelled(fields.JSONField(default=dict), NONE)
    """What has gone up to now, by table and kind of data."""
    requested_by = labelled(fields.CharField(max_length=120), AUDIT)
    requested_at = labelled(fields.DatetimeField(), AUDIT)
    gone_at = labelled(fields.DatetimeField(null=True), AUDIT)
    finished_at = labelled(fields.DatetimeField(null=True), AUDIT)

    outlives = PROOF

    class Meta:
        table = "erasure"


class ErasureReceipt(TenantModel):
    """What somebody who kept a copy says of one erasure."""

    erasure_id = labelled(fields.UUIDField(), NONE)
    holder = labelled(fields.CharField(max_length=60), NONE)
    complete = labelled(fields.BooleanField(), NONE)
    rows = labelled(fields.IntField(default=0), NONE)
    note = labelled(fields.CharField(max_length=200, default=""), NONE)
    received_at = labelled(fields.DatetimeField(), AUDIT)

    outlives = PROOF
    references = {"erasure_id": Reference("erasure")}

    class Meta:
        table = "erasure_receipt"


class ErasureCertificate(TenantModel):
    """A signed statement of what was erased; each holds the hash of the one before it."""

    erasure_id = labelled(fields.UUIDField(), NONE)
    number = labelled(fields.BigIntField(), NONE)
    hash = labelled(fields.CharField(max_length=64), NONE)
    file = labelled(fields.TextField(), NONE)
    """Canonical JSON, as it is downloaded."""
    issued_at = labelled(fields.DatetimeField(), AUDIT)

    outlives = PROOF
    references = {"erasure_id": Reference("erasure")}

    class Meta:
        table = "erasure_certificate"

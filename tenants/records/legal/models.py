"""Demands of authorities."""

from enum import StrEnum

from tortoise import fields

from domain.personal import DataClass, labelled
from domain.sealed import SealedField
from domain.tenancy import TenantModel

NONE, AUDIT = DataClass.NONE, DataClass.AUDIT


class LegalBasis(StrEnum):
    """By what right something is demanded. A request without any is none of these."""

    COURT_ORDER = "court_order"
    EMERGENCY = "emergency"
    """Somebody's life is in danger; the demand is checked afterwards."""
    PRESERVATION = "preservation"
    """Nothing is handed out: it only must not be deleted."""
    SUBPOENA = "subpoena"
    WARRANT = "warrant"


class LegalStage(StrEnum):
    """How far it is."""

    RECEIVED = "received"
    APPROVED = "approved"
    ANSWERED = "answered"
    REFUSED = "refused"


class LegalProcess(TenantModel):
    """One demand, bound to people, days and kinds of data; nothing outside them ever leaves."""

    basis = labelled(fields.CharEnumField(LegalBasis, max_length=16), NONE)
    stage = labelled(fields.CharEnumField(LegalStage, max_length=10), NONE)
    authority = labelled(SealedField(), AUDIT)
    reference = labelled(SealedField(), AUDIT)
    contact_ids: list[str] = labelled(fields.JSONField(), AUDIT)
    data_kinds: list[str] = labelled(fields.JSONField(), NONE)
    since = labelled(fields.DatetimeField(), AUDIT)
    until = labelled(fields.DatetimeField(), AUDIT)
    received_at = labelled(fields.DatetimeField(), AUDIT)
    received_by = labelled(fields.CharField(max_length=120), AUDIT)
    decided_at = labelled(fields.DatetimeField(null=True), AUDIT)
    decided_by = labelled(fields.CharField(max_length=120, null=True), AUDIT)
    decision = labelled(SealedField(null=True), AUDIT)
    """Why it was approved or refused."""
    secret_until = labelled(fields.DatetimeField(null=True), AUDIT)
    """The business must not be told before; null if it may be told at once."""
    told_at = labelled(fields.DatetimeField(null=True), AUDIT)
    answered_at = labelled(fields.DatetimeField(null=True), AUDIT)
    disclosed = labelled(fields.IntField(default=0), NONE)
    """How many rows left."""

    sealed_by = "tenant_id"

    outlives = "what was given to authorities must be shown"

    class Meta:
        table = "legal_process"

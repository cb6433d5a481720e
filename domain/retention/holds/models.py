"""What is held, why, and until somebody looks at it again."""

from enum import StrEnum

from tortoise import fields

from domain.personal import DataClass, labelled
from domain.sealed import SealedField
from domain.tenancy import TenantModel

AUDIT, NONE = DataClass.AUDIT, DataClass.NONE


class HoldReason(StrEnum):
    """What allows keeping data beyond its time: there is no other reason."""

    AUTHORITY_REQUEST = "authority_request"
    DISPUTE = "dispute"
    ENFORCEMENT = "enforcement"
    """Enforcing the business's own terms."""
    FRAUD_INVESTIGATION = "fraud_investigation"
    LEGAL_CLAIM = "legal_claim"


class HoldScope(StrEnum):
    """How much is held."""

    CONTACT = "contact"
    CONVERSATION = "conversation"
    EVERYTHING = "everything"


class LegalHold(TenantModel):
    """That nothing of a person, of a conversation, or at all is deleted while it lasts.

    It stays on record when it is released. No foreign keys: what it held may be gone by then.
    """

    scope = labelled(fields.CharEnumField(HoldScope, max_length=12), NONE)
    contact_id = labelled(fields.UUIDField(null=True), NONE)
    conversation_id = labelled(fields.UUIDField(null=True), NONE)
    reason = labelled(fields.CharEnumField(HoldReason, max_length=20), AUDIT)
    note = labelled(SealedField(null=True), AUDIT)
    review_at = labelled(fields.DatetimeField(), AUDIT)
    placed_by = labelled(fields.CharField(max_length=120), AUDIT)
    placed_at = labelled(fields.DatetimeField(), AUDIT)
    released_by = labelled(fields.CharField(max_length=120, default=""), AUDIT)
    released_at = labelled(fields.DatetimeField(null=True), AUDIT)

    sealed_by = "tenant_id"

    class Meta:
        table = "legal_hold"

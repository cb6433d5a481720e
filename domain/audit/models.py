"""How far the audit trail is sealed, and where it begins."""

from tortoise import fields

from domain.personal import DataClass, labelled
from domain.tenancy import TenantModel

NONE = DataClass.NONE


class AuditSeal(TenantModel):
    """The chain as it was after one batch of entries, signed."""

    position = labelled(fields.BigIntField(), NONE)
    hash = labelled(fields.BinaryField(), NONE)
    signature = labelled(fields.BinaryField(), NONE)
    sealed_at = labelled(fields.DatetimeField(), DataClass.AUDIT)
    anchored_at = labelled(fields.DatetimeField(null=True), DataClass.AUDIT)

    outlives = "the audit trail is proved by it"

    class Meta:
        table = "audit_seal"


class AuditCheckpoint(TenantModel):
    """That every entry up to a position was old and has been deleted, signed."""

    position = labelled(fields.BigIntField(), NONE)
    hash = labelled(fields.BinaryField(), NONE)
    signature = labelled(fields.BinaryField(), NONE)
    made_at = labelled(fields.DatetimeField(), DataClass.AUDIT)

    outlives = "the audit trail is proved by it"

    class Meta:
        table = "audit_checkpoint"

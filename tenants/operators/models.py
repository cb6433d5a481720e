"""What the operator's own house keeps of its people's ways into tenants."""

from tortoise import fields

from domain.personal import DataClass, labelled
from domain.tenancy import TenantModel

NONE = DataClass.NONE
AUDIT = DataClass.AUDIT


class BreakGlass(TenantModel):
    """That somebody of the operator wants, or has had, access to a tenant for some hours."""

    target_id = labelled(fields.UUIDField(), NONE)
    grant_id = labelled(fields.UUIDField(null=True), NONE)
    reason = labelled(fields.CharField(max_length=300), AUDIT)
    permissions: list[str] = labelled(fields.JSONField(default=list), NONE)
    hours = labelled(fields.IntField(), NONE)
    requested_by = labelled(fields.CharField(max_length=80), AUDIT)
    requested_at = labelled(fields.DatetimeField(), NONE)
    approved_by = labelled(fields.CharField(max_length=80, default=""), AUDIT)
    opened_at = labelled(fields.DatetimeField(null=True), NONE)

    class Meta:
        table = "break_glass"

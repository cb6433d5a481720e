"""Where API keys are kept: their hashes, what they may do, and from where."""

from tortoise import fields

from domain.personal import DataClass, labelled
from domain.tenancy import TenantModel


class ApiKey(TenantModel):
    """A key of a program. Only SHA-256 hashes of it are kept: it is shown once.

    After a rotation the earlier one is good until `previous_until`.
    """

    name = labelled(fields.CharField(max_length=100), DataClass.BUSINESS)
    key_hash = labelled(fields.CharField(max_length=64), DataClass.CREDENTIAL)
    previous_hash = labelled(fields.CharField(max_length=64, null=True), DataClass.CREDENTIAL)
    previous_until = labelled(fields.DatetimeField(null=True), DataClass.NONE)
    permissions: list[str] = labelled(fields.JSONField(default=list), DataClass.NONE)
    addresses: list[str] = labelled(fields.JSONField(default=list), DataClass.BUSINESS)
    rate_per_minute = labelled(fields.IntField(null=True), DataClass.NONE)
    created_by = labelled(fields.CharField(max_length=80), DataClass.AUDIT)
    created_at = labelled(fields.DatetimeField(), DataClass.NONE)
    expires_at = labelled(fields.DatetimeField(null=True), DataClass.NONE)
    last_used_at = labelled(fields.DatetimeField(null=True), DataClass.NONE)
    revoked_at = labelled(fields.DatetimeField(null=True), DataClass.NONE)
    frozen_at = labelled(fields.DatetimeField(null=True), DataClass.NONE)
    # Where it was used from, the newest last.
    networks: list[str] = labelled(fields.JSONField(default=list, db_default=[]), DataClass.AUDIT)

    class Meta:
        table = "api_key"

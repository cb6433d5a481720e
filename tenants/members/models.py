"""Invitations to work for a business."""

from tortoise import fields

from domain.personal import DataClass, Personal, labelled
from domain.tenancy import Reference, TenantModel
from tenants.models import Role


class Invitation(TenantModel):
    """That somebody is asked to join. Its token travels by e-mail; only the hash is kept.

    The token is made anew from the tenant's key and the number of the letter, so that a letter
    that is sent twice says the same.
    """

    email = labelled(fields.CharField(max_length=254), DataClass.ACCOUNT)
    role = labelled(fields.CharEnumField(Role, max_length=20), DataClass.ACCOUNT)
    custom_role_id = labelled(fields.UUIDField(null=True), DataClass.NONE)
    token_hash = labelled(fields.CharField(max_length=64), DataClass.CREDENTIAL)
    letter = labelled(fields.IntField(default=1), DataClass.NONE)
    invited_by = labelled(fields.CharField(max_length=80), DataClass.AUDIT)
    user_id = labelled(fields.UUIDField(null=True), DataClass.ACCOUNT)
    created_at = labelled(fields.DatetimeField(), DataClass.ACCOUNT)
    expires_at = labelled(fields.DatetimeField(), DataClass.NONE)
    accepted_at = labelled(fields.DatetimeField(null=True), DataClass.NONE)
    revoked_at = labelled(fields.DatetimeField(null=True), DataClass.NONE)

    personal = Personal(subject="user_id", clock="created_at")
    references = {"custom_role_id": Reference("custom_role", "SET NULL")}

    class Meta:
        table = "invitation"

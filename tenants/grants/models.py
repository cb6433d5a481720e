"""Who from another house may reach a tenant, and what they came in with."""

from tortoise import fields

from domain.personal import DataClass, labelled
from domain.scope import TenantKind
from domain.tenancy import Reference, TenantModel

NONE = DataClass.NONE
AUDIT = DataClass.AUDIT


class AccessGrant(TenantModel):
    """That people of another house may reach this tenant, and what for.

    The row belongs to the tenant that is reached; the house it was given to sees it too.
    """

    grantee_id = labelled(fields.UUIDField(), NONE)
    kind = labelled(fields.CharEnumField(TenantKind, max_length=12), NONE)
    permissions: list[str] = labelled(fields.JSONField(default=list), NONE)
    reason = labelled(fields.CharField(max_length=300, default=""), AUDIT)
    invitation_id = labelled(fields.UUIDField(null=True), NONE)
    created_by = labelled(fields.CharField(max_length=80), AUDIT)
    created_at = labelled(fields.DatetimeField(), NONE)
    expires_at = labelled(fields.DatetimeField(null=True), NONE)
    revoked_at = labelled(fields.DatetimeField(null=True), NONE)
    revoked_by = labelled(fields.CharField(max_length=80, default=""), AUDIT)

    class Meta:
        table = "access_grant"


class AccessInvitation(TenantModel):
    """That a house asks a business for a grant, by a letter. Its token is kept as a hash."""

    email = labelled(fields.CharField(max_length=254), DataClass.BUSINESS)
    permissions: list[str] = labelled(fields.JSONField(default=list), NONE)
    token_hash = labelled(fields.CharField(max_length=64, null=True), DataClass.CREDENTIAL)
    created_by = labelled(fields.CharField(max_length=80), AUDIT)
    created_at = labelled(fields.DatetimeField(), NONE)
    expires_at = labelled(fields.DatetimeField(), NONE)
    revoked_at = labelled(fields.DatetimeField(null=True), NONE)

    stays_here = True

    class Meta:
        table = "access_invitation"


class AccessToken(TenantModel):
    """A few minutes at this tenant for a program of another house; kept as a hash."""

    grant_id = labelled(fields.UUIDField(), NONE)
    key_id = labelled(fields.UUIDField(), NONE)
    """The key it was given for, at the house: it ends with that key."""
    token_hash = labelled(fields.CharField(max_length=64), DataClass.CREDENTIAL)
    created_at = labelled(fields.DatetimeField(), NONE)
    expires_at = labelled(fields.DatetimeField(), NONE)

    references = {"grant_id": Reference("access_grant")}

    class Meta:
        table = "access_token"

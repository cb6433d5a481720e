"""What a tenant's identity provider is, for which addresses it speaks, and whom it has named."""

from enum import StrEnum

from tortoise import fields

from domain.personal import DataClass, Personal, labelled
from domain.sealed import SealedField
from domain.tenancy import Reference, TenantModel
from tenants.models import Role


class SsoConnection(TenantModel):
    """A tenant's identity provider, and what becomes of those it names; one per tenant."""

    issuer = labelled(fields.CharField(max_length=500), DataClass.BUSINESS)
    client_id = labelled(fields.CharField(max_length=255), DataClass.BUSINESS)
    client_secret = labelled(SealedField(), DataClass.CREDENTIAL)
    # What a newcomer becomes; never an owner.
    role = labelled(fields.CharEnumField(Role, max_length=20), DataClass.NONE)
    custom_role_id = labelled(fields.UUIDField(null=True), DataClass.NONE)
    role_claim = labelled(fields.CharField(max_length=200, default=""), DataClass.BUSINESS)
    role_map: dict[str, str] = labelled(fields.JSONField(default=dict), DataClass.BUSINESS)
    required = labelled(fields.BooleanField(default=False), DataClass.NONE)
    enabled = labelled(fields.BooleanField(default=True), DataClass.NONE)
    trust_email = labelled(fields.BooleanField(default=False), DataClass.NONE)
    trust_mfa = labelled(fields.BooleanField(default=False), DataClass.NONE)
    created_at = labelled(fields.DatetimeField(), DataClass.NONE)
    updated_at = labelled(fields.DatetimeField(), DataClass.NONE)

    sealed_by = "tenant_id"
    references = {"custom_role_id": Reference("custom_role")}

    stays_here = True

    class Meta:
        table = "sso_connection"


class SsoDomain(TenantModel):
    """A domain whose addresses the provider may speak for, once DNS has shown whose it is."""

    domain = labelled(fields.CharField(max_length=253), DataClass.BUSINESS)
    # Published in DNS: no secret.
    challenge = labelled(fields.CharField(max_length=64), DataClass.BUSINESS)
    created_at = labelled(fields.DatetimeField(), DataClass.NONE)
    verified_at = labelled(fields.DatetimeField(null=True), DataClass.NONE)
    checked_at = labelled(fields.DatetimeField(null=True), DataClass.NONE)
    missing_since = labelled(fields.DatetimeField(null=True), DataClass.NONE)

    stays_here = True

    class Meta:
        table = "sso_domain"


class SsoIdentity(TenantModel):
    """Who a provider's subject is here. It outlives a membership: who was removed stays out."""

    issuer = labelled(fields.CharField(max_length=500), DataClass.BUSINESS)
    subject = labelled(fields.CharField(max_length=255), DataClass.ACCOUNT)
    user_id = labelled(fields.UUIDField(), DataClass.ACCOUNT)
    created_at = labelled(fields.DatetimeField(), DataClass.ACCOUNT)

    personal = Personal(subject="user_id", clock="created_at")

    class Meta:
        table = "sso_identity"


class SsoPurpose(StrEnum):
    """What somebody was sent to their provider for."""

    SIGN_IN = "sign_in"
    STEP_UP = "step_up"


class SsoAttempt(TenantModel):
    """Somebody who is at their provider at this moment; good once, in one browser."""

    purpose = labelled(fields.CharEnumField(SsoPurpose, max_length=8), DataClass.NONE)
    state_hash = labelled(fields.CharField(max_length=64), DataClass.CREDENTIAL)
    browser_hash = labelled(fields.CharField(max_length=64), DataClass.CREDENTIAL)
    # The nonce, and the verifier of the code challenge (RFC 7636).
    secrets = labelled(SealedField(), DataClass.CREDENTIAL)
    session_id = labelled(fields.UUIDField(null=True), DataClass.NONE)
    return_to = labelled(fields.CharField(max_length=300), DataClass.NONE)
    created_at = labelled(fields.DatetimeField(), DataClass.NONE)
    expires_at = labelled(fields.DatetimeField(), DataClass.NONE)
    used_at = labelled(fields.DatetimeField(null=True), DataClass.NONE)

    sealed_by = "tenant_id"

    class Meta:
        table = "sso_attempt"

"""Accounts that were connected, and people who are away to connect one."""

from enum import StrEnum

from tortoise import fields

from domain.personal import DataClass, labelled
from domain.sealed import SealedField
from domain.tenancy import TenantModel

NONE = DataClass.NONE


class ConnectionStatus(StrEnum):
    """Whether an account can be worked with."""

    ACTIVE = "active"
    NEEDS_CONSENT = "needs_consent"
    """The service ended what was allowed; somebody has to allow it again."""
    ENDING = "ending"
    """It was disconnected here; the service is being told."""


class OAuthConnection(TenantModel):
    """One account at one service, with the tokens that open it."""

    provider = labelled(fields.CharField(max_length=60), NONE)
    account = labelled(fields.CharField(max_length=320), DataClass.BUSINESS)
    # Where this account is asked and its tokens come from, if it has addresses of its own.
    api_url = labelled(fields.CharField(max_length=300, default=""), DataClass.BUSINESS)
    data_centre = labelled(fields.CharField(max_length=300, default=""), NONE)
    # A digest of the service's own name for the account, so that it is connected once.
    account_key = labelled(fields.CharField(max_length=64), NONE)
    scopes: list[str] = labelled(fields.JSONField(default=list), NONE)
    status = labelled(fields.CharEnumField(ConnectionStatus, max_length=13), NONE)
    tokens = labelled(SealedField(null=True), DataClass.CREDENTIAL)
    refreshed_at = labelled(fields.DatetimeField(), NONE)
    expires_at = labelled(fields.DatetimeField(null=True), NONE)
    # Until when one process alone may ask for new tokens.
    refreshing_until = labelled(fields.DatetimeField(null=True), NONE)
    connected_by = labelled(fields.CharField(max_length=120), DataClass.AUDIT)
    created_at = labelled(fields.DatetimeField(), NONE)
    updated_at = labelled(fields.DatetimeField(), NONE)

    sealed_by = "tenant_id"
    stays_here = True

    class Meta:
        table = "oauth_connection"


class OAuthVisit(TenantModel):
    """Somebody who is at a service to allow us something; good once, for the one who left."""

    provider = labelled(fields.CharField(max_length=60), NONE)
    state_hash = labelled(fields.CharField(max_length=64), DataClass.CREDENTIAL)
    # The verifier of the code challenge (RFC 7636).
    verifier = labelled(SealedField(), DataClass.CREDENTIAL)
    begun_by = labelled(fields.CharField(max_length=120), DataClass.AUDIT)
    return_to = labelled(fields.CharField(max_length=300), NONE)
    expires_at = labelled(fields.DatetimeField(), NONE)
    used_at = labelled(fields.DatetimeField(null=True), NONE)

    sealed_by = "tenant_id"
    stays_here = True

    class Meta:
        table = "oauth_visit"

"""Apps, the businesses they are connected to, and the tokens with which they ask."""

from enum import StrEnum

from tortoise import fields

from domain.personal import DataClass, labelled
from domain.tenancy import Reference, TenantModel

NONE = DataClass.NONE


class App(TenantModel):
    """A program of a partner. It belongs to the business that made it: its home.

    Only SHA-256 hashes of its secret are kept. After a rotation the earlier one is good until
    `previous_until`.
    """

    name = labelled(fields.CharField(max_length=100), DataClass.BUSINESS)
    description = labelled(fields.CharField(max_length=500, default=""), DataClass.BUSINESS)
    redirect_uris: list[str] = labelled(fields.JSONField(default=list), DataClass.BUSINESS)
    permissions: list[str] = labelled(fields.JSONField(default=list), NONE)
    """What it asks for at most."""
    confidential = labelled(fields.BooleanField(default=True), NONE)
    """Whether it can keep a secret: a server can, a page or a telephone cannot."""
    acts_at_home = labelled(fields.BooleanField(default=False), NONE)
    """Whether it gets tokens for its home by its secret alone (client credentials)."""
    self_registered = labelled(fields.BooleanField(default=False), NONE)
    secret_hash = labelled(fields.CharField(max_length=64, null=True), DataClass.CREDENTIAL)
    previous_hash = labelled(fields.CharField(max_length=64, null=True), DataClass.CREDENTIAL)
    previous_until = labelled(fields.DatetimeField(null=True), NONE)
    created_by = labelled(fields.CharField(max_length=80), DataClass.AUDIT)
    created_at = labelled(fields.DatetimeField(), NONE)
    updated_at = labelled(fields.DatetimeField(), NONE)
    deleted_at = labelled(fields.DatetimeField(null=True), NONE)

    stays_here = True

    class Meta:
        table = "app"


class ConnectedApp(TenantModel):
    """That a business has agreed to an app, and to what. The app itself is at `home_id`."""

    app_id = labelled(fields.UUIDField(), NONE)
    home_id = labelled(fields.UUIDField(), NONE)
    name = labelled(fields.CharField(max_length=100), DataClass.BUSINESS)
    publisher = labelled(fields.CharField(max_length=100), DataClass.BUSINESS)
    permissions: list[str] = labelled(fields.JSONField(default=list), NONE)
    granted_by = labelled(fields.CharField(max_length=80), DataClass.AUDIT)
    connected_at = labelled(fields.DatetimeField(), NONE)
    updated_at = labelled(fields.DatetimeField(), NONE)
    last_used_at = labelled(fields.DatetimeField(null=True), NONE)
    ended_at = labelled(fields.DatetimeField(null=True), NONE)

    stays_here = True

    class Meta:
        table = "connected_app"


class GrantEnd(StrEnum):
    """Why tokens of one grant are good no more."""

    APP_DELETED = "app_deleted"
    CODE_REPLAYED = "code_replayed"
    DISCONNECTED = "disconnected"
    REFRESH_REUSED = "refresh_reused"
    REVOKED = "revoked"
    """The app gave them back."""


class AppGrant(TenantModel):
    """One agreement, from its code to the last of its tokens: they end together.

    Without a connection it is an app at its own home.
    """

    connection_id = labelled(fields.UUIDField(null=True), NONE)
    app_id = labelled(fields.UUIDField(), NONE)
    home_id = labelled(fields.UUIDField(), NONE)
    permissions: list[str] = labelled(fields.JSONField(default=list), NONE)
    code_hash = labelled(fields.CharField(max_length=64, null=True), DataClass.CREDENTIAL)
    code_until = labelled(fields.DatetimeField(null=True), NONE)
    redirect_uri = labelled(fields.CharField(max_length=2000, default=""), DataClass.BUSINESS)
    challenge = labelled(fields.CharField(max_length=128, default=""), DataClass.CREDENTIAL)
    redeemed_at = labelled(fields.DatetimeField(null=True), NONE)
    created_at = labelled(fields.DatetimeField(), NONE)
    expires_at = labelled(fields.DatetimeField(), NONE)
    ended_at = labelled(fields.DatetimeField(null=True), NONE)
    ended_because = labelled(fields.CharEnumField(GrantEnd, max_length=16, null=True), NONE)

    references = {"connection_id": Reference("connected_app", "CASCADE")}

    class Meta:
        table = "app_grant"


class TokenKind(StrEnum):
    """What a token is for."""

    ACCESS = "access"
    REFRESH = "refresh"


class AppToken(TenantModel):
    """A token of an app; only its hash is kept. A refresh token is used once, at `used_at`."""

    grant_id = labelled(fields.UUIDField(), NONE)
    kind = labelled(fields.CharEnumField(TokenKind, max_length=8), NONE)
    token_hash = labelled(fields.CharField(max_length=64), DataClass.CREDENTIAL)
    permissions: list[str] = labelled(fields.JSONField(default=list), NONE)
    issued_at = labelled(fields.DatetimeField(), NONE)
    expires_at = labelled(fields.DatetimeField(), NONE)
    used_at = labelled(fields.DatetimeField(null=True), NONE)
    revoked_at = labelled(fields.DatetimeField(null=True), NONE)

    references = {"grant_id": Reference("app_grant", "CASCADE")}

    class Meta:
        table = "app_token"

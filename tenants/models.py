"""Businesses, the people who run them, and what they have switched on."""

from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.models import Model

from domain.personal import DataClass, Personal, labelled
from domain.scope import TenantKind, TenantStatus
from domain.sealed import SealedField
from domain.tenancy import Reference, TenantModel


class Tenant(Model):
    """One business."""

    # Or a house whose people look after businesses: `kind` says so.

    id = labelled(fields.UUIDField(primary_key=True, default=None), DataClass.NONE)
    name = labelled(fields.CharField(max_length=100), DataClass.BUSINESS)
    slug = labelled(fields.CharField(max_length=63), DataClass.BUSINESS)
    timezone = labelled(fields.CharField(max_length=64), DataClass.BUSINESS)
    locale = labelled(fields.CharField(max_length=12), DataClass.BUSINESS)
    region = labelled(fields.CharField(max_length=2), DataClass.BUSINESS)
    currency = labelled(fields.CharField(max_length=3), DataClass.BUSINESS)
    kind = labelled(
        fields.CharEnumField(
            TenantKind,
            max_length=12,
            default=TenantKind.BUSINESS,
            db_default=TenantKind.BUSINESS.value,
        ),
        DataClass.NONE,
    )
    status = labelled(fields.CharEnumField(TenantStatus, max_length=12), DataClass.NONE)
    # Which kind of house changed the status last, and why.
    status_by = labelled(fields.CharEnumField(TenantKind, max_length=12, null=True), DataClass.NONE)
    status_reason = labelled(
        fields.CharField(max_length=300, default="", db_default=""), DataClass.BUSINESS
    )
    mfa_required = labelled(fields.BooleanField(default=False, db_default=False), DataClass.NONE)
    origins: list[str] = labelled(fields.JSONField(default=list, db_default=[]), DataClass.BUSINESS)
    # What it promises of personal data now; null as long as it has not said.
    policy: dict[str, Any] | None = labelled(fields.JSONField(null=True), DataClass.BUSINESS)
    sandbox_of = labelled(fields.UUIDField(null=True), DataClass.NONE)
    clock_ahead_s = labelled(fields.BigIntField(default=0, db_default=0), DataClass.NONE)
    created_at = labelled(fields.DatetimeField(), DataClass.NONE)

    class Meta:
        table = "tenant"


class User(Model):
    """A person who signs in; may be a member of several tenants."""

    id = labelled(fields.UUIDField(primary_key=True, default=None), DataClass.NONE)
    email = labelled(fields.CharField(max_length=254), DataClass.ACCOUNT)
    name = labelled(fields.CharField(max_length=100), DataClass.ACCOUNT)
    password_hash = labelled(fields.CharField(max_length=200), DataClass.CREDENTIAL)
    created_at = labelled(fields.DatetimeField(), DataClass.ACCOUNT)
    verified_at = labelled(fields.DatetimeField(null=True), DataClass.NONE)
    # A session counts only while it carries this number: raising it ends them all at once.
    generation = labelled(fields.IntField(default=0, db_default=0), DataClass.NONE)
    disabled_at = labelled(fields.DatetimeField(null=True), DataClass.NONE)

    personal = Personal(subject="id", clock="created_at")

    class Meta:
        table = "user"


class Role(StrEnum):
    """What a member is there for; `tenants/roles.py` says what each may do."""

    ADMIN = "admin"
    BILLING = "billing"
    COMPLIANCE = "compliance"
    CUSTOM = "custom"
    """One that the tenant made itself."""
    OWNER = "owner"
    STAFF = "staff"
    VIEWER = "viewer"


class CustomRole(TenantModel):
    """A role that a tenant made itself: a name, and what it allows."""

    name = labelled(fields.CharField(max_length=60), DataClass.BUSINESS)
    permissions: list[str] = labelled(fields.JSONField(default=list), DataClass.NONE)
    created_at = labelled(fields.DatetimeField(), DataClass.NONE)

    class Meta:
        table = "custom_role"


class Membership(TenantModel):
    """That a user works for a tenant."""

    user_id = labelled(fields.UUIDField(), DataClass.ACCOUNT)
    role = labelled(fields.CharEnumField(Role, max_length=20), DataClass.ACCOUNT)
    custom_role_id = labelled(fields.UUIDField(null=True), DataClass.NONE)
    created_at = labelled(fields.DatetimeField(), DataClass.NONE)
    # Shut out until somebody thaws them.
    frozen_at = labelled(fields.DatetimeField(null=True), DataClass.NONE)

    personal = Personal(subject="user_id", clock="created_at")
    references = {"custom_role_id": Reference("custom_role")}

    class Meta:
        table = "membership"


class Stage(StrEnum):
    """How far a sign-in has come."""

    OPEN = "open"
    PENDING = "pending"
    """The password was right; the second factor is still to come."""
    VISITING = "visiting"
    """Somebody of another house is here, by a grant."""


class SignInMethod(StrEnum):
    """How somebody signed in."""

    PASSWORD = "password"  # noqa: S105  # a way
    SSO = "sso"
    """Their business's own identity provider said who they are."""


class Session(TenantModel):
    """A signed-in browser: one user at one tenant. Only the hash of its token is kept."""

    user_id = labelled(fields.UUIDField(), DataClass.ACCOUNT)
    grant_id = labelled(fields.UUIDField(null=True), DataClass.NONE)
    token_hash = labelled(fields.CharField(max_length=64), DataClass.CREDENTIAL)
    stage = labelled(
        fields.CharEnumField(Stage, max_length=8, default=Stage.OPEN, db_default=Stage.OPEN.value),
        DataClass.NONE,
    )
    method = labelled(
        fields.CharEnumField(
            SignInMethod,
            max_length=8,
            default=SignInMethod.PASSWORD,
            db_default=SignInMethod.PASSWORD.value,
        ),
        DataClass.NONE,
    )
    # The provider asked for a second factor itself, and the tenant takes its word for it.
    vouched = labelled(fields.BooleanField(default=False, db_default=False), DataClass.NONE)
    # SHA-256 of what the provider calls this session, so that it can end it.
    provider_session = labelled(fields.CharField(max_length=64, null=True), DataClass.CREDENTIAL)
    generation = labelled(fields.IntField(default=0, db_default=0), DataClass.NONE)
    device = labelled(fields.CharField(max_length=60, default="", db_default=""), DataClass.DEVICE)
    network = labelled(
        fields.CharField(max_length=60, default="", db_default=""), DataClass.LOCATION
    )
    # The network before this one, and when it was last used from there.
    came_from = labelled(
        fields.CharField(max_length=60, default="", db_default=""), DataClass.LOCATION
    )
    came_from_at = labelled(fields.DatetimeField(null=True), DataClass.LOG)
    created_at = labelled(fields.DatetimeField(), DataClass.ACCOUNT)
    seen_at = labelled(fields.DatetimeField(null=True), DataClass.LOG)
    proved_at = labelled(fields.DatetimeField(null=True), DataClass.NONE)
    challenge = labelled(fields.BinaryField(null=True), DataClass.CREDENTIAL)
    challenge_until = labelled(fields.DatetimeField(null=True), DataClass.NONE)
    idle_until = labelled(fields.DatetimeField(null=True), DataClass.NONE)
    expires_at = labelled(fields.DatetimeField(), DataClass.NONE)
    revoked_at = labelled(fields.DatetimeField(null=True), DataClass.NONE)

    personal = Personal(subject="user_id", clock="created_at")
    references = {"grant_id": Reference("access_grant")}

    class Meta:
        table = "session"


class LetterPurpose(StrEnum):
    """What a letter about an account is for."""

    ALREADY_KNOWN = "already_known"
    """Somebody signed up with an address that has an account."""
    RESET_PASSWORD = "reset_password"  # noqa: S105  # a purpose
    VERIFY_EMAIL = "verify_email"


class AccountLetter(TenantModel):
    """A letter to a user; the token in it works once. Its hash is known when it is sent."""

    user_id = labelled(fields.UUIDField(), DataClass.ACCOUNT)
    purpose = labelled(fields.CharEnumField(LetterPurpose, max_length=16), DataClass.NONE)
    token_hash = labelled(fields.CharField(max_length=64, null=True), DataClass.CREDENTIAL)
    created_at = labelled(fields.DatetimeField(), DataClass.ACCOUNT)
    expires_at = labelled(fields.DatetimeField(), DataClass.NONE)
    used_at = labelled(fields.DatetimeField(null=True), DataClass.NONE)

    personal = Personal(subject="user_id", clock="created_at")

    class Meta:
        table = "account_letter"


class Authenticator(Model):
    """A user's authenticator app: time-based one-time passwords (RFC 6238)."""

    id = labelled(fields.UUIDField(primary_key=True, default=None), DataClass.NONE)
    user_id = labelled(fields.UUIDField(), DataClass.ACCOUNT)
    # Sealed under a key of its own, for it belongs to no tenant (`TenantKeys.seal_apart`).
    secret = labelled(fields.BinaryField(), DataClass.CREDENTIAL)
    last_step = labelled(fields.BigIntField(default=0), DataClass.NONE)
    created_at = labelled(fields.DatetimeField(), DataClass.ACCOUNT)
    confirmed_at = labelled(fields.DatetimeField(null=True), DataClass.NONE)

    personal = Personal(subject="user_id", clock="created_at")

    class Meta:
        table = "authenticator"


class Passkey(Model):
    """A key pair of a user (WebAuthn): we hold the public half."""

    id = labelled(fields.UUIDField(primary_key=True, default=None), DataClass.NONE)
    user_id = labelled(fields.UUIDField(), DataClass.ACCOUNT)
    name = labelled(fields.CharField(max_length=60), DataClass.ACCOUNT)
    credential_id = labelled(fields.BinaryField(), DataClass.CREDENTIAL)
    public_key = labelled(fields.BinaryField(), DataClass.CREDENTIAL)
    sign_count = labelled(fields.BigIntField(default=0), DataClass.NONE)
    created_at = labelled(fields.DatetimeField(), DataClass.ACCOUNT)
    used_at = labelled(fields.DatetimeField(null=True), DataClass.LOG)

    personal = Personal(subject="user_id", clock="created_at")

    class Meta:
        table = "passkey"


class RecoveryCode(Model):
    """One of the codes that stand in for a lost second factor; each works once."""

    id = labelled(fields.UUIDField(primary_key=True, default=None), DataClass.NONE)
    user_id = labelled(fields.UUIDField(), DataClass.ACCOUNT)
    code_hash = labelled(fields.CharField(max_length=64), DataClass.CREDENTIAL)
    created_at = labelled(fields.DatetimeField(), DataClass.ACCOUNT)
    used_at = labelled(fields.DatetimeField(null=True), DataClass.NONE)

    personal = Personal(subject="user_id", clock="created_at")

    class Meta:
        table = "recovery_code"


class PluginInstallation(TenantModel):
    """A plugin as one tenant has set it up."""

    plugin = labelled(fields.CharField(max_length=60), DataClass.NONE)
    enabled = labelled(fields.BooleanField(default=False), DataClass.NONE)
    settings: dict[str, Any] = labelled(fields.JSONField(default=dict), DataClass.BUSINESS)
    secrets = labelled(SealedField(null=True), DataClass.CREDENTIAL)
    settings_version = labelled(fields.IntField(default=1), DataClass.NONE)
    updated_at = labelled(fields.DatetimeField(), DataClass.NONE)

    sealed_by = "tenant_id"

    stays_here = True

    class Meta:
        table = "plugin_installation"

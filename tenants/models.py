"""Businesses, the people who run them, and what they have switched on."""

from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.models import Model

from domain.personal import DataClass, Personal, labelled
from domain.scope import TenantStatus
from domain.sealed import SealedField
from domain.tenancy import TenantModel


class Tenant(Model):
    """One business."""

    id = labelled(fields.UUIDField(primary_key=True, default=None), DataClass.NONE)
    name = labelled(fields.CharField(max_length=100), DataClass.BUSINESS)
    slug = labelled(fields.CharField(max_length=63), DataClass.BUSINESS)
    timezone = labelled(fields.CharField(max_length=64), DataClass.BUSINESS)
    locale = labelled(fields.CharField(max_length=12), DataClass.BUSINESS)
    region = labelled(fields.CharField(max_length=2), DataClass.BUSINESS)
    currency = labelled(fields.CharField(max_length=3), DataClass.BUSINESS)
    status = labelled(fields.CharEnumField(TenantStatus, max_length=12), DataClass.NONE)
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
    disabled_at = labelled(fields.DatetimeField(null=True), DataClass.NONE)

    personal = Personal(subject="id", clock="created_at")

    class Meta:
        table = "user"


class Role(StrEnum):
    """What a member may do."""

    OWNER = "owner"


class Membership(TenantModel):
    """That a user works for a tenant."""

    user_id = labelled(fields.UUIDField(), DataClass.ACCOUNT)
    role = labelled(fields.CharEnumField(Role, max_length=20), DataClass.ACCOUNT)
    created_at = labelled(fields.DatetimeField(), DataClass.NONE)

    personal = Personal(subject="user_id", clock="created_at")

    class Meta:
        table = "membership"


class Session(TenantModel):
    """A signed-in browser: one user at one tenant. Only the hash of its token is kept."""

    user_id = labelled(fields.UUIDField(), DataClass.ACCOUNT)
    token_hash = labelled(fields.CharField(max_length=64), DataClass.CREDENTIAL)
    created_at = labelled(fields.DatetimeField(), DataClass.ACCOUNT)
    expires_at = labelled(fields.DatetimeField(), DataClass.NONE)
    revoked_at = labelled(fields.DatetimeField(null=True), DataClass.NONE)

    personal = Personal(subject="user_id", clock="created_at")

    class Meta:
        table = "session"


class PluginInstallation(TenantModel):
    """A plugin as one tenant has set it up."""

    plugin = labelled(fields.CharField(max_length=60), DataClass.NONE)
    enabled = labelled(fields.BooleanField(default=False), DataClass.NONE)
    settings: dict[str, Any] = labelled(fields.JSONField(default=dict), DataClass.BUSINESS)
    secrets = labelled(SealedField(null=True), DataClass.CREDENTIAL)
    settings_version = labelled(fields.IntField(default=1), DataClass.NONE)
    updated_at = labelled(fields.DatetimeField(), DataClass.NONE)

    sealed_by = "tenant_id"

    class Meta:
        table = "plugin_installation"

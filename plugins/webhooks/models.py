"""Addresses that want to know, the keys that sign for them, and what was said to them."""

from enum import StrEnum

from tortoise import fields

from domain.personal import DataClass, Personal, labelled
from domain.sealed import SealedField
from domain.tenancy import Reference, TenantModel

NONE = DataClass.NONE


class WebhookOwner(StrEnum):
    """Who keeps an endpoint."""

    TENANT = "tenant"
    """The tenant whose events it gets."""
    APP = "app"
    """An app that the tenant is connected to; the tenant sees it and changes nothing."""
    DECLARED = "declared"
    """What an app of the tenant's own wants at every business. Nothing is sent to it itself."""


class WebhookAlgorithm(StrEnum):
    """How a request is signed (Standard Webhooks `v1` and `v1a`)."""

    HMAC_SHA256 = "hmac_sha256"
    ED25519 = "ed25519"


class WebhookStopped(StrEnum):
    """Why an endpoint is off."""

    BY_HAND = "by_hand"
    FAILING = "failing"
    GONE = "gone"
    CLOSED = "closed"
    """The business closed its account."""


class WebhookEndpoint(TenantModel):
    """One address, what it wants to be told, and how it is doing."""

    owner_kind = labelled(fields.CharEnumField(WebhookOwner, max_length=10), NONE)
    app_id = labelled(fields.UUIDField(null=True), NONE)
    url = labelled(fields.CharField(max_length=2000), DataClass.BUSINESS)
    description = labelled(fields.CharField(max_length=200, default=""), DataClass.BUSINESS)
    enabled = labelled(fields.BooleanField(default=True), NONE)
    stopped = labelled(fields.CharEnumField(WebhookStopped, max_length=10, null=True), NONE)
    events: list[str] = labelled(fields.JSONField(default=list), NONE)
    payload = labelled(fields.TextField(null=True), DataClass.BUSINESS)
    permissions: list[str] = labelled(fields.JSONField(default=list), NONE)
    created_by = labelled(fields.CharField(max_length=120), DataClass.AUDIT)
    created_at = labelled(fields.DatetimeField(), NONE)
    updated_at = labelled(fields.DatetimeField(), NONE)
    failures = labelled(fields.IntField(default=0), NONE)
    failing_since = labelled(fields.DatetimeField(null=True), NONE)
    paused_until = labelled(fields.DatetimeField(null=True), NONE)

    stays_here = True

    class Meta:
        table = "webhook_endpoint"


class WebhookKey(TenantModel):
    """A key that signs; during a rotation the one before it signs too, until it expires."""

    endpoint_id = labelled(fields.UUIDField(), NONE)
    algorithm = labelled(fields.CharEnumField(WebhookAlgorithm, max_length=12), NONE)
    secret = labelled(SealedField(), DataClass.CREDENTIAL)
    public_key = labelled(fields.CharField(max_length=64, default=""), NONE)
    created_at = labelled(fields.DatetimeField(), NONE)
    expires_at = labelled(fields.DatetimeField(null=True), NONE)

    sealed_by = "tenant_id"
    references = {"endpoint_id": Reference("webhook_endpoint", "CASCADE")}

    class Meta:
        table = "webhook_key"


class WebhookExchange(TenantModel):
    """What was sent at one attempt, and what came back; it goes when its delivery goes.

    Sealed by the key of the person it is about, else of the conversation, else of the tenant.
    Whoever wants to read it holds the permissions with which it was put together.
    """

    endpoint_id = labelled(fields.UUIDField(), NONE)
    delivery_id = labelled(fields.UUIDField(), NONE)
    contact_id = labelled(fields.UUIDField(null=True), DataClass.CALLER_IDENTITY)
    conversation_id = labelled(fields.UUIDField(null=True), NONE)
    sealed_under = labelled(fields.UUIDField(), NONE)
    permissions: list[str] = labelled(fields.JSONField(default=list), NONE)
    attempt = labelled(fields.IntField(), NONE)
    status = labelled(fields.IntField(null=True), NONE)
    error = labelled(fields.CharField(max_length=60, default=""), NONE)
    milliseconds = labelled(fields.IntField(), NONE)
    request = labelled(SealedField(), DataClass.LOG)
    response = labelled(SealedField(null=True), DataClass.LOG)
    at = labelled(fields.DatetimeField(), DataClass.LOG)

    sealed_by = "sealed_under"
    personal = Personal(subject="contact_id", clock="at", derived_from="conversation_id")
    references = {
        "endpoint_id": Reference("webhook_endpoint", "CASCADE"),
        "delivery_id": Reference("delivery", "CASCADE"),
    }

    class Meta:
        table = "webhook_exchange"

from tortoise import migrations
from tortoise.migrations import operations as ops
from domain.sealed import SealedField
from orjson import loads
from plugins.webhooks.models import WebhookOwner, WebhookAlgorithm, WebhookStopped
from tortoise.fields.data import JSON_DUMPS
from tortoise import fields


class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name="WebhookEndpoint",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                (
                    "owner_kind",
                    fields.CharEnumField(
                        description="TENANT: tenant", enum_type=WebhookOwner, max_length=10
                    ),
                ),
                ("url", fields.CharField(max_length=2000)),
                ("description", fields.CharField(default="", max_length=200)),
                ("enabled", fields.BooleanField(default=True)),
                (
                    "stopped",
                    fields.CharEnumField(
                        null=True,
                        description="BY_HAND: by_hand\nFAILING: failing\nGONE: gone",
                        enum_type=WebhookStopped,
                        max_length=10,
                    ),
                ),
                ("events", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
                ("payload", fields.TextField(null=True, unique=False)),
                ("permissions", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
                ("created_by", fields.CharField(max_length=120)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("updated_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("failures", fields.IntField(default=0)),
                (
                    "failing_since",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                (
                    "paused_until",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
            ],
            options={
                "table": "webhook_endpoint",
                "app": "webhooks",
                "pk_attr": "id",
                "table_description": "One address, what it wants to be told, and how it is doing.",
            },
            bases=["TenantModel"],
        ),
        ops.CreateModel(
            name="WebhookExchange",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                ("endpoint_id", fields.UUIDField()),
                ("delivery_id", fields.UUIDField()),
                ("contact_id", fields.UUIDField(null=True)),
                ("conversation_id", fields.UUIDField(null=True)),
                ("sealed_under", fields.UUIDField()),
                ("permissions", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
                ("attempt", fields.IntField()),
                ("status", fields.IntField(null=True)),
                ("error", fields.CharField(default="", max_length=60)),
                ("milliseconds", fields.IntField()),
                ("request", SealedField()),
                ("response", SealedField(null=True)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "webhook_exchange",
                "app": "webhooks",
                "pk_attr": "id",
                "table_description": "What was sent at one attempt, and what came back; it goes when its delivery goes.",
            },
            bases=["TenantModel"],
        ),
        ops.CreateModel(
            name="WebhookKey",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                ("endpoint_id", fields.UUIDField()),
                (
                    "algorithm",
                    fields.CharEnumField(
                        description="HMAC_SHA256: hmac_sha256\nED25519: ed25519",
                        enum_type=WebhookAlgorithm,
                        max_length=12,
                    ),
                ),
                ("secret", SealedField()),
                ("public_key", fields.CharField(default="", max_length=64)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "webhook_key",
                "app": "webhooks",
                "pk_attr": "id",
                "table_description": "A key that signs; during a rotation the one before it signs too, until it expires.",
            },
            bases=["TenantModel"],
        ),
    ]

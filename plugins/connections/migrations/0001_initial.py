"""Accounts at other services, and people who are away to connect one; both belong to tenants."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops

from domain.sealed import SealedField
from domain.tenant_tables import TenantTable
from plugins.connections.models import ConnectionStatus


class Migration(migrations.Migration):
    initial = True
    dependencies = [("plugins", "0003_by_handler")]

    operations = [
        ops.CreateModel(
            name="OAuthConnection",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                ("provider", fields.CharField(max_length=60)),
                ("account", fields.CharField(max_length=320)),
                ("account_key", fields.CharField(max_length=64)),
                ("scopes", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
                (
                    "status",
                    fields.CharEnumField(
                        description="ACTIVE: active\nNEEDS_CONSENT: needs_consent\nENDING: ending",
                        enum_type=ConnectionStatus,
                        max_length=13,
                    ),
                ),
                ("tokens", SealedField(null=True)),
                ("refreshed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "expires_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                (
                    "refreshing_until",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("connected_by", fields.CharField(max_length=120)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("updated_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "oauth_connection",
                "app": "connections",
                "pk_attr": "id",
                "table_description": "One account at one service, with the tokens that open it.",
            },
            bases=["TenantModel"],
        ),
        ops.CreateModel(
            name="OAuthVisit",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                ("provider", fields.CharField(max_length=60)),
                ("state_hash", fields.CharField(max_length=64)),
                ("verifier", SealedField()),
                ("begun_by", fields.CharField(max_length=120)),
                ("return_to", fields.CharField(max_length=300)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("used_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "oauth_visit",
                "app": "connections",
                "pk_attr": "id",
                "table_description": "Somebody who is at a service to allow us something;"
                " good once, for the one who left.",
            },
            bases=["TenantModel"],
        ),
        TenantTable(
            "oauth_connection",
            unique={"oauth_connection_key": "provider, account_key"},
            indexes=("created_at, id",),
        ),
        TenantTable(
            "oauth_visit",
            unique={"oauth_visit_key": "state_hash"},
            indexes=("expires_at",),
        ),
    ]

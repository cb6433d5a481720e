from tortoise import migrations
from tortoise.migrations import operations as ops
from domain.scope import TenantStatus
from domain.sealed import SealedField
from orjson import loads
from tenants.models import Role
from tortoise.fields.data import JSON_DUMPS
from tortoise import fields


class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name="Membership",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                ("user_id", fields.UUIDField()),
                (
                    "role",
                    fields.CharEnumField(description="OWNER: owner", enum_type=Role, max_length=20),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "membership",
                "app": "tenants",
                "pk_attr": "id",
                "table_description": "That a user works for a tenant.",
            },
            bases=["TenantModel"],
        ),
        ops.CreateModel(
            name="PluginInstallation",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                ("plugin", fields.CharField(max_length=60)),
                ("enabled", fields.BooleanField(default=False)),
                ("settings", fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads)),
                ("secrets", SealedField(null=True)),
                ("settings_version", fields.IntField(default=1)),
                ("updated_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "plugin_installation",
                "app": "tenants",
                "pk_attr": "id",
                "table_description": "A plugin as one tenant has set it up.",
            },
            bases=["TenantModel"],
        ),
        ops.CreateModel(
            name="Session",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                ("user_id", fields.UUIDField()),
                ("token_hash", fields.CharField(max_length=64)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("revoked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "session",
                "app": "tenants",
                "pk_attr": "id",
                "table_description": "A signed-in browser: one user at one tenant. Only the hash of its token is kept.",
            },
            bases=["TenantModel"],
        ),
        ops.CreateModel(
            name="Tenant",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("name", fields.CharField(max_length=100)),
                ("slug", fields.CharField(max_length=63)),
                ("timezone", fields.CharField(max_length=64)),
                ("locale", fields.CharField(max_length=12)),
                ("region", fields.CharField(max_length=2)),
                ("currency", fields.CharField(max_length=3)),
                (
                    "status",
                    fields.CharEnumField(
                        description="ACTIVE: active\nSUSPENDED: suspended\nCLOSING: closing",
                        enum_type=TenantStatus,
                        max_length=12,
                    ),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "tenant",
                "app": "tenants",
                "pk_attr": "id",
                "table_description": "One business.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="User",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("email", fields.CharField(max_length=254)),
                ("name", fields.CharField(max_length=100)),
                ("password_hash", fields.CharField(max_length=200)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "disabled_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
            ],
            options={
                "table": "user",
                "app": "tenants",
                "pk_attr": "id",
                "table_description": "A person who signs in; may be a member of several tenants.",
            },
            bases=["Model"],
        ),
    ]

"""Versions of what a tenant promises of personal data."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops

from domain.privacy.policy import Preset
from domain.tenant_tables import TenantTable, look_up

# What an operator promises is no secret: its customers may read it anywhere.
OF_HOUSE = (
    "policy_of_house(house text)",
    "TABLE (profile jsonb)",
    "SELECT policy FROM tenant WHERE kind = house AND house = 'operator'",
)


class Migration(migrations.Migration):
    dependencies = [("tenants", "0009_public_api")]
    operations = [
        ops.AddField(
            model_name="Tenant",
            name="policy",
            field=fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=loads),
        ),
        ops.CreateModel(
            name="PolicyVersion",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                ("number", fields.IntField()),
                ("preset", fields.CharEnumField(enum_type=Preset, max_length=16)),
                ("profile", fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ("applies_from", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("to_existing", fields.BooleanField()),
                ("note", fields.CharField(max_length=300)),
                ("adopted_by", fields.CharField(max_length=120)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "withdrawn_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
            ],
            options={
                "table": "policy_version",
                "app": "tenants",
                "pk_attr": "id",
                "table_description": "What a tenant promises from some day on: a business of its"
                " callers, an operator of users.",
            },
            bases=["TenantModel"],
        ),
        TenantTable(
            "policy_version",
            unique={"policy_version_number_key": "number"},
            rights="SELECT, INSERT, UPDATE (withdrawn_at)",
        ),
        ops.RunSQL(look_up(*OF_HOUSE), []),
    ]

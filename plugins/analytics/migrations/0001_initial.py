"""Figures of days; they belong to tenants."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops

from domain.tenant_tables import TenantTable


class Migration(migrations.Migration):
    initial = True
    dependencies = [("tenants", "0001_initial")]

    operations = [
        ops.CreateModel(
            name="AnalyticsDay",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                ("day", fields.DateField()),
                ("revision", fields.IntField(default=1)),
                ("smallest", fields.IntField()),
                ("facts", fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ("made_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "delivered_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("failure", fields.CharField(default="", max_length=60)),
            ],
            options={
                "table": "analytics_day",
                "app": "analytics",
                "pk_attr": "id",
                "table_description": "One day of the business, in figures in which nobody can be"
                " told apart.",
            },
            bases=["TenantModel"],
        ),
        TenantTable("analytics_day", unique={"analytics_day_key": "day"}),
    ]

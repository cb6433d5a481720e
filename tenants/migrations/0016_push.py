"""Browsers of members in which pushes arrive, and what they are pushed."""

from json import loads

from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops

from domain.sealed import SealedField
from domain.tenant_tables import TenantTable


def moment(null=False):
    return fields.DatetimeField(null=null, auto_now=False, auto_now_add=False)


class Migration(migrations.Migration):
    dependencies = [("tenants", "0015_notifications")]
    operations = [
        ops.AddField(
            model_name="NotificationChoice",
            name="push",
            field=fields.JSONField(default=dict, db_default={}, encoder=JSON_DUMPS, decoder=loads),
        ),
        ops.AddField(
            model_name="NotificationChoice",
            name="push_details",
            field=fields.BooleanField(default=False, db_default=False),
        ),
        ops.CreateModel(
            name="PushDevice",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                ("user_id", fields.UUIDField()),
                ("label", fields.CharField(max_length=60)),
                ("subscription", SealedField()),
                ("endpoint_index", fields.CharField(max_length=64)),
                ("opens", fields.CharField(default="", max_length=500)),
                ("problem", fields.CharField(default="", max_length=20)),
                ("subscribed_at", moment()),
                ("told_at", moment(null=True)),
            ],
            options={
                "table": "push_device",
                "app": "tenants",
                "pk_attr": "id",
                "table_description": "A browser of a member in which pushes arrive.",
            },
            bases=["TenantModel"],
        ),
        TenantTable(
            "push_device",
            unique={"push_device_key": "endpoint_index"},
            indexes=("user_id",),
        ),
    ]

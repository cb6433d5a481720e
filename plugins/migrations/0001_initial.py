from tortoise import migrations
from tortoise.migrations import operations as ops
from plugins.models import DeliveryStatus
from tortoise import fields


class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name="Delivery",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                ("event_id", fields.UUIDField()),
                ("handler", fields.CharField(max_length=120)),
                ("key", fields.CharField(max_length=120)),
                ("sequence", fields.BigIntField(default=0)),
                (
                    "status",
                    fields.CharEnumField(
                        description="WAITING: waiting\nDONE: done\nDEAD: dead",
                        enum_type=DeliveryStatus,
                        max_length=10,
                    ),
                ),
                ("attempts", fields.IntField(default=0)),
                ("due_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("settled_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "delivery",
                "app": "plugins",
                "pk_attr": "id",
                "table_description": "One event (or timer) for one handler; due until it is done or dead.",
            },
            bases=["TenantModel"],
        ),
        ops.CreateModel(
            name="DeliveryAttempt",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                ("delivery_id", fields.UUIDField()),
                ("number", fields.IntField()),
                ("succeeded", fields.BooleanField()),
                ("error", fields.CharField(default="", max_length=120)),
                ("milliseconds", fields.IntField()),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "delivery_attempt",
                "app": "plugins",
                "pk_attr": "id",
                "table_description": "One try at a delivery.",
            },
            bases=["TenantModel"],
        ),
    ]

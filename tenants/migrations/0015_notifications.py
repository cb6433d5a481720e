"""What members want to hear, and their daily letters."""

from json import loads

from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops

from domain.tenant_tables import TenantTable
from tenants.notifications.models import DigestState


def moment(null=False):
    return fields.DatetimeField(null=null, auto_now=False, auto_now_add=False)


def choice(kinds, width):
    described = "\n".join(f"{kind.name}: {kind.value}" for kind in kinds)
    return fields.CharEnumField(description=described, enum_type=kinds, max_length=width)


def keys():
    return [
        ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
        ("tenant_id", fields.UUIDField()),
    ]


class Migration(migrations.Migration):
    dependencies = [("tenants", "0014_insights")]
    operations = [
        ops.CreateModel(
            name="NotificationChoice",
            fields=[
                *keys(),
                ("user_id", fields.UUIDField()),
                ("email", fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads)),
                ("team_chat", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
                ("quiet_from", fields.IntField(default=0)),
                ("quiet_until", fields.IntField(default=0)),
                ("updated_at", moment()),
            ],
            options={
                "table": "notification_choice",
                "app": "tenants",
                "pk_attr": "id",
                "table_description": "What one member wants to hear, and how; who has said nothing"
                " has no row.",
            },
            bases=["TenantModel"],
        ),
        TenantTable("notification_choice", unique={"notification_choice_key": "user_id"}),
        ops.CreateModel(
            name="DigestTime",
            fields=[*keys(), ("minute", fields.IntField()), ("updated_at", moment())],
            options={
                "table": "digest_time",
                "app": "tenants",
                "pk_attr": "id",
                "table_description": "At which minute of the day a business has its daily letters;"
                " its id is the tenant's.",
            },
            bases=["TenantModel"],
        ),
        TenantTable("digest_time"),
        ops.CreateModel(
            name="Digest",
            fields=[
                *keys(),
                ("user_id", fields.UUIDField()),
                ("day", fields.DateField()),
                ("since", moment()),
                ("until", moment()),
                ("state", choice(DigestState, 8)),
            ],
            options={
                "table": "digest",
                "app": "tenants",
                "pk_attr": "id",
                "table_description": "One daily letter to one member, and what it covers.",
            },
            bases=["TenantModel"],
        ),
        TenantTable("digest", unique={"digest_key": "user_id, day"}),
    ]

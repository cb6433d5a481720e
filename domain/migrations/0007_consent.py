"""The proof of consent: written once, read, and deleted when its time is over; never changed."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops

from domain.consent.models import Party
from domain.consent.terms import Manner, Method, Outcome
from domain.tenant_tables import APP_SYSTEM, TenantTable


def choice(kind, length):
    described = "\n".join(f"{one.name}: {one.value}" for one in kind)
    return fields.CharEnumField(description=described, enum_type=kind, max_length=length)


def listed():
    return fields.JSONField(encoder=JSON_DUMPS, decoder=loads)


class Migration(migrations.Migration):
    dependencies = [("domain", "0006_outreach")]
    operations = [
        ops.CreateModel(
            name="ConsentRecord",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                ("conversation_id", fields.UUIDField()),
                ("party", choice(Party, 8)),
                ("outcome", choice(Outcome, 12)),
                ("manner", choice(Manner, 24)),
                ("method", choice(Method, 16)),
                ("texts", listed()),
                ("texts_version", fields.CharField(max_length=20)),
                ("language", fields.CharField(max_length=12)),
                ("rules", listed()),
                ("needs_counsel", fields.BooleanField()),
                ("may_record", fields.BooleanField()),
                ("may_transcribe", fields.BooleanField()),
                ("may_train", fields.BooleanField()),
                ("offset_ms", fields.IntField()),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "consent_record",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "One answer to one announcement. Never changed: a change of"
                " mind is another record.",
            },
            bases=["TenantModel"],
        ),
        TenantTable(
            "consent_record", indexes=("conversation_id, at, id",), rights="SELECT, INSERT, DELETE"
        ),
        ops.RunSQL([f"REVOKE UPDATE ON consent_record FROM {APP_SYSTEM}"], []),
    ]

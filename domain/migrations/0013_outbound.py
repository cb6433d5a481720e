"""Calls and texts that are to go out, and what became of them."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.outreach.agreements.models import Route
from domain.outreach.outbound.models import OutboundState
from domain.outreach.refusals import Refusal
from domain.privacy.purposes import Purpose
from domain.sealed import SealedField
from domain.tenant_tables import TenantTable


def moment(null=False):
    return fields.DatetimeField(null=null, auto_now=False, auto_now_add=False)


def choice(kinds, width, null=False):
    described = "\n".join(f"{kind.name}: {kind.value}" for kind in kinds)
    return fields.CharEnumField(null=null, description=described, enum_type=kinds, max_length=width)


class Migration(migrations.Migration):
    dependencies = [("domain", "0012_records")]
    operations = [
        ops.CreateModel(
            name="Outbound",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                ("contact_id", fields.UUIDField()),
                ("route", choice(Route, 8)),
                ("purpose", choice(Purpose, 24)),
                ("line", fields.CharField(null=True, max_length=20)),
                ("words", SealedField()),
                ("answers_id", fields.UUIDField(null=True)),
                ("asked_by", fields.CharField(max_length=120)),
                ("asked_at", moment()),
                ("until", moment()),
                ("state", choice(OutboundState, 10)),
                ("refusal", choice(Refusal, 24, null=True)),
                ("rule", fields.CharField(default="", max_length=120)),
                ("permit_id", fields.UUIDField(null=True)),
                ("settled_at", moment(null=True)),
            ],
            options={
                "table": "outbound",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "One call or text to somebody: what for, when it was asked"
                " for, and what became of it.",
            },
            bases=["TenantModel"],
        ),
        TenantTable("outbound", indexes=("asked_at DESC, id DESC", "contact_id, asked_at DESC")),
    ]

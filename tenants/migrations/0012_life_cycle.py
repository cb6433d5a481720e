"""Agreements about health data, and the life of an account."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops

from domain.privacy.purposes import Purpose
from domain.scope import TenantStatus
from domain.tenant_tables import TenantTable
from tenants.agreements.models import Disposal
from tenants.life_cycle.models import Stage


def _moment(**options: object) -> fields.DatetimeField:
    return fields.DatetimeField(auto_now=False, auto_now_add=False, **options)  # type: ignore[arg-type]


def _keys() -> list[tuple[str, object]]:
    return [
        ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
        ("tenant_id", fields.UUIDField()),
    ]


def _options(table: str, description: str) -> dict[str, object]:
    return {
        "table": table,
        "app": "tenants",
        "pk_attr": "id",
        "table_description": description,
    }


class Migration(migrations.Migration):
    dependencies = [("tenants", "0011_records")]
    operations = [
        ops.AlterField(
            model_name="Tenant",
            name="status",
            field=fields.CharEnumField(
                description="ACTIVE: active\nSUSPENDED: suspended\nCLOSING: closing\n"
                "ARCHIVED: archived",
                enum_type=TenantStatus,
                max_length=12,
            ),
        ),
        ops.CreateModel(
            name="Agreement",
            fields=[
                *_keys(),
                ("party", fields.CharField(max_length=120)),
                ("destination", fields.CharField(max_length=80)),
                ("purpose", fields.CharEnumField(enum_type=Purpose, max_length=20, null=True)),
                ("scope", fields.CharField(max_length=500)),
                ("version", fields.CharField(max_length=40)),
                ("signed_on", fields.DateField()),
                ("recorded_by", fields.CharField(max_length=120)),
                ("recorded_at", _moment()),
                ("ended_at", _moment(null=True)),
                ("ended_because", fields.CharField(default="", max_length=300)),
            ],
            options=_options(
                "business_associate_agreement",
                "A business associate agreement: with whom, since when, for what, and where that"
                " may go.",
            ),
            bases=["TenantModel"],
        ),
        ops.CreateModel(
            name="Disposition",
            fields=[
                *_keys(),
                ("how", fields.CharEnumField(enum_type=Disposal, max_length=10)),
                ("reason", fields.CharField(max_length=500)),
                ("rows", fields.IntField()),
                ("decided_by", fields.CharField(max_length=120)),
                ("decided_at", _moment()),
            ],
            options=_options(
                "phi_disposition",
                "What was decided about health data when its protection, or the account, was to"
                " end.",
            ),
            bases=["TenantModel"],
        ),
        ops.CreateModel(
            name="LifeCycle",
            fields=[
                *_keys(),
                ("stage", fields.CharEnumField(enum_type=Stage, max_length=8)),
                ("since", _moment()),
                ("alive_at", _moment()),
                ("warned", fields.IntField(null=True)),
                ("erase_at", _moment(null=True)),
                ("closed_by", fields.CharField(default="", max_length=120)),
                ("closed_because", fields.CharField(default="", max_length=300)),
                (
                    "health_data",
                    fields.CharEnumField(enum_type=Disposal, max_length=10, null=True),
                ),
                ("kept", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
                ("erasure_id", fields.UUIDField(null=True)),
            ],
            options=_options("life_cycle", "The life of one account."),
            bases=["TenantModel"],
        ),
        TenantTable(
            "business_associate_agreement",
            indexes=("destination",),
            rights="SELECT, INSERT, UPDATE (ended_at, ended_because)",
        ),
        TenantTable("phi_disposition", rights="SELECT, INSERT"),
        TenantTable("life_cycle", rights="SELECT, INSERT, UPDATE"),
        ops.RunSQL("CREATE UNIQUE INDEX life_cycle_tenant_key ON life_cycle (tenant_id)", []),
    ]

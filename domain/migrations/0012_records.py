"""Consents to be reached and what was let out; what may make the receptionist better."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops

from domain.contacts.models import NumberList
from domain.outreach.agreements.models import Form, Route
from domain.privacy.purposes import Purpose
from domain.tenant_tables import TenantTable
from domain.training.models import TrainingState


def key():
    return ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True))


def moment(null=False):
    return fields.DatetimeField(null=null, auto_now=False, auto_now_add=False)


def choice(kinds, width):
    described = "\n".join(f"{kind.name}: {kind.value}" for kind in kinds)
    return fields.CharEnumField(description=described, enum_type=kinds, max_length=width)


def json(default):
    return fields.JSONField(default=default, encoder=JSON_DUMPS, decoder=loads)


def table(name, model, description, *columns):
    return ops.CreateModel(
        name=model,
        fields=[key(), ("tenant_id", fields.UUIDField()), *columns],
        options={
            "table": name,
            "app": "domain",
            "pk_attr": "id",
            "table_description": description,
        },
        bases=["TenantModel"],
    )


class Migration(migrations.Migration):
    dependencies = [("domain", "0011_rights")]
    operations = [
        ops.AlterField(model_name="ListedNumber", name="kind", field=choice(NumberList, 8)),
        table(
            "outreach_consent",
            "OutreachConsent",
            "That somebody may be reached on one route for one purpose, after being told these"
            " words.",
            ("contact_id", fields.UUIDField()),
            ("route", choice(Route, 8)),
            ("purpose", choice(Purpose, 24)),
            ("form", choice(Form, 8)),
            ("disclosure", fields.TextField()),
            ("disclosure_version", fields.CharField(max_length=40)),
            ("language", fields.CharField(max_length=12)),
            ("conversation_id", fields.UUIDField(null=True)),
            ("given_at", moment()),
            ("recorded_by", fields.CharField(max_length=120)),
            ("withdrawn_at", moment(null=True)),
        ),
        TenantTable("outreach_consent", indexes=("contact_id, given_at DESC",)),
        table(
            "outreach_permit",
            "OutreachPermit",
            "That somebody was reached, and what allowed it.",
            ("contact_id", fields.UUIDField()),
            ("route", choice(Route, 8)),
            ("purpose", choice(Purpose, 24)),
            ("consent_id", fields.UUIDField(null=True)),
            ("answers_id", fields.UUIDField(null=True)),
            ("rules", json(list)),
            ("at", moment()),
        ),
        TenantTable(
            "outreach_permit",
            unique={"outreach_permit_answers_key": "answers_id WHERE answers_id IS NOT NULL"},
            indexes=("contact_id, at DESC",),
        ),
        table(
            "training_key",
            "TrainingKey",
            "The public half of a key whose secret half is the tenant's alone; one counts at a"
            " time.",
            ("recipient", fields.CharField(max_length=80)),
            ("fingerprint", fields.CharField(max_length=16)),
            ("added_by", fields.CharField(max_length=120)),
            ("added_at", moment()),
            ("retired_at", moment(null=True)),
        ),
        TenantTable("training_key"),
        ops.RunSQL(
            [
                "CREATE UNIQUE INDEX training_key_key ON training_key (tenant_id)"
                " WHERE retired_at IS NULL"
            ],
            [],
        ),
        table(
            "training_candidate",
            "TrainingCandidate",
            "A conversation that may be exported, if nothing stands in the way when that is done.",
            ("conversation_id", fields.UUIDField()),
            ("queued_at", moment()),
        ),
        TenantTable(
            "training_candidate",
            references={"conversation_id": "conversation:CASCADE"},
            unique={"training_candidate_key": "conversation_id"},
        ),
        table(
            "training_export",
            "TrainingExport",
            "A file of anonymised conversations, sealed to the tenant's key.",
            ("state", choice(TrainingState, 10)),
            ("key_fingerprint", fields.CharField(max_length=16)),
            ("requested_by", fields.CharField(max_length=120)),
            ("requested_at", moment()),
            ("finished_at", moment(null=True)),
            ("conversations", fields.IntField(default=0)),
            ("left_out", json(dict)),
            ("sha256", fields.CharField(default="", max_length=64)),
            ("bytes", fields.BigIntField(default=0)),
        ),
        TenantTable("training_export", indexes=("requested_at DESC, id DESC",)),
    ]

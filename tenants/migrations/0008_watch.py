"""What is seen, alerts, incidents, and who is frozen."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops

from domain.sealed import SealedField
from domain.tenant_tables import TenantTable, look_up
from tenants.watch.models import IncidentStatus, SightingKind, StepKind
from tenants.watch.rules import Rule, Severity

LOOK_UPS = {
    # Whatever became of the key: a refused one is told of at home.
    "api_key_home(wanted uuid)": (
        "TABLE (tenant_id uuid)",
        "SELECT tenant_id FROM api_key WHERE id = wanted",
    ),
}


def key():
    return ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True))


def moment(null=False):
    return fields.DatetimeField(null=null, auto_now=False, auto_now_add=False)


def words():
    return fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)


def choice(kinds, width):
    described = "\n".join(f"{kind.name}: {kind.value}" for kind in kinds)
    return fields.CharEnumField(description=described, enum_type=kinds, max_length=width)


def table(name, model, description, *columns):
    return ops.CreateModel(
        name=model,
        fields=[key(), ("tenant_id", fields.UUIDField()), *columns],
        options={
            "table": name,
            "app": "tenants",
            "pk_attr": "id",
            "table_description": description,
        },
        bases=["TenantModel"],
    )


class Migration(migrations.Migration):
    dependencies = [("tenants", "0007_houses")]
    operations = [
        ops.AddField(model_name="Membership", name="frozen_at", field=moment(null=True)),
        ops.AddField(model_name="ApiKey", name="frozen_at", field=moment(null=True)),
        ops.AddField(
            model_name="ApiKey",
            name="networks",
            field=fields.JSONField(default=list, db_default=[], encoder=JSON_DUMPS, decoder=loads),
        ),
        ops.AddField(
            model_name="Session",
            name="came_from",
            field=fields.CharField(default="", db_default="", max_length=60),
        ),
        ops.AddField(model_name="Session", name="came_from_at", field=moment(null=True)),
        table(
            "security_sighting",
            "SecuritySighting",
            "One thing that means nothing by itself; kept for some days.",
            ("kind", choice(SightingKind, 16)),
            ("subject", fields.CharField(max_length=120)),
            ("network", fields.CharField(max_length=60)),
            ("weight", fields.IntField(default=1)),
            ("at", moment()),
        ),
        table(
            "security_incident",
            "SecurityIncident",
            "Something that went wrong, from the moment it was noticed until it is over.",
            ("title", SealedField()),
            ("severity", choice(Severity, 8)),
            ("status", choice(IncidentStatus, 8)),
            ("affected", SealedField(null=True)),
            ("people_affected", fields.IntField(null=True)),
            ("data_kinds", words()),
            ("opened_by", fields.CharField(max_length=120)),
            ("opened_at", moment()),
            ("noticed_at", moment()),
            ("contained_at", moment(null=True)),
            ("authority_due_at", moment(null=True)),
            ("authority_told_at", moment(null=True)),
            ("people_due_at", moment(null=True)),
            ("people_told_at", moment(null=True)),
            ("closed_at", moment(null=True)),
        ),
        table(
            "security_alert",
            "SecurityAlert",
            "That a rule was broken by somebody; one for a rule and a subject in its quiet time.",
            ("rule", choice(Rule, 24)),
            ("severity", choice(Severity, 8)),
            ("subject", fields.CharField(max_length=120)),
            ("at", moment()),
            ("raised_at", moment()),
            ("last_at", moment()),
            ("count", fields.IntField()),
            ("evidence", fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
            ("froze", fields.BooleanField(default=False)),
            ("acknowledged_at", moment(null=True)),
            ("acknowledged_by", fields.CharField(null=True, max_length=120)),
            ("incident_id", fields.UUIDField(null=True)),
        ),
        table(
            "incident_step",
            "IncidentStep",
            "One line of an incident's timeline; added, and never changed.",
            ("incident_id", fields.UUIDField()),
            ("kind", choice(StepKind, 16)),
            ("at", moment()),
            ("actor", fields.CharField(max_length=120)),
            ("alert_id", fields.UUIDField(null=True)),
            ("changed", words()),
            ("words", SealedField(null=True)),
        ),
        table(
            "watch_setting",
            "WatchSetting",
            "What a business has set for one rule; what is null is as we think best.",
            ("rule", choice(Rule, 24)),
            ("threshold", fields.IntField(null=True)),
            ("letters", fields.BooleanField(default=True)),
            ("freeze", fields.BooleanField(null=True)),
        ),
        table(
            "watch_mark",
            "WatchMark",
            "Up to when the trail of a business has been looked at.",
            ("seen_until", moment()),
        ),
        TenantTable("security_sighting", indexes=("at, id",)),
        TenantTable("security_incident", indexes=("opened_at DESC, id DESC",)),
        TenantTable(
            "security_alert",
            references={"incident_id": "security_incident:SET NULL"},
            indexes=(
                "raised_at DESC, id DESC",
                "rule, subject, at DESC",
                "incident_id WHERE incident_id IS NOT NULL",
            ),
            # What was told stays told; `deskbell` takes nothing of it away.
            rights="SELECT, INSERT, UPDATE",
        ),
        TenantTable(
            "incident_step",
            references={"incident_id": "security_incident"},
            indexes=("incident_id, at, id",),
            rights="SELECT, INSERT",
        ),
        TenantTable("watch_setting", unique={"watch_setting_key": "rule"}),
        TenantTable("watch_mark"),
        ops.RunSQL(["CREATE UNIQUE INDEX watch_mark_key ON watch_mark (tenant_id)"], []),
        *(ops.RunSQL(look_up(name, *answer), []) for name, answer in LOOK_UPS.items()),
    ]

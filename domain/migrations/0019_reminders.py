"""What people are told of their visits: rules of businesses, and what was planned and sent."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.outreach.agreements.models import Route
from domain.outreach.refusals import Refusal
from domain.reminders.models import Occasion, ReminderState, Reply, RuleKind
from domain.tenant_tables import TenantTable


def moment(null=False):
    return fields.DatetimeField(null=null, auto_now=False, auto_now_add=False)


def choice(kinds, width, null=False):
    described = "\n".join(f"{kind.name}: {kind.value}" for kind in kinds)
    return fields.CharEnumField(null=null, description=described, enum_type=kinds, max_length=width)


class Migration(migrations.Migration):
    dependencies = [("domain", "0018_crm_files")]
    operations = [
        ops.AddField(
            model_name="Outbound", name="appointment_id", field=fields.UUIDField(null=True)
        ),
        ops.AddField(
            model_name="OutreachPermit", name="visit_id", field=fields.UUIDField(null=True)
        ),
        ops.CreateModel(
            name="ReminderRule",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                ("service_id", fields.UUIDField(null=True)),
                ("kind", choice(RuleKind, 12)),
                ("route", choice(Route, 8)),
                ("minutes_before", fields.IntField(null=True)),
                ("words", fields.TextField(default="", unique=False)),
                ("quiet_from", fields.IntField()),
                ("quiet_until", fields.IntField()),
                ("active", fields.BooleanField(default=True)),
                ("created_at", moment()),
            ],
            options={
                "table": "reminder_rule",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "That people are told of visits in one way: of one service, or"
                " of all without rules.",
            },
            bases=["TenantModel"],
        ),
        TenantTable(
            "reminder_rule",
            references={"service_id": "service:CASCADE"},
            checks={"reminder_rule_timing": "(kind = 'reminder') = (minutes_before IS NOT NULL)"},
        ),
        ops.CreateModel(
            name="Reminder",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                ("appointment_id", fields.UUIDField()),
                ("contact_id", fields.UUIDField()),
                ("rule_id", fields.UUIDField(null=True)),
                ("occasion", choice(Occasion, 12)),
                ("route", choice(Route, 8)),
                ("state", choice(ReminderState, 10)),
                ("starts_at", moment()),
                ("due_at", moment()),
                ("edition", fields.IntField(default=0)),
                ("refusal", choice(Refusal, 24, null=True)),
                ("law", fields.CharField(default="", max_length=120)),
                ("permit_id", fields.UUIDField(null=True)),
                ("outbound_id", fields.UUIDField(null=True)),
                ("reply", choice(Reply, 12, null=True)),
                ("replied_at", moment(null=True)),
                ("wrong_proofs", fields.IntField(default=0)),
                ("spent_at", moment(null=True)),
                ("created_at", moment()),
                ("settled_at", moment(null=True)),
            ],
            options={
                "table": "reminder",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "One letter or text about one visit: when it is due, what"
                " became of it, what was answered.",
            },
            bases=["TenantModel"],
        ),
        TenantTable(
            "reminder",
            references={
                "appointment_id": "appointment:CASCADE",
                "contact_id": "contact:CASCADE",
                "rule_id": "reminder_rule:SET NULL",
            },
            # Nobody is reminded twice of the same visit at the same time by the same rule.
            unique={
                "reminder_once_key": "rule_id, appointment_id, starts_at"
                " WHERE occasion = 'coming' AND state <> 'dropped'"
            },
            indexes=(
                "appointment_id",
                "contact_id, settled_at DESC",
                "outbound_id WHERE outbound_id IS NOT NULL",
                "due_at DESC, id DESC",
            ),
        ),
    ]

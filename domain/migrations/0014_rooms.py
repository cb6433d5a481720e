"""Days with other hours may come again; whoever waits is told of what comes free."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops

from domain.business.profile import Repeat
from domain.tenant_tables import TenantTable
from domain.waitlist.models import WaitState
from domain.waitlist.rules import DayPart


def moment(null=False):
    return fields.DatetimeField(null=null, auto_now=False, auto_now_add=False)


def choice(kinds, width, null=False):
    described = "\n".join(f"{kind.name}: {kind.value}" for kind in kinds)
    return fields.CharEnumField(null=null, description=described, enum_type=kinds, max_length=width)


class Migration(migrations.Migration):
    dependencies = [("domain", "0013_outbound")]
    operations = [
        ops.AddField(model_name="Closure", name="repeat", field=choice(Repeat, 12, null=True)),
        ops.AddField(model_name="Closure", name="repeats_until", field=fields.DateField(null=True)),
        ops.CreateModel(
            name="Wait",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                ("contact_id", fields.UUIDField()),
                ("conversation_id", fields.UUIDField(null=True)),
                ("service_id", fields.UUIDField()),
                ("location_id", fields.UUIDField()),
                ("resource_id", fields.UUIDField(null=True)),
                ("first_day", fields.DateField()),
                ("last_day", fields.DateField()),
                ("part", choice(DayPart, 12)),
                ("state", choice(WaitState, 10)),
                ("told", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
                ("offered_until", moment(null=True)),
                ("joined_at", moment()),
                ("settled_at", moment(null=True)),
            ],
            options={
                "table": "wait",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "That somebody would come for a service between two days,"
                " if something came free.",
            },
            bases=["TenantModel"],
        ),
        TenantTable(
            "wait",
            references={
                "contact_id": "contact:CASCADE",
                "conversation_id": "conversation:SET NULL",
                "service_id": "service:CASCADE",
                "location_id": "location:CASCADE",
                "resource_id": "resource:CASCADE",
            },
            unique={
                "wait_standing_key": "contact_id, service_id WHERE state IN ('waiting', 'offered')"
            },
            checks={"wait_days": "first_day <= last_day"},
            indexes=("location_id, last_day WHERE state = 'waiting'", "joined_at DESC, id DESC"),
        ),
    ]

"""Calendars elsewhere: whose they are, when those are busy, and what of ours stands in them."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.tenant_tables import TenantTable


def _moment(*, null: bool = False) -> fields.DatetimeField:
    return fields.DatetimeField(null=null, auto_now=False, auto_now_add=False)


def _table(name: str, description: str) -> dict[str, str]:
    return {
        "table": name,
        "app": "domain",
        "pk_attr": "id",
        "table_description": description,
    }


class Migration(migrations.Migration):
    dependencies = [("domain", "0014_rooms")]
    operations = [
        ops.CreateModel(
            name="CalendarLink",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                ("resource_id", fields.UUIDField()),
                ("plugin", fields.CharField(max_length=60)),
                ("connection_id", fields.UUIDField(null=True)),
                ("calendar", fields.CharField(max_length=500)),
                ("title", fields.CharField(max_length=200)),
                ("reads", fields.BooleanField(default=True)),
                ("writes", fields.BooleanField(default=True)),
                ("sync_token", fields.TextField(default="", unique=False)),
                ("known_until", _moment(null=True)),
                ("checked_at", _moment(null=True)),
                ("failing_since", _moment(null=True)),
                ("failure", fields.CharField(default="", max_length=60)),
                ("created_at", _moment()),
                ("updated_at", _moment()),
            ],
            options=_table(
                "calendar_link",
                "That a calendar elsewhere is that of a member of staff, a room or a thing.",
            ),
            bases=["TenantModel"],
        ),
        ops.CreateModel(
            name="BusyTime",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                ("link_id", fields.UUIDField()),
                ("resource_id", fields.UUIDField()),
                ("starts_at", _moment()),
                ("ends_at", _moment()),
            ],
            options=_table(
                "busy_time", "A stretch of time that is taken elsewhere: not by what or by whom."
            ),
            bases=["TenantModel"],
        ),
        ops.CreateModel(
            name="CalendarEntry",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                ("appointment_id", fields.UUIDField()),
                ("link_id", fields.UUIDField()),
                ("address", fields.CharField(max_length=1000)),
                ("tag", fields.CharField(default="", max_length=300)),
                ("starts_at", _moment()),
                ("ends_at", _moment()),
                ("written_at", _moment()),
            ],
            options=_table(
                "calendar_entry", "A visit of ours that stands in a calendar elsewhere."
            ),
            bases=["TenantModel"],
        ),
        TenantTable(
            "calendar_link",
            references={"resource_id": "resource:CASCADE"},
            unique={"calendar_link_key": "resource_id, plugin, calendar"},
            indexes=("plugin",),
        ),
        TenantTable(
            "busy_time",
            references={"link_id": "calendar_link:CASCADE", "resource_id": "resource:CASCADE"},
            indexes=("resource_id, starts_at", "link_id"),
        ),
        TenantTable(
            "calendar_entry",
            references={
                "appointment_id": "appointment:CASCADE",
                "link_id": "calendar_link:CASCADE",
            },
            unique={"calendar_entry_key": "appointment_id, link_id"},
            indexes=("link_id, ends_at",),
        ),
    ]

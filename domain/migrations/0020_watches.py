"""Services that tell us of changes of calendars, and those that want to be left alone for a while."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.tenant_tables import TenantTable


def _moment(*, null: bool = False) -> fields.DatetimeField:
    return fields.DatetimeField(null=null, auto_now=False, auto_now_add=False)


class Migration(migrations.Migration):
    dependencies = [("domain", "0019_reminders")]
    operations = [
        ops.AddField(model_name="CalendarLink", name="rests_until", field=_moment(null=True)),
        ops.CreateModel(
            name="CalendarWatch",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                ("plugin", fields.CharField(max_length=60)),
                ("link_id", fields.UUIDField()),
                ("connection_id", fields.UUIDField(null=True)),
                ("channel", fields.CharField(max_length=200)),
                ("thing", fields.CharField(default="", max_length=500)),
                ("secret_hash", fields.CharField(max_length=64)),
                ("ends_at", _moment()),
                ("created_at", _moment()),
            ],
            options={
                "table": "calendar_watch",
                "app": "domain",
                "pk_attr": "id",
                "table_description": (
                    "That a service tells us of changes of a calendar, and how we know that it is "
                    "the service."
                ),
            },
            bases=["TenantModel"],
        ),
        TenantTable("calendar_watch", unique={"calendar_watch_key": "plugin, channel"}),
    ]

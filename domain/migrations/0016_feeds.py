"""Links under which somebody's visits are read as a calendar."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.tenant_tables import TenantTable


class Migration(migrations.Migration):
    dependencies = [("domain", "0015_calendars")]
    operations = [
        ops.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                ("resource_id", fields.UUIDField()),
                ("opened_by", fields.CharField(max_length=120)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "calendar_feed",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "That the visits of a resource can be read under a link.",
            },
            bases=["TenantModel"],
        ),
        TenantTable(
            "calendar_feed",
            references={"resource_id": "resource:CASCADE"},
            unique={"calendar_feed_key": "resource_id"},
        ),
    ]

"""Customer files: what they told of changes, and how far calls of the past are noted there."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops

FILE = "CrmFile"


class Migration(migrations.Migration):
    dependencies = [("domain", "0022_sites")]
    operations = [
        ops.AddField(
            model_name=FILE,
            name="heard",
            field=fields.JSONField(default=list, db_default=[], encoder=JSON_DUMPS, decoder=loads),
        ),
        ops.AddField(
            model_name=FILE,
            name="fill_calls",
            field=fields.BooleanField(default=False, db_default=False),
        ),
        ops.AddField(model_name=FILE, name="calls_to", field=fields.UUIDField(null=True)),
        ops.AddField(
            model_name=FILE, name="calls_total", field=fields.IntField(default=0, db_default=0)
        ),
        ops.AddField(
            model_name=FILE, name="calls_done", field=fields.IntField(default=0, db_default=0)
        ),
        ops.AddField(
            model_name=FILE, name="calls_refused", field=fields.IntField(default=0, db_default=0)
        ),
    ]

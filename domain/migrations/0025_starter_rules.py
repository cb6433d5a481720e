"""Which rules of reminders came with a starter, so that they go when it is taken back."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("domain", "0024_wait_texts")]
    operations = [
        ops.AddField(
            model_name="ReminderRule", name="starter_version", field=fields.IntField(null=True)
        ),
    ]

"""Which text tells somebody who waits of what is on offer to them."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("domain", "0023_crm_calls")]
    operations = [
        ops.AddField(model_name="Wait", name="text_id", field=fields.UUIDField(null=True)),
    ]

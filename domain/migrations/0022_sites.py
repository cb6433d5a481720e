"""Where a visit takes place, for those who come to their customers: the postcode, sealed."""

from tortoise import migrations
from tortoise.migrations import operations as ops

from domain.sealed import SealedField


class Migration(migrations.Migration):
    dependencies = [("domain", "0021_visitors")]
    operations = [
        ops.AddField(model_name="Appointment", name="postcode", field=SealedField(null=True)),
        ops.AddField(model_name="Appointment", name="spot", field=SealedField(null=True)),
    ]

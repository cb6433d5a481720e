"""Who comes to a visit, where a trade asks for it: by name and date of birth, sealed."""

from tortoise import migrations
from tortoise.migrations import operations as ops

from domain.sealed import SealedField


class Migration(migrations.Migration):
    dependencies = [("domain", "0020_watches")]
    operations = [
        ops.AddField(model_name="Appointment", name="visitor", field=SealedField(null=True)),
        ops.AddField(model_name="Appointment", name="visitor_born", field=SealedField(null=True)),
    ]

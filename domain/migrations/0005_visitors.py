"""Somebody of an organisation may be who did or saw something."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.scope import ActorKind


class Migration(migrations.Migration):
    dependencies = [("domain", "0004_sync")]
    operations = [
        ops.AlterField(
            model_name="AuditEntry",
            name="actor_kind",
            field=fields.CharEnumField(
                description="\n".join(f"{kind.name}: {kind.value}" for kind in ActorKind),
                enum_type=ActorKind,
                max_length=12,
            ),
        ),
    ]

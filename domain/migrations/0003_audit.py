"""The audit trail: append-only, chained once by the system, deleted behind a checkpoint only."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from domain.scope import ActorKind
from domain.sealed import SealedField
from domain.tenant_tables import APP_RT, APP_SYSTEM, PartitionedTenantTable, TenantTable
from domain.trail import TraceOutcome
from orjson import loads
from tortoise.fields.data import JSON_DUMPS
from tortoise import fields

WRITTEN = (
    "tenant_id, id, at, actor_kind, actor_id, via, address, action, object_type, object_id, others,"
    " purpose, outcome, discloses, key_id, details, commitment"
)
# Held in the database itself, so that no code of ours can do otherwise.
APPEND_ONLY = """
CREATE FUNCTION audit_entry_is_append_only() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.position IS NULL THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' AND EXISTS (
        SELECT FROM audit_checkpoint
        WHERE tenant_id = OLD.tenant_id AND position >= OLD.position) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'An audit entry is chained once, and deleted behind a checkpoint only'
        USING ERRCODE = 'restrict_violation';
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("domain", "0002_isolation")]
    operations = [
        # Who listened to a recording is in the trail now, as everything else that was seen.
        ops.DeleteModel(name="RecordingListen"),
        ops.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "actor_kind",
                    fields.CharEnumField(
                        description="APP: app\nCALLER: caller\nJOB: job\nKEY: key\nMEMBER: member\nOPERATOR: operator\nPLUGIN: plugin",
                        enum_type=ActorKind,
                        max_length=12,
                    ),
                ),
                ("actor_id", fields.CharField(max_length=120)),
                ("via", fields.CharField(max_length=120)),
                ("address", fields.CharField(max_length=64)),
                ("action", fields.CharField(max_length=80)),
                ("object_type", fields.CharField(max_length=60)),
                ("object_id", fields.UUIDField(null=True)),
                ("others", fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ("purpose", fields.CharField(max_length=120)),
                (
                    "outcome",
                    fields.CharEnumField(
                        description="DONE: done\nREFUSED: refused",
                        enum_type=TraceOutcome,
                        max_length=8,
                    ),
                ),
                ("discloses", fields.BooleanField()),
                ("key_id", fields.UUIDField()),
                ("details", SealedField(null=True)),
                ("commitment", fields.BinaryField(null=True)),
                ("position", fields.BigIntField(null=True)),
                ("hash", fields.BinaryField(null=True)),
            ],
            options={
                "table": "audit_entry",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "One thing that was done or seen. Never changed; deleted behind a checkpoint only.",
            },
            bases=["TenantModel"],
        ),
        ops.CreateModel(
            name="AuditSeal",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                ("position", fields.BigIntField()),
                ("hash", fields.BinaryField()),
                ("signature", fields.BinaryField()),
                ("sealed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "anchored_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
            ],
            options={
                "table": "audit_seal",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "The chain as it was after one batch of entries, signed.",
            },
            bases=["TenantModel"],
        ),
        ops.CreateModel(
            name="AuditCheckpoint",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                ("position", fields.BigIntField()),
                ("hash", fields.BinaryField()),
                ("signature", fields.BinaryField()),
                ("made_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "audit_checkpoint",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "That every entry up to a position was old and has been deleted, signed.",
            },
            bases=["TenantModel"],
        ),
        PartitionedTenantTable(
            "audit_entry",
            indexes=(
                "at DESC, id DESC",
                "object_id WHERE object_id IS NOT NULL",
                "position, id WHERE position IS NOT NULL",
                "id WHERE position IS NULL",
            ),
            rights="SELECT",
        ),
        TenantTable("audit_seal", unique={"audit_seal_key": "position"}, rights="SELECT"),
        TenantTable(
            "audit_checkpoint", unique={"audit_checkpoint_key": "position"}, rights="SELECT"
        ),
        ops.RunSQL(
            [
                # Whoever writes an entry gives it no place; whoever gives places changes no words.
                f"REVOKE INSERT, UPDATE ON audit_entry FROM {APP_SYSTEM}",
                f"GRANT INSERT ({WRITTEN}) ON audit_entry TO {APP_RT}, {APP_SYSTEM}",
                f"GRANT UPDATE (position, hash) ON audit_entry TO {APP_SYSTEM}",
                f"REVOKE UPDATE, DELETE ON audit_seal, audit_checkpoint FROM {APP_SYSTEM}",
                f"GRANT UPDATE (anchored_at) ON audit_seal TO {APP_SYSTEM}",
                "CREATE INDEX audit_seal_waiting_idx ON audit_seal (tenant_id, position)"
                " WHERE anchored_at IS NULL",
                APPEND_ONLY,
                "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_entry"
                " FOR EACH ROW EXECUTE FUNCTION audit_entry_is_append_only()",
            ],
            [],
        ),
    ]

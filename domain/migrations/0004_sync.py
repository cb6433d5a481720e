"""Copies elsewhere: when each row changed last, and tombstones of those that are gone."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops

from domain.exports.models import ExportFormat, ExportState
from domain.sealed import SealedField
from domain.tenant_tables import APP_RT, APP_SYSTEM, TenantTable

# What of older rows comes closest to when they changed last.
LAST_KNOWN = {
    "call": "coalesce(finalized_at, ended_at, answered_at, ringing_at)",
    "contact": "last_seen_at",
    "conversation": "coalesce(ended_at, started_at)",
    "message": "coalesce(resolved_at, left_at)",
}
SYNCED = ("appointment", "call", "contact", "conversation", "knowledge_item", "lead", "message")

# The application says what time it is; whoever changes a row without saying so is refused.
MOMENT = """
CREATE FUNCTION moment_of_change() RETURNS timestamptz
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public AS $$
DECLARE said text := NULLIF(current_setting('app.now', true), '');
BEGIN
    IF said IS NULL THEN
        RAISE EXCEPTION 'Say what time it is in app.now before changing this table'
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    RETURN said::timestamptz;
END $$
"""
# Cascades and bulk updates pass no repository, and are changes all the same.
CHANGED = """
CREATE FUNCTION keep_updated_at() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF NEW.updated_at = OLD.updated_at AND NEW IS DISTINCT FROM OLD THEN
        NEW.updated_at := moment_of_change();
    END IF;
    RETURN NEW;
END $$
"""
# What goes by a cascade goes in the name of the table's owner, whom row-level security lets write
# nothing: the system keeps the tombstone, in the tenant of the row.
GONE = """
CREATE FUNCTION keep_tombstone() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    INSERT INTO tombstone (tenant_id, id, kind, at)
    VALUES (OLD.tenant_id, OLD.id, TG_TABLE_NAME, moment_of_change())
    ON CONFLICT (tenant_id, id) DO UPDATE SET kind = excluded.kind, at = excluded.at;
    RETURN NULL;
END $$
"""


def moment(null=False):
    return fields.DatetimeField(null=null, auto_now=False, auto_now_add=False)


def dated(table, known):
    # Row-level security is forced on the owner too, who has no policy.
    return [
        f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY',
        f'UPDATE "{table}" SET updated_at = {known}',
        f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
    ]


def watched(table):
    return [
        f'CREATE INDEX "{table}_updated_idx" ON "{table}" (tenant_id, updated_at, id)',
        f'CREATE TRIGGER keep_updated_at BEFORE UPDATE ON "{table}"'
        " FOR EACH ROW EXECUTE FUNCTION keep_updated_at()",
        f'CREATE TRIGGER keep_tombstone AFTER DELETE ON "{table}"'
        " FOR EACH ROW EXECUTE FUNCTION keep_tombstone()",
    ]


class Migration(migrations.Migration):
    dependencies = [("domain", "0003_audit")]
    operations = [
        *(
            ops.AddField(model_name=model, name="updated_at", field=moment(null=True))
            for model in ("Call", "Contact", "Conversation", "Message")
        ),
        *(ops.RunSQL(dated(table, known), []) for table, known in LAST_KNOWN.items()),
        *(
            ops.AlterField(model_name=model, name="updated_at", field=moment())
            for model in ("Call", "Contact", "Conversation", "Message")
        ),
        ops.CreateModel(
            name="Tombstone",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                ("kind", fields.CharField(max_length=40)),
                ("at", moment()),
            ],
            options={
                "table": "tombstone",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "Under the id of the row that was deleted. Triggers of the"
                " tables write it.",
            },
            bases=["TenantModel"],
        ),
        ops.CreateModel(
            name="BulkExport",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                (
                    "format",
                    fields.CharEnumField(
                        description="CSV: csv\nJSONL: jsonl", enum_type=ExportFormat, max_length=8
                    ),
                ),
                (
                    "state",
                    fields.CharEnumField(
                        description="RUNNING: running\nREADY: ready\nCANCELLED: cancelled\n"
                        "EXPIRED: expired",
                        enum_type=ExportState,
                        max_length=12,
                    ),
                ),
                ("kinds", fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ("since", moment(null=True)),
                ("synced_until", moment()),
                ("requested_by", fields.CharField(max_length=120)),
                ("permissions", fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ("written", fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads)),
                ("secret", SealedField(null=True)),
                ("created_at", moment()),
                ("finished_at", moment(null=True)),
                ("expires_at", moment()),
            ],
            options={
                "table": "bulk_export",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "Files of everything of some kinds, a file for each, sealed"
                " under a key of their own.",
            },
            bases=["TenantModel"],
        ),
        TenantTable(
            "bulk_export",
            unique={"bulk_export_running_key": "state WHERE state = 'running'"},
            indexes=("created_at DESC, id DESC",),
        ),
        TenantTable("tombstone", indexes=("at, id",), rights="SELECT"),
        ops.RunSQL([MOMENT, CHANGED, GONE], []),
        *(ops.RunSQL(watched(table), []) for table in SYNCED),
        ops.RunSQL(
            [
                "REVOKE ALL ON FUNCTION keep_tombstone() FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION keep_tombstone() TO {APP_RT}, {APP_SYSTEM}",
                f"GRANT CREATE ON SCHEMA public TO {APP_SYSTEM}",
                f"ALTER FUNCTION keep_tombstone() OWNER TO {APP_SYSTEM}",
                f"REVOKE CREATE ON SCHEMA public FROM {APP_SYSTEM}",
            ],
            [],
        ),
    ]

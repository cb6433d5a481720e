"""Legal holds, runs of retention, and the archive."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops

from domain.retention.holds.models import HoldReason, HoldScope
from domain.retention.models import RunState, StopReason
from domain.sealed import SealedField
from domain.tenant_tables import APP_RT, APP_SYSTEM, TenantTable

# Held in the database itself, whoever deletes. A cascade runs as the table's owner, who may see no
# hold: the system looks.
KEEPS = """
CREATE FUNCTION refuse_deleting_held() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (
        SELECT FROM legal_hold AS hold
        WHERE hold.tenant_id = OLD.tenant_id AND hold.released_at IS NULL
        AND (hold.scope = 'everything'
             OR TG_TABLE_NAME = 'contact' AND (
                 hold.contact_id = OLD.id
                 OR EXISTS (SELECT FROM conversation
                            WHERE conversation.tenant_id = OLD.tenant_id
                              AND conversation.id = hold.conversation_id
                              AND conversation.contact_id = OLD.id))
             OR TG_TABLE_NAME = 'conversation' AND (
                 hold.conversation_id = OLD.id
                 OR hold.contact_id = (to_jsonb(OLD) ->> 'contact_id')::uuid))) THEN
        RAISE EXCEPTION 'A legal hold says that this stays' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END $$
"""
# Only the owner may drop; the system asks for months that are over, and waits for nobody long.
DROP_PARTITION = """
CREATE FUNCTION drop_partition(parent text, first timestamptz, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE child text := parent || to_char(first AT TIME ZONE 'UTC', '_YYYYMM');
BEGIN
    PERFORM set_config('lock_timeout', '3s', true);
    IF parent NOT IN ('audit_entry', 'call_event', 'turn') OR first + interval '2 months' > at THEN
        RAISE EXCEPTION '% is no month that may go', child;
    END IF;
    EXECUTE format('ALTER TABLE public.%I DETACH PARTITION public.%I', parent, child);
    EXECUTE format('DROP TABLE public.%I', child);
END $$
"""
# What goes with a conversation or a person is found by them, or every row of the table is read.
FOUND_BY = (
    ("lead", "contact_id"),
    ("message", "contact_id"),
    ("recording", "conversation_id"),
    ("transfer", "conversation_id"),
    ("usage_event", "conversation_id"),
)


def moment(null=False):
    return fields.DatetimeField(null=null, auto_now=False, auto_now_add=False)


def named(kind):
    return "\n".join(f"{one.name}: {one.value}" for one in kind)


def model(name, table, description, **columns):
    return ops.CreateModel(
        name=name,
        fields=[
            ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
            ("tenant_id", fields.UUIDField()),
            *columns.items(),
        ],
        options={
            "table": table,
            "app": "domain",
            "pk_attr": "id",
            "table_description": description,
        },
        bases=["TenantModel"],
    )


class Migration(migrations.Migration):
    dependencies = [("domain", "0009_disposal")]
    operations = [
        # A recording that is deleted has no place any more.
        ops.AlterField(
            model_name="Recording",
            name="storage_key",
            field=fields.CharField(null=True, max_length=200),
        ),
        model(
            "LegalHold",
            "legal_hold",
            "That nothing of a person, of a conversation, or at all is deleted while it lasts.",
            scope=fields.CharEnumField(
                description=named(HoldScope), enum_type=HoldScope, max_length=12
            ),
            contact_id=fields.UUIDField(null=True),
            conversation_id=fields.UUIDField(null=True),
            reason=fields.CharEnumField(
                description=named(HoldReason), enum_type=HoldReason, max_length=20
            ),
            note=SealedField(null=True),
            review_at=moment(),
            placed_by=fields.CharField(max_length=120),
            placed_at=moment(),
            released_by=fields.CharField(default="", max_length=120),
            released_at=moment(null=True),
        ),
        TenantTable(
            "legal_hold",
            checks={
                "legal_hold_scope": "num_nonnulls(contact_id, conversation_id)"
                " = (scope <> 'everything')::int",
                "legal_hold_released": "(released_at IS NULL) = (released_by = '')",
            },
            indexes=(
                "placed_at DESC, id DESC",
                "contact_id WHERE released_at IS NULL",
                "conversation_id WHERE released_at IS NULL",
            ),
            rights="SELECT, INSERT, UPDATE",
        ),
        ops.RunSQL(
            [
                KEEPS,
                *(
                    f'CREATE TRIGGER keep_held BEFORE DELETE ON "{table}"'
                    " FOR EACH ROW EXECUTE FUNCTION refuse_deleting_held()"
                    for table in ("contact", "conversation")
                ),
                "REVOKE ALL ON FUNCTION refuse_deleting_held() FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION refuse_deleting_held() TO {APP_RT}, {APP_SYSTEM}",
                f"GRANT CREATE ON SCHEMA public TO {APP_SYSTEM}",
                f"ALTER FUNCTION refuse_deleting_held() OWNER TO {APP_SYSTEM}",
                f"REVOKE CREATE ON SCHEMA public FROM {APP_SYSTEM}",
            ],
            [],
        ),
        model(
            "RetentionRun",
            "retention_run",
            "One walk over everything that was due at a moment, and how far it is.",
            state=fields.CharEnumField(
                description=named(RunState), enum_type=RunState, max_length=12
            ),
            reason=fields.CharEnumField(
                null=True, description=named(StopReason), enum_type=StopReason, max_length=20
            ),
            as_of=moment(),
            started_at=moment(),
            finished_at=moment(null=True),
            position=fields.CharField(default="", max_length=120),
            cursor=fields.UUIDField(null=True),
            counts=fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads),
        ),
        TenantTable(
            "retention_run",
            unique={"retention_run_running_key": "state WHERE state = 'running'"},
            indexes=("started_at DESC, id DESC",),
        ),
        model(
            "ArchiveBox",
            "archive_box",
            "What is to be deleted for good on the same day, sealed under a key of its own.",
            ends_at=moment(),
            created_at=moment(),
            reviewed_by=fields.CharField(default="", max_length=120),
            reviewed_at=moment(null=True),
        ),
        TenantTable("archive_box", indexes=("ends_at, id",)),
        model(
            "ArchivedRow",
            "archived_row",
            "A row, or some columns of one, that nobody works with any more.",
            box_id=fields.UUIDField(),
            kind=fields.CharField(max_length=60),
            row_id=fields.UUIDField(),
            contact_id=fields.UUIDField(null=True),
            conversation_id=fields.UUIDField(null=True),
            folder=fields.CharField(null=True, max_length=200),
            content=SealedField(),
            archived_at=moment(),
        ),
        TenantTable(
            "archived_row",
            references={"box_id": "archive_box:CASCADE"},
            indexes=(
                "box_id, id",
                "contact_id WHERE contact_id IS NOT NULL",
                "conversation_id WHERE conversation_id IS NOT NULL",
            ),
        ),
        ops.RunSQL(
            [
                DROP_PARTITION,
                "REVOKE ALL ON FUNCTION drop_partition(text, timestamptz, timestamptz) FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION drop_partition(text, timestamptz, timestamptz)"
                f" TO {APP_SYSTEM}",
            ],
            [],
        ),
        ops.RunSQL(
            [
                f'CREATE INDEX "{table}_{column}_idx" ON "{table}" (tenant_id, {column})'
                for table, column in FOUND_BY
            ],
            [],
        ),
    ]

"""Erasures and their papers, and what rows that are gone leave outside the database."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops

from domain.disposal.models import LeftoverKind
from domain.erasure.models import ErasureReason, ErasureState, Obstacle, SubjectKind
from domain.tenant_tables import APP_RT, APP_SYSTEM, TenantTable

# Of some tables nobody takes anything away, not even a tenant; an erasure of all of it does. What
# stays is named by the application: a table that it may not even read is none of its own.
ERASE_ROWS = """
CREATE FUNCTION erase_rows(wanted text, most int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    mine uuid := NULLIF(current_setting('app.tenant_id', true), '')::uuid;
    erased int;
BEGIN
    IF NOT EXISTS (SELECT FROM erasure
                   WHERE tenant_id = mine AND subject_id = mine AND subject_kind = 'tenant'
                     AND state IN ('requested', 'running')) THEN
        RAISE EXCEPTION 'Nobody has asked for the erasure of this tenant'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF wanted IN ('audit_entry', 'audit_seal', 'audit_checkpoint', 'erasure', 'erasure_receipt',
                  'erasure_certificate', 'tenant') THEN
        RAISE EXCEPTION 'The rows of % stay', wanted USING ERRCODE = 'insufficient_privilege';
    END IF;
    EXECUTE format('DELETE FROM public.%1$I WHERE tenant_id = $1 AND id IN'
                   ' (SELECT id FROM public.%1$I WHERE tenant_id = $1 LIMIT $2)', wanted)
        USING mine, most;
    GET DIAGNOSTICS erased = ROW_COUNT;
    RETURN erased;
END $$
"""


def moment(null=False):
    return fields.DatetimeField(null=null, auto_now=False, auto_now_add=False)


def choice(kind, length, null=False):
    words = "\n".join(f"{each.name}: {each.value}" for each in kind)
    return fields.CharEnumField(null=null, description=words, enum_type=kind, max_length=length)


def options(table, words):
    return {"table": table, "app": "domain", "pk_attr": "id", "table_description": words}


KEY = [
    ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
    ("tenant_id", fields.UUIDField()),
]


class Migration(migrations.Migration):
    dependencies = [("domain", "0008_search")]
    operations = [
        ops.CreateModel(
            name="Leftover",
            fields=[
                *KEY,
                ("cause_id", fields.UUIDField()),
                ("kind", choice(LeftoverKind, 10)),
                ("name", fields.CharField(max_length=200)),
                ("created_at", moment()),
            ],
            options=options(
                "leftover",
                "One thing that is still to be removed; the row goes when that is done.",
            ),
            bases=["TenantModel"],
        ),
        TenantTable("leftover", indexes=("cause_id, id",)),
        ops.CreateModel(
            name="Erasure",
            fields=[
                *KEY,
                ("subject_kind", choice(SubjectKind, 10)),
                ("subject_id", fields.UUIDField()),
                ("request_id", fields.UUIDField(null=True)),
                ("reason", choice(ErasureReason, 20)),
                ("state", choice(ErasureState, 10)),
                ("waits_for", choice(Obstacle, 10, null=True)),
                ("done", fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads)),
                ("requested_by", fields.CharField(max_length=120)),
                ("requested_at", moment()),
                ("gone_at", moment(null=True)),
                ("finished_at", moment(null=True)),
            ],
            options=options(
                "erasure",
                "That everything about a caller, or a business, is to go; and how far that is.",
            ),
            bases=["TenantModel"],
        ),
        ops.CreateModel(
            name="ErasureReceipt",
            fields=[
                *KEY,
                ("erasure_id", fields.UUIDField()),
                ("holder", fields.CharField(max_length=60)),
                ("complete", fields.BooleanField()),
                ("rows", fields.IntField(default=0)),
                ("note", fields.CharField(default="", max_length=200)),
                ("received_at", moment()),
            ],
            options=options(
                "erasure_receipt", "What somebody who kept a copy says of one erasure."
            ),
            bases=["TenantModel"],
        ),
        ops.CreateModel(
            name="ErasureCertificate",
            fields=[
                *KEY,
                ("erasure_id", fields.UUIDField()),
                ("number", fields.BigIntField()),
                ("hash", fields.CharField(max_length=64)),
                ("file", fields.TextField()),
                ("issued_at", moment()),
            ],
            options=options(
                "erasure_certificate",
                "A signed statement of what was erased; each holds the hash of the one before it.",
            ),
            bases=["TenantModel"],
        ),
        TenantTable(
            "erasure",
            unique={
                "erasure_unfinished_key": "subject_id"
                " WHERE state IN ('requested', 'running', 'settling')"
            },
            indexes=("requested_at DESC, id DESC", "subject_id"),
            rights="SELECT, INSERT, UPDATE",
        ),
        TenantTable(
            "erasure_receipt",
            references={"erasure_id": "erasure"},
            unique={"erasure_receipt_key": "erasure_id, holder"},
            rights="SELECT, INSERT, UPDATE",
        ),
        TenantTable(
            "erasure_certificate",
            references={"erasure_id": "erasure"},
            unique={"erasure_certificate_key": "number"},
            indexes=("erasure_id",),
            rights="SELECT, INSERT",
        ),
        ops.RunSQL(
            [
                ERASE_ROWS,
                "REVOKE ALL ON FUNCTION erase_rows(text, int) FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION erase_rows(text, int) TO {APP_RT}, {APP_SYSTEM}",
                f"GRANT CREATE ON SCHEMA public TO {APP_SYSTEM}",
                f"ALTER FUNCTION erase_rows(text, int) OWNER TO {APP_SYSTEM}",
                f"REVOKE CREATE ON SCHEMA public FROM {APP_SYSTEM}",
            ],
            [],
        ),
    ]

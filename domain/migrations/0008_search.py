"""Fingerprints of words, and functions that find rows by them.

Row-level security would be asked before the index is: the operators of arrays may leak, so the
planner runs them last, on every row of the tenant. The functions see every tenant instead, and
show the one of the transaction, which no argument can change.
"""

from tortoise import fields, migrations
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.migrations import operations as ops

from domain.tenant_tables import APP_RT, APP_SYSTEM, PartitionedTenantTable, TenantTable

MODELS = {
    "TurnWords": ("turn_words", "turn", "What was said."),
    "SummaryWords": ("summary_words", "conversation", "What a conversation came to."),
    "MessageWords": ("message_words", "message", "What callers left."),
    "ContactWords": ("contact_words", "contact", "Names, and what was noted of people."),
    "LeadWords": ("lead_words", "lead", "What people may come to buy."),
}
NEWEST = "at DESC, id DESC"
# A word that is in one row of a hundred fills a page out of so many. If it was there, but seldom, as
# many more as should do are looked through. A rarer one has so few rows that the index gives all of
# them quickly. None of it depends on what the planner believes.
LOOKED_THROUGH = 2000
AT_MOST = 20_000

FIND = """
CREATE FUNCTION search_{table}(wanted text[], before timestamptz, before_id uuid, most int)
RETURNS TABLE (id uuid, at timestamptz, language text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
#variable_conflict use_column
DECLARE
    mine uuid := NULLIF(current_setting('app.tenant_id', true), '')::uuid;
    matching text;
    edge record;
    given int;
    width int := {newest};
BEGIN
    IF mine IS NULL OR cardinality(wanted) = 0 THEN
        RETURN;
    END IF;
    before := coalesce(before, 'infinity');
    before_id := coalesce(before_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
    SELECT string_agg(format('words && %L::bigint[]', one), ' AND ') INTO matching
    FROM unnest(wanted) AS one;
    LOOP
        RETURN QUERY EXECUTE
            'SELECT id, at, language::text FROM (SELECT * FROM {table}'
            ' WHERE tenant_id = $1 AND (at, id) < ($2, $3) ORDER BY at DESC, id DESC LIMIT $4)'
            ' AS newest WHERE ' || matching || ' ORDER BY at DESC, id DESC LIMIT $5'
            USING mine, before, before_id, width, most;
        GET DIAGNOSTICS given = ROW_COUNT;
        most := most - given;
        IF most <= 0 THEN
            RETURN;
        END IF;
        SELECT at, id INTO edge FROM {table}
        WHERE tenant_id = mine AND (at, id) < (before, before_id)
        ORDER BY at DESC, id DESC OFFSET width - 1 LIMIT 1;
        IF NOT FOUND THEN
            RETURN;
        END IF;
        before := edge.at;
        before_id := edge.id;
        EXIT WHEN given = 0 OR width > {newest};
        width := least({widest}, greatest({newest} + 1, {newest} * most * 2 / given));
    END LOOP;
    RETURN QUERY EXECUTE
        'WITH found AS MATERIALIZED (SELECT id, at, language FROM {table}'
        ' WHERE tenant_id = $1 AND ' || matching || ')'
        ' SELECT id, at, language::text FROM found WHERE (at, id) < ($2, $3)'
        ' ORDER BY at DESC, id DESC LIMIT $4'
        USING mine, before, before_id, most;
END $$
"""
ARGUMENTS = "text[], timestamptz, uuid, int"


def create(name, table, words):
    return ops.CreateModel(
        name=name,
        fields=[
            ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
            ("tenant_id", fields.UUIDField()),
            ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ("language", fields.CharField(max_length=12)),
            ("version", fields.IntField()),
            ("words", ArrayField(element_type="bigint")),
        ],
        options={"table": table, "app": "domain", "pk_attr": "id", "table_description": words},
        bases=["TenantModel"],
    )


def isolated(table, source):
    kind = PartitionedTenantTable if table == "turn_words" else TenantTable
    return kind(table, references={"id": f"{source}:CASCADE"}, indexes=(NEWEST,))


def found_by_words(table):
    function = f"search_{table}({ARGUMENTS})"
    return ops.RunSQL(
        [
            # A fingerprint belongs to one tenant, whose key made it: the tenant would say nothing
            # more. The list of what is not sorted in yet is short: every search looks through it.
            f'CREATE INDEX "{table}_words_idx" ON "{table}" USING gin (words)'
            " WITH (gin_pending_list_limit = 1024)",
            FIND.format(table=table, newest=LOOKED_THROUGH, widest=AT_MOST),
            f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC",
            f"GRANT EXECUTE ON FUNCTION {function} TO {APP_RT}, {APP_SYSTEM}",
            f"GRANT CREATE ON SCHEMA public TO {APP_SYSTEM}",
            f"ALTER FUNCTION {function} OWNER TO {APP_SYSTEM}",
            f"REVOKE CREATE ON SCHEMA public FROM {APP_SYSTEM}",
        ],
        [],
    )


class Migration(migrations.Migration):
    dependencies = [("domain", "0007_consent")]
    operations = [
        *(create(name, table, words) for name, (table, _, words) in MODELS.items()),
        *(isolated(table, source) for table, source, _ in MODELS.values()),
        *(found_by_words(table) for table, _, _ in MODELS.values()),
    ]

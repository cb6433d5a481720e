"""Who sees which rows, and what may be asked before a tenant is known."""

from tortoise import migrations
from tortoise.migrations import operations as ops

from domain.tenant_tables import TenantTable, isolate, share

# Before a session exists nobody may read a table; these answer one question each, with ids.
LOOK_UPS = {
    "credentials_by_email(wanted text)": (
        "TABLE (user_id uuid, password_hash text)",
        """SELECT id, password_hash FROM "user"
           WHERE email = lower(wanted) AND disabled_at IS NULL""",
    ),
    "memberships_of_user(wanted uuid)": (
        "TABLE (tenant_id uuid, role text)",
        "SELECT tenant_id, role FROM membership WHERE user_id = wanted ORDER BY created_at",
    ),
    "tenant_of_slug(wanted text)": (
        "TABLE (tenant_id uuid)",
        "SELECT id FROM tenant WHERE slug = wanted",
    ),
    "session_by_hash(wanted text, at timestamptz)": (
        "TABLE (tenant_id uuid, session_id uuid, user_id uuid)",
        """SELECT tenant_id, id, user_id FROM session
           WHERE token_hash = wanted AND revoked_at IS NULL AND expires_at > at""",
    ),
}


def look_up(signature: str, returns: str, body: str) -> list[str]:
    name = signature.partition("(")[0]
    kinds = ", ".join(part.split()[-1] for part in signature.partition("(")[2][:-1].split(","))
    return [
        f"CREATE FUNCTION {signature} RETURNS {returns} LANGUAGE sql STABLE SECURITY DEFINER"
        f" SET search_path = pg_catalog, public AS $$ {body} $$",
        f"REVOKE ALL ON FUNCTION {name}({kinds}) FROM PUBLIC",
        f"GRANT EXECUTE ON FUNCTION {name}({kinds}) TO app_rt, app_system",
        # Row-level security is forced on the owner too; only the system role sees every tenant.
        "GRANT CREATE ON SCHEMA public TO app_system",
        f"ALTER FUNCTION {name}({kinds}) OWNER TO app_system",
        "REVOKE CREATE ON SCHEMA public FROM app_system",
    ]


class Migration(migrations.Migration):
    dependencies = [("tenants", "0001_initial")]
    operations = [
        ops.RunSQL(
            [
                "CREATE UNIQUE INDEX tenant_slug_key ON tenant (slug)",
                *isolate("tenant", "id", rights="SELECT, UPDATE"),
                'CREATE UNIQUE INDEX user_email_key ON "user" (email)',
                'ALTER TABLE "user" ADD CONSTRAINT user_email_lower CHECK (email = lower(email))',
                'ALTER TABLE "user" ENABLE ROW LEVEL SECURITY',
                'ALTER TABLE "user" FORCE ROW LEVEL SECURITY',
                # A tenant sees the people who work for it: membership is isolated itself.
                'CREATE POLICY colleagues ON "user" TO app_rt USING'
                ' (EXISTS (SELECT FROM membership WHERE membership.user_id = "user".id))',
                'CREATE POLICY system ON "user" TO app_system USING (true) WITH CHECK (true)',
                *share("user", "SELECT, UPDATE"),
            ],
            [],
        ),
        TenantTable("membership", unique={"membership_user_key": "user_id"}),
        ops.RunSQL(
            [
                "ALTER TABLE membership ADD CONSTRAINT membership_user_fkey"
                ' FOREIGN KEY (user_id) REFERENCES "user" (id) ON DELETE CASCADE',
                "CREATE INDEX membership_by_user_idx ON membership (user_id)",
            ],
            [],
        ),
        TenantTable("session", indexes=("user_id",)),
        ops.RunSQL(
            [
                "CREATE UNIQUE INDEX session_token_key ON session (token_hash)",
                "ALTER TABLE session ADD CONSTRAINT session_user_fkey"
                ' FOREIGN KEY (user_id) REFERENCES "user" (id) ON DELETE CASCADE',
            ],
            [],
        ),
        TenantTable("plugin_installation", unique={"plugin_installation_key": "plugin"}),
        *(ops.RunSQL(look_up(name, *answer), []) for name, answer in LOOK_UPS.items()),
    ]

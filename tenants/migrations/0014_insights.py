"""Figures of many businesses together: a schema of their own, for the operator to read."""

from tortoise import migrations
from tortoise.migrations import operations as ops

from domain.tenant_tables import CURRENT_TENANT

# A business cannot read it, whatever it asks: only the house of the operator sees any row.
OPERATORS = f"EXISTS (SELECT FROM tenant WHERE id = {CURRENT_TENANT} AND kind = 'operator')"


class Migration(migrations.Migration):
    dependencies = [("tenants", "0013_departed")]
    operations = [
        ops.RunSQL(
            [
                "CREATE SCHEMA insight",
                "GRANT USAGE ON SCHEMA insight TO app_rt, app_system",
                "CREATE TABLE insight.month (month date PRIMARY KEY, counted_at timestamptz NOT"
                " NULL, CHECK (extract(day FROM month) = 1))",
                # The least group and the blur are kept by the database as well.
                "CREATE TABLE insight.figure (month date NOT NULL REFERENCES insight.month (month),"
                " region varchar(2) NOT NULL, measure varchar(24) NOT NULL, businesses int NOT"
                " NULL CHECK (businesses >= 10 AND businesses % 5 = 0), total bigint NOT NULL"
                " CHECK (total % 10 = 0), PRIMARY KEY (month, region, measure))",
                "ALTER TABLE insight.figure ENABLE ROW LEVEL SECURITY",
                "ALTER TABLE insight.figure FORCE ROW LEVEL SECURITY",
                f"CREATE POLICY operator ON insight.figure FOR SELECT TO app_rt USING ({OPERATORS})",
                "CREATE POLICY system ON insight.figure TO app_system USING (true)"
                " WITH CHECK (true)",
                # Nobody changes a figure, or takes one back: a month is counted once.
                "GRANT SELECT, INSERT ON insight.month, insight.figure TO app_system",
                "GRANT SELECT ON insight.figure TO app_rt",
            ],
            "DROP SCHEMA insight CASCADE",
        ),
    ]

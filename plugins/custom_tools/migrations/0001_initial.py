"""Tools of a business, their secrets and what came of each use; all belong to tenants."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops

from domain.privacy.recipients import TransferBasis
from domain.sealed import SealedField
from domain.tenant_tables import TenantTable
from plugins.custom_tools.models import ToolOutcome


class Migration(migrations.Migration):
    initial = True
    dependencies = [("plugins", "0003_by_handler")]

    operations = [
        ops.CreateModel(
            name="CustomTool",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                ("name", fields.CharField(max_length=40)),
                ("purpose", fields.CharField(max_length=300)),
                ("url", fields.CharField(max_length=2000)),
                ("phrases", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
                (
                    "input_schema",
                    fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads),
                ),
                ("inputs", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
                ("answers", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
                ("says", fields.CharField(max_length=500)),
                ("says_nothing_found", fields.CharField(default="", max_length=500)),
                ("says_failing", fields.CharField(default="", max_length=500)),
                ("says_holding", fields.CharField(default="", max_length=500)),
                ("says_otherwise", fields.CharField(default="", max_length=500)),
                ("conditions", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
                ("budget_ms", fields.IntField()),
                ("repeatable", fields.BooleanField(default=False)),
                ("party", fields.CharField(max_length=120)),
                ("country", fields.CharField(default="", max_length=2)),
                (
                    "transfer",
                    fields.CharEnumField(
                        description="ADEQUACY: adequacy\nBINDING_RULES: binding_rules\n"
                        "NOT_NEEDED: not_needed\nSTANDARD_CLAUSES: standard_clauses\n"
                        "UNKNOWN: unknown",
                        enum_type=TransferBasis,
                        max_length=16,
                    ),
                ),
                ("enabled", fields.BooleanField(default=True)),
                ("created_by", fields.CharField(max_length=120)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("updated_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "custom_tool",
                "app": "custom_tools",
                "pk_attr": "id",
                "table_description": "One address that the receptionist may ask,"
                " and all it needs to know of it.",
            },
            bases=["TenantModel"],
        ),
        ops.CreateModel(
            name="CustomToolSecret",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                ("custom_tool_id", fields.UUIDField()),
                ("header", fields.CharField(max_length=60)),
                ("secret", SealedField()),
                ("updated_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "custom_tool_secret",
                "app": "custom_tools",
                "pk_attr": "id",
                "table_description": "The header that opens the address; never shown again.",
            },
            bases=["TenantModel"],
        ),
        ops.CreateModel(
            name="CustomToolRun",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("tenant_id", fields.UUIDField()),
                ("custom_tool_id", fields.UUIDField()),
                ("conversation_id", fields.UUIDField(null=True)),
                ("contact_id", fields.UUIDField(null=True)),
                ("sealed_under", fields.UUIDField()),
                (
                    "outcome",
                    fields.CharEnumField(
                        description="STARTED: started\nANSWERED: answered\n"
                        "NOTHING_FOUND: nothing_found\nFAILED: failed\nTOO_SLOW: too_slow\n"
                        "UNREADABLE: unreadable\nREFUSED: refused",
                        enum_type=ToolOutcome,
                        max_length=14,
                    ),
                ),
                ("status", fields.IntField(null=True)),
                ("error", fields.CharField(default="", max_length=80)),
                ("attempts", fields.IntField(default=0)),
                ("milliseconds", fields.IntField(default=0)),
                ("inputs", SealedField(null=True)),
                ("said", SealedField(null=True)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "custom_tool_run",
                "app": "custom_tools",
                "pk_attr": "id",
                "table_description": "One use of a tool: when, how long it took, what came of it,"
                " and what was said.",
            },
            bases=["TenantModel"],
        ),
        TenantTable(
            "custom_tool",
            unique={"custom_tool_name_key": "name"},
            indexes=("created_at, id",),
        ),
        TenantTable(
            "custom_tool_secret",
            references={"custom_tool_id": "custom_tool:CASCADE"},
            unique={"custom_tool_secret_key": "custom_tool_id"},
        ),
        TenantTable(
            "custom_tool_run",
            references={"custom_tool_id": "custom_tool:CASCADE"},
            indexes=(
                "custom_tool_id, at, id",
                "conversation_id WHERE conversation_id IS NOT NULL",
                "contact_id WHERE contact_id IS NOT NULL",
                "at",
            ),
        ),
    ]

"""What has to be on record: routes, contracts, editions, notices, legal process, marketing."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops

from domain.sealed import SealedField
from domain.tenant_tables import TenantTable, share
from tenants.records.legal.models import LegalBasis, LegalStage
from tenants.records.notices.models import NoticeKind
from tenants.records.policies.models import Document, Manner


def key():
    return ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True))


def moment(null=False):
    return fields.DatetimeField(null=null, auto_now=False, auto_now_add=False)


def words():
    return fields.JSONField(encoder=JSON_DUMPS, decoder=loads)


def choice(kinds, width):
    described = "\n".join(f"{kind.name}: {kind.value}" for kind in kinds)
    return fields.CharEnumField(description=described, enum_type=kinds, max_length=width)


def table(name, model, description, *columns, of_tenant=True):
    owner = [("tenant_id", fields.UUIDField())] if of_tenant else []
    return ops.CreateModel(
        name=model,
        fields=[key(), *owner, *columns],
        options={
            "table": name,
            "app": "tenants",
            "pk_attr": "id",
            "table_description": description,
        },
        bases=["TenantModel" if of_tenant else "Model"],
    )


class Migration(migrations.Migration):
    dependencies = [("tenants", "0010_policy")]
    operations = [
        table(
            "route_acceptance",
            "RouteAcceptance",
            "That a business lets one recipient keep data in one country outside its region, and"
            " why.",
            ("recipient", fields.CharField(max_length=120)),
            ("country", fields.CharField(max_length=2)),
            ("region", fields.CharField(max_length=12)),
            ("transfer", fields.CharField(max_length=20)),
            ("reason", fields.CharField(max_length=500)),
            ("accepted_by", fields.CharField(max_length=120)),
            ("accepted_at", moment()),
            ("withdrawn_at", moment(null=True)),
        ),
        TenantTable("route_acceptance", indexes=("accepted_at DESC, id DESC",)),
        table(
            "data_contract",
            "DataContract",
            "A data processing agreement: who, which version, and which sub-processors it allows.",
            ("version", fields.CharField(max_length=40)),
            ("controller", fields.CharField(max_length=200)),
            ("processor", fields.CharField(max_length=200)),
            ("scope", fields.CharField(max_length=1000)),
            (
                "sub_processors",
                fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads),
            ),
            ("objection_days", fields.IntField()),
            ("signed_by", fields.CharField(max_length=120)),
            ("signed_at", moment()),
            ("ended_at", moment(null=True)),
        ),
        TenantTable("data_contract", indexes=("signed_at DESC, id DESC",)),
        table(
            "policy_edition",
            "PolicyEdition",
            "One version of one document of the operator, the same for everybody.",
            ("document", choice(Document, 16)),
            ("version", fields.CharField(max_length=40)),
            ("summary", fields.TextField()),
            ("text", fields.TextField()),
            ("published_at", moment()),
            ("applies_from", moment()),
            of_tenant=False,
        ),
        ops.RunSQL(
            [
                "CREATE UNIQUE INDEX policy_edition_key ON policy_edition (document, version)",
                *share("policy_edition", "SELECT"),
            ],
            [],
        ),
        table(
            "policy_acceptance",
            "PolicyAcceptance",
            "That somebody accepted one edition.",
            ("edition_id", fields.UUIDField()),
            ("user_id", fields.UUIDField()),
            ("manner", choice(Manner, 16)),
            ("at", moment()),
        ),
        TenantTable("policy_acceptance", unique={"policy_acceptance_key": "edition_id, user_id"}),
        table(
            "notice",
            "Notice",
            "One campaign as one business hears of it.",
            ("campaign_id", fields.UUIDField()),
            ("kind", choice(NoticeKind, 24)),
            ("subject", fields.CharField(max_length=200)),
            ("words", fields.TextField()),
            ("announced_at", moment()),
            ("applies_from", moment(null=True)),
            ("objection_until", moment(null=True)),
            ("objected_at", moment(null=True)),
            ("objected_by", fields.CharField(null=True, max_length=120)),
            ("objection", fields.CharField(default="", max_length=2000)),
        ),
        TenantTable(
            "notice",
            unique={"notice_campaign_key": "campaign_id"},
            indexes=("announced_at DESC, id DESC",),
        ),
        table(
            "notice_letter",
            "NoticeLetter",
            "That one account holder was written to.",
            ("notice_id", fields.UUIDField()),
            ("user_id", fields.UUIDField()),
            ("message_id", fields.CharField(max_length=200)),
            ("sent_at", moment()),
        ),
        TenantTable(
            "notice_letter",
            references={"notice_id": "notice:CASCADE"},
            unique={"notice_letter_key": "notice_id, user_id"},
        ),
        table(
            "legal_process",
            "LegalProcess",
            "One demand, bound to people, days and kinds of data; nothing outside them ever"
            " leaves.",
            ("basis", choice(LegalBasis, 16)),
            ("stage", choice(LegalStage, 10)),
            ("authority", SealedField()),
            ("reference", SealedField()),
            ("contact_ids", words()),
            ("data_kinds", words()),
            ("since", moment()),
            ("until", moment()),
            ("received_at", moment()),
            ("received_by", fields.CharField(max_length=120)),
            ("decided_at", moment(null=True)),
            ("decided_by", fields.CharField(null=True, max_length=120)),
            ("decision", SealedField(null=True)),
            ("secret_until", moment(null=True)),
            ("told_at", moment(null=True)),
            ("answered_at", moment(null=True)),
            ("disclosed", fields.IntField(default=0)),
        ),
        TenantTable("legal_process", indexes=("received_at DESC, id DESC",)),
        table(
            "marketing_consent",
            "MarketingConsent",
            "That an account holder agreed to be sent news, and whether they still do.",
            ("user_id", fields.UUIDField()),
            ("disclosure", fields.TextField()),
            ("given_at", moment()),
            ("withdrawn_at", moment(null=True)),
        ),
        TenantTable(
            "marketing_consent",
            unique={"marketing_consent_key": "user_id WHERE withdrawn_at IS NULL"},
        ),
    ]

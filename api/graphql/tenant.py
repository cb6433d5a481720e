"""The tenant, under which everything it owns hangs, and the person who looks."""

import strawberry

from api.graphql.account import AccountFields
from api.graphql.agreements import AgreementFields
from api.graphql.alerts import AlertFields
from api.graphql.api_keys import ApiKeyFields
from api.graphql.appointments import AppointmentFields
from api.graphql.apps import AppFields
from api.graphql.archives import ArchiveFields
from api.graphql.audit import AuditFields
from api.graphql.branding import InheritedBrandFields
from api.graphql.business import BusinessFields
from api.graphql.calendars import CalendarFields
from api.graphql.calls import CallFields
from api.graphql.connections import ConnectionFields
from api.graphql.contacts import ContactFields
from api.graphql.context import Info
from api.graphql.conversations import ConversationFields
from api.graphql.customer_files import CustomerFileFields
from api.graphql.editing_policy import PolicyDraftFields
from api.graphql.editions import EditionFields
from api.graphql.enums import TenantKind, TenantStatus
from api.graphql.erasures import ErasureFields
from api.graphql.exports import ExportFields
from api.graphql.grants import GrantFields
from api.graphql.ids import Node, write_id
from api.graphql.incidents import IncidentFields
from api.graphql.knowledge import KnowledgeFields
from api.graphql.leads import LeadFields
from api.graphql.legal_holds import LegalHoldFields
from api.graphql.life_cycle import LifeCycleFields
from api.graphql.members import MemberFields
from api.graphql.messages import MessageFields
from api.graphql.notifications import DigestFields, NotificationFields
from api.graphql.operators import OperatorFields
from api.graphql.organization import OrganizationFields
from api.graphql.outbound import OutboundFields
from api.graphql.phone_numbers import PhoneNumberFields
from api.graphql.plugins import PluginFields
from api.graphql.policy import PolicyFields
from api.graphql.privacy_requests import OwnRequestFields, PrivacyRequestFields
from api.graphql.push_devices import PushDeviceFields
from api.graphql.records import RecordFields
from api.graphql.reminders import ReminderFields
from api.graphql.retention import RetentionFields
from api.graphql.sandbox import SandboxFields
from api.graphql.scalars import EmailAddress, TimeZone
from api.graphql.search import SearchFields
from api.graphql.single_sign_on import SingleSignOnFields
from api.graphql.support import SupportFields
from api.graphql.sync import SyncFields
from api.graphql.tools import ToolFields
from api.graphql.usage import UsageFields
from api.graphql.waitlist import WaitlistFields
from api.graphql.webhooks import WebhookFields
from domain import scope
from domain.errors import Unauthenticated
from plugins.graphql_kit import Needs
from tenants import service


@strawberry.type
class Tenant(
    Node,
    AgreementFields,
    AlertFields,
    ApiKeyFields,
    AppFields,
    AppointmentFields,
    ArchiveFields,
    AuditFields,
    BusinessFields,
    CalendarFields,
    CallFields,
    ConnectionFields,
    ContactFields,
    ConversationFields,
    CustomerFileFields,
    DigestFields,
    EditionFields,
    ErasureFields,
    ExportFields,
    GrantFields,
    InheritedBrandFields,
    IncidentFields,
    KnowledgeFields,
    LeadFields,
    LifeCycleFields,
    LegalHoldFields,
    MemberFields,
    MessageFields,
    OperatorFields,
    OrganizationFields,
    OutboundFields,
    PhoneNumberFields,
    PluginFields,
    PolicyDraftFields,
    PolicyFields,
    PrivacyRequestFields,
    RecordFields,
    ReminderFields,
    RetentionFields,
    SandboxFields,
    SearchFields,
    SingleSignOnFields,
    SupportFields,
    SyncFields,
    ToolFields,
    UsageFields,
    WaitlistFields,
    WebhookFields,
):
    """One business, or house, and everything it owns."""

    name: str
    slug: str
    time_zone: TimeZone
    locale: str
    region: str = strawberry.field(description="ISO 3166 country code.")
    currency: str = strawberry.field(description="ISO 4217 code.")
    kind: TenantKind
    status: TenantStatus
    mfa_required: bool = strawberry.field(description="Whether members need a second factor.")
    sandbox: bool = strawberry.field(description="Whether things are tried out here.")
    origins: list[str] = strawberry.field(
        description="The origins of web pages that may ask with one of its keys."
    )

    @classmethod
    def of(cls, asked_by: scope.Scope) -> "Tenant":
        """The tenant of whoever asks."""
        facts = asked_by.tenant
        return cls(
            id=write_id("Tenant", asked_by.tenant_id),
            name=facts.name,
            slug=facts.slug,
            time_zone=TimeZone(facts.timezone),
            locale=facts.locale,
            region=facts.region,
            currency=facts.currency,
            kind=facts.kind,
            status=facts.status,
            mfa_required=facts.mfa_required,
            sandbox=facts.sandbox,
            origins=list(facts.origins),
        )


@strawberry.type
class Viewer(AccountFields, NotificationFields, OwnRequestFields, PushDeviceFields):
    """The person who is signed in."""

    id: strawberry.ID
    name: str
    email: EmailAddress

    @strawberry.field(extensions=[Needs("tenant:read")])
    def tenant(self, info: Info) -> Tenant:
        """The business they are signed in to."""
        return Tenant.of(info.context.scope)


async def viewer_of(info: Info) -> Viewer | None:
    """Who is signed in; null if nobody is, or if a program asks."""
    try:
        actor = info.context.scope.actor
    except Unauthenticated:
        return None
    if actor.kind is not scope.ActorKind.MEMBER:
        return None
    user = await service.viewer(await info.context.read("account:read"))
    return Viewer(id=write_id("User", user.id), name=user.name, email=EmailAddress(user.email))

"""The tenant, under which everything it owns hangs, and the person who looks."""

import strawberry

from api.graphql.appointments import AppointmentFields
from api.graphql.business import BusinessFields
from api.graphql.calls import CallFields
from api.graphql.contacts import ContactFields
from api.graphql.context import Info
from api.graphql.conversations import ConversationFields
from api.graphql.enums import TenantStatus
from api.graphql.ids import Node, write_id
from api.graphql.knowledge import KnowledgeFields
from api.graphql.leads import LeadFields
from api.graphql.messages import MessageFields
from api.graphql.phone_numbers import PhoneNumberFields
from api.graphql.plugin_settings import PluginFields
from api.graphql.scalars import EmailAddress, TimeZone
from api.graphql.support import SupportFields
from api.graphql.usage import UsageFields
from domain import scope
from domain.errors import Unauthenticated
from tenants import service


@strawberry.type
class Tenant(
    Node,
    AppointmentFields,
    BusinessFields,
    CallFields,
    ContactFields,
    ConversationFields,
    KnowledgeFields,
    LeadFields,
    MessageFields,
    PhoneNumberFields,
    PluginFields,
    SupportFields,
    UsageFields,
):
    """One business and everything it owns."""

    name: str
    slug: str
    time_zone: TimeZone
    locale: str
    region: str = strawberry.field(description="ISO 3166 country code.")
    currency: str = strawberry.field(description="ISO 4217 code.")
    status: TenantStatus

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
            status=facts.status,
        )


@strawberry.type
class Viewer:
    """The person who is signed in."""

    id: strawberry.ID
    name: str
    email: EmailAddress

    @strawberry.field
    def tenant(self, info: Info) -> Tenant:
        """The business they are signed in to."""
        return Tenant.of(info.context.scope)


async def viewer_of(info: Info) -> Viewer | None:
    """Who is signed in, or null if nobody is."""
    try:
        uow = await info.context.read("tenant:read")
    except Unauthenticated:
        return None
    user = await service.viewer(uow)
    return Viewer(id=write_id("User", user.id), name=user.name, email=EmailAddress(user.email))

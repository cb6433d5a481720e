"""The whole schema, put together from the features."""

import inspect
from collections.abc import AsyncIterator
from functools import cache
from importlib.metadata import version
from typing import Any

import strawberry
from graphql import GraphQLError, GraphQLNamedType
from strawberry.extensions import ParserCache, SchemaExtension, ValidationCache
from strawberry.schema.config import StrawberryConfig
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.tools import merge_types
from strawberry.types.graphql import OperationType

from api.graphql.agreements import AgreementMutations
from api.graphql.alerts import AlertMutations
from api.graphql.analytics import AnalyticsMutations
from api.graphql.answering_requests import AnsweringMutations, AskingMutations
from api.graphql.api_keys import ApiKeyMutations
from api.graphql.app_webhooks import AppWebhookMutations
from api.graphql.apps import AppMutations
from api.graphql.archives import ArchiveMutations
from api.graphql.booking import AppointmentMutations
from api.graphql.branding import BrandingMutations
from api.graphql.calendars import CalendarMutations
from api.graphql.connections import ConnectionMutations
from api.graphql.contacts import ContactMutations
from api.graphql.context import Context, Info, Request
from api.graphql.customer_files import CustomerFileMutations
from api.graphql.demands import DemandMutations
from api.graphql.documents import Known
from api.graphql.editing_account import AccountMutations
from api.graphql.editing_members import MemberMutations
from api.graphql.editing_organizations import OrganizationMutations
from api.graphql.editing_places import PlaceMutations
from api.graphql.editing_policy import PolicyMutations
from api.graphql.editing_records import RecordMutations
from api.graphql.editing_reminders import ReminderMutations
from api.graphql.editing_rules import RuleMutations
from api.graphql.editing_services import ServiceMutations
from api.graphql.editing_sign_on import SingleSignOnMutations
from api.graphql.editing_templates import TemplateMutations
from api.graphql.editing_tenants import OrganizationTenantMutations
from api.graphql.editions import EditionMutations
from api.graphql.erasures import ErasureMutations
from api.graphql.error_codes import ErrorCodes, coded
from api.graphql.errors import HANDLERS as ERRORS
from api.graphql.exports import ExportMutations
from api.graphql.freezing import FreezingMutations
from api.graphql.grants import GrantMutations
from api.graphql.house_errors import HANDLERS as HOUSE_ERRORS
from api.graphql.ids import Node
from api.graphql.incidents import IncidentMutations
from api.graphql.knowledge import KnowledgeMutations
from api.graphql.leads import LeadMutations
from api.graphql.legal_holds import LegalHoldMutations
from api.graphql.life_cycle import LifeCycleMutations
from api.graphql.limits import Limits, NoIntrospection, Tokens
from api.graphql.messages import MessageMutations
from api.graphql.nodes import node_of
from api.graphql.notifications import NotificationMutations
from api.graphql.operators import OperatorMutations
from api.graphql.outbound import OutboundMutations
from api.graphql.outreach_consents import OutreachConsentMutations
from api.graphql.phone_numbers import PhoneNumberMutations
from api.graphql.plugin_deeds import PluginMutations
from api.graphql.plugin_fields import extended
from api.graphql.push_devices import PushDeviceMutations
from api.graphql.rates import Rated
from api.graphql.record_errors import HANDLERS as RECORD_ERRORS
from api.graphql.recordings import RecordingMutations
from api.graphql.request_errors import HANDLERS as REQUEST_ERRORS
from api.graphql.retention import RetentionMutations
from api.graphql.sandbox import SandboxMutations
from api.graphql.scalars import SCALARS
from api.graphql.search import HIT_TYPES
from api.graphql.subscriptions import Subscription
from api.graphql.support import SupportMutations
from api.graphql.tenant import Tenant, Viewer, viewer_of
from api.graphql.tenant_settings import TenantMutations
from api.graphql.tool_deeds import ToolMutations
from api.graphql.tool_errors import HANDLERS as TOOL_ERRORS
from api.graphql.verticals import VerticalMutations
from api.graphql.waitlist import WaitlistMutations
from api.graphql.webhook_deeds import WebhookMutations
from plugins.graphql_kit import Needs
from plugins.parts import Fields


@strawberry.type
class Query:
    """Where reading begins."""

    @strawberry.field
    async def viewer(self, info: Info) -> Viewer | None:
        """The person who is signed in; null if nobody is."""
        return await viewer_of(info)

    @strawberry.field(extensions=[Needs("tenant:read")])
    def tenant(self, info: Info) -> Tenant | None:
        """The business one is signed in to."""
        return Tenant.of(info.context.scope)

    @strawberry.field
    async def node(self, info: Info, id: strawberry.ID) -> Node | None:
        """Anything of the tenant's, by its id."""
        return await node_of(info, id)

    @strawberry.field
    def version(self) -> str:
        """The version of Deskbell."""
        return version("deskbell")


Mutation = merge_types(
    "Mutation",
    (
        AccountMutations,
        AlertMutations,
        AnalyticsMutations,
        AnsweringMutations,
        AgreementMutations,
        ApiKeyMutations,
        AppMutations,
        AppWebhookMutations,
        AppointmentMutations,
        ArchiveMutations,
        AskingMutations,
        BrandingMutations,
        CalendarMutations,
        ConnectionMutations,
        ContactMutations,
        CustomerFileMutations,
        DemandMutations,
        EditionMutations,
        ErasureMutations,
        ExportMutations,
        FreezingMutations,
        GrantMutations,
        IncidentMutations,
        KnowledgeMutations,
        LeadMutations,
        LifeCycleMutations,
        LegalHoldMutations,
        MemberMutations,
        MessageMutations,
        NotificationMutations,
        PushDeviceMutations,
        OperatorMutations,
        OrganizationMutations,
        OrganizationTenantMutations,
        OutboundMutations,
        OutreachConsentMutations,
        PhoneNumberMutations,
        PlaceMutations,
        PluginMutations,
        VerticalMutations,
        PolicyMutations,
        RecordMutations,
        RecordingMutations,
        ReminderMutations,
        RetentionMutations,
        RuleMutations,
        SandboxMutations,
        ServiceMutations,
        SingleSignOnMutations,
        SupportMutations,
        TemplateMutations,
        TenantMutations,
        ToolMutations,
        WaitlistMutations,
        WebhookMutations,
    ),
)


HANDLERS = [*ERRORS, *HOUSE_ERRORS, *RECORD_ERRORS, *REQUEST_ERRORS, *TOOL_ERRORS]


class OneContext(SchemaExtension):
    """Gives each operation a context of its own, and closes what it opened."""

    async def on_operation(self) -> AsyncIterator[None]:
        """Find out who asks; a socket brings many operations, over hours."""
        request: Request = self.execution_context.context
        operation = self.execution_context.context = await request.begin()
        try:
            yield
        finally:
            await _end(operation, self.execution_context.result)

    async def on_stream_result(self, result: Any) -> AsyncIterator[None]:
        """Hold no transaction while an event travels."""
        await _end(self.execution_context.context, result)
        yield


async def _end(operation: Context, result: Any) -> None:
    """Close an operation; what it saw leaves only when that is on record."""
    try:
        await operation.close()
    except Exception as fault:
        if result is None:
            raise
        result.data, result.errors = None, [coded(GraphQLError("", original_error=fault))]
    if result is not None and result.errors:
        await operation.refuse(result.errors)


class Schema(strawberry.Schema):
    """Codes what never ran, answers what can be answered at once, and leaves logging to codes."""

    def process_errors(self, errors: list[GraphQLError], execution_context: Any = None) -> None:
        """Put codes on errors that no extension sees: those of a document that cannot be read."""
        errors[:] = [coded(error) for error in errors]

    async def execute(self, query: str | None, **named: Any) -> Any:  # type: ignore[override]
        """Answer once; a subscription needs a socket or an event stream."""
        allowed = set(named.pop("allowed_operation_types", None) or OperationType)
        named["allowed_operation_types"] = allowed - {OperationType.SUBSCRIPTION}
        return await super().execute(query, **named)


@cache
def build_schema(
    *,
    production: bool,
    query: type = Query,
    mutation: type = Mutation,
    plugins: tuple[Fields, ...] = (),
) -> strawberry.Schema:
    """The schema, made once; in production it neither describes itself nor suggests names."""
    with extended(Tenant, plugins):
        schema = _made(query, mutation, production=production)
    for graphql_type in schema._schema.type_map.values():
        _describe(graphql_type)
    return schema


def _made(query: type, mutation: type, *, production: bool) -> Schema:
    hidden: tuple[type[SchemaExtension], ...] = (NoIntrospection,) if production else ()
    return Schema(
        query=query,
        mutation=mutation,
        subscription=Subscription,
        types=HIT_TYPES,
        exception_handlers=HANDLERS,
        # Errors are coded last, so their extension comes first.
        extensions=[
            ErrorCodes,
            OneContext,
            Known,
            Tokens,
            Limits,
            *hidden,
            ParserCache,
            ValidationCache,
            Rated,
        ],
        config=StrawberryConfig(scalar_map=SCALARS, disable_field_suggestions=production),
    )


def _describe(graphql_type: GraphQLNamedType) -> None:
    """Take the descriptions of types and fields from the docstrings of the code."""
    definition = graphql_type.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    origin = getattr(definition, "origin", None) or getattr(definition, "wrapped_cls", None)
    if graphql_type.description is None and inspect.isclass(origin):
        graphql_type.description = inspect.getdoc(origin)
    for field in getattr(graphql_type, "fields", {}).values():
        field.description = field.description or _doc_of(field)


def _doc_of(field: Any) -> str | None:
    definition = field.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    resolver = getattr(definition, "base_resolver", None)
    return inspect.getdoc(resolver.wrapped_func) if resolver is not None else None


def print_sdl() -> str:
    """The schema as it is checked in beside this file."""
    return build_schema(production=False).as_str() + "\n"

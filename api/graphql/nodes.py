"""Fetching anything again by its global id."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from api.graphql import (
    agreements,
    alerts,
    api_keys,
    appointments,
    apps,
    archives,
    audit,
    business,
    calendars,
    calls,
    connections,
    consents,
    contacts,
    conversations,
    erasures,
    exports,
    grants,
    incidents,
    knowledge,
    leads,
    legal_holds,
    members,
    messages,
    operators,
    organizations,
    outbound,
    outreach_consents,
    phone_numbers,
    places,
    policy,
    privacy_requests,
    recordings,
    records,
    reminders,
    retention,
    single_sign_on,
    support,
    templates,
    tenant,
    tools,
    waitlist,
    webhooks,
)
from api.graphql.context import Info
from api.graphql.ids import Node, parse_id
from domain.appointments.repository import Appointments
from domain.archives.repository import Archives
from domain.audit.repository import AuditEntries
from domain.business.repository import Closures, Intakes, Locations, Resources, Services
from domain.calendars.repository import CalendarFeeds, CalendarLinks
from domain.calls.repository import Calls
from domain.consent.repository import ConsentRecords
from domain.contacts.repository import Contacts, ListedNumbers
from domain.conversations.models import Turn
from domain.conversations.repository import Conversations, Turns
from domain.erasure.repository import Erasures
from domain.errors import NotFound
from domain.exports.repository import BulkExports
from domain.knowledge.repository import KnowledgeItems
from domain.leads.repository import Leads
from domain.messages.repository import Messages
from domain.outreach.agreements.repository import OutreachConsents
from domain.outreach.outbound.repository import Outbounds
from domain.phone_numbers.repository import PhoneNumbers
from domain.recordings.repository import Recordings
from domain.reminders.repository import ReminderRules, Reminders
from domain.repository import Repository
from domain.retention.holds.repository import LegalHolds
from domain.retention.repository import ArchiveBoxes, ArchivedRows, RetentionRuns
from domain.rights.repository import PrivacyChoices, RequestsInSight
from domain.support.repository import SupportTickets
from domain.training.repository import TrainingExports
from domain.transfers.repository import TransferTargets
from domain.waitlist.repository import Waits
from plugins.connections.repository import OAuthConnections
from plugins.custom_tools.repository import CustomToolRuns, CustomTools
from plugins.webhooks.repository import WebhookDeliveries, WebhookEndpoints
from tenants.agreements.repository import Agreements
from tenants.api_keys.repository import ApiKeys
from tenants.apps.repository import Apps, ConnectedApps
from tenants.grants.repository import AccessInvitations, Grants
from tenants.members.repository import Invitations
from tenants.operators.repository import BreakGlasses
from tenants.organizations.repository import BulkChanges, Templates
from tenants.policy.repository import PolicyVersions
from tenants.records.contracts.repository import DataContracts
from tenants.records.legal.repository import LegalProcesses
from tenants.records.notices.repository import Notices
from tenants.records.routes.repository import RouteAcceptances
from tenants.repository import CustomRoles, Memberships
from tenants.sso.repository import SsoDomains
from tenants.watch.repository import Alerts, Incidents


@dataclass(frozen=True)
class Kind:
    """Where nodes of one type come from, and who may see them."""

    repository: type[Repository[Any]]
    permission: str
    of: Callable[[Any], Node]


KINDS = {
    "AccessGrant": Kind(Grants, grants.READ, grants.AccessGrant.of),
    "AccessInvitation": Kind(
        AccessInvitations, organizations.READ, organizations.AccessInvitation.of
    ),
    "Agreement": Kind(Agreements, agreements.READ, agreements.Agreement.of),
    "ApiKey": Kind(ApiKeys, api_keys.READ, api_keys.ApiKey.of),
    "App": Kind(Apps, apps.READ, apps.App.of),
    "Appointment": Kind(Appointments, appointments.READ, appointments.Appointment.of),
    "Archive": Kind(Archives, archives.READ, archives.Archive.of),
    "AttachedNumber": Kind(PhoneNumbers, phone_numbers.READ, phone_numbers.AttachedNumber.of),
    "AuditEntry": Kind(AuditEntries, audit.READ, audit.AuditEntry.of),
    "BreakGlass": Kind(BreakGlasses, operators.OPEN, operators.BreakGlass.of),
    "BulkChange": Kind(BulkChanges, organizations.READ, templates.BulkChange.of),
    "BulkExport": Kind(BulkExports, exports.READ, exports.BulkExport.of),
    "Call": Kind(Calls, calls.READ, calls.Call.of),
    "Closure": Kind(Closures, places.READ, places.Closure.of),
    "ConnectedApp": Kind(ConnectedApps, apps.READ, apps.ConnectedApp.of),
    "ConsentRecord": Kind(ConsentRecords, consents.READ, consents.ConsentRecord.of),
    "CalendarFeed": Kind(CalendarFeeds, calendars.WRITE, calendars.CalendarFeed.of),
    "LinkedCalendar": Kind(CalendarLinks, calendars.READ, calendars.LinkedCalendar.of),
    "OAuthConnection": Kind(OAuthConnections, connections.READ, connections.OAuthConnection.of),
    "Contact": Kind(Contacts, contacts.READ, contacts.Contact.of),
    "Conversation": Kind(Conversations, conversations.READ, conversations.Conversation.of),
    "CustomRole": Kind(CustomRoles, members.READ, members.CustomRole.of),
    "Erasure": Kind(Erasures, erasures.READ, erasures.Erasure.of),
    "Intake": Kind(Intakes, business.READ, business.Intake.of),
    "DataContract": Kind(DataContracts, records.READ, records.DataContract.of),
    "Invitation": Kind(Invitations, members.READ, members.Invitation.of),
    "KnowledgeItem": Kind(KnowledgeItems, knowledge.READ, knowledge.KnowledgeItem.of),
    "Lead": Kind(Leads, leads.READ, leads.Lead.of),
    "ListedNumber": Kind(ListedNumbers, contacts.READ, contacts.ListedNumber.of),
    "LegalProcess": Kind(LegalProcesses, records.READ, records.LegalProcess.of),
    "Location": Kind(Locations, places.READ, places.Location.of),
    "Member": Kind(Memberships, members.READ, members.Member.of),
    "Message": Kind(Messages, messages.READ, messages.Message.of),
    "Notice": Kind(Notices, records.READ, records.Notice.of),
    "Outbound": Kind(Outbounds, outbound.READ, outbound.Outbound.of),
    "LegalHold": Kind(LegalHolds, legal_holds.READ, legal_holds.LegalHold.of),
    "ArchiveBox": Kind(ArchiveBoxes, retention.LOOK, retention.ArchiveBox.of),
    "ArchivedRow": Kind(ArchivedRows, retention.LOOK, retention.ArchivedRow.of),
    "RetentionRun": Kind(RetentionRuns, retention.READ, retention.RetentionRun.of),
    "PolicyVersion": Kind(PolicyVersions, policy.READ, policy.PolicyVersion.of),
    "PrivacyChoice": Kind(PrivacyChoices, privacy_requests.READ, privacy_requests.PrivacyChoice.of),
    "PrivacyRequest": Kind(
        RequestsInSight, privacy_requests.READ, privacy_requests.PrivacyRequest.of
    ),
    "Recording": Kind(Recordings, calls.READ, recordings.Recording.of),
    "OutreachConsent": Kind(
        OutreachConsents, outreach_consents.READ, outreach_consents.OutreachConsent.of
    ),
    "Reminder": Kind(Reminders, reminders.READ, reminders.Reminder.of),
    "ReminderRule": Kind(ReminderRules, reminders.RULES, reminders.ReminderRule.of),
    "Resource": Kind(Resources, places.READ, places.Resource.of),
    "RouteAcceptance": Kind(RouteAcceptances, records.READ, records.RouteAcceptance.of),
    "SecurityAlert": Kind(Alerts, alerts.READ, alerts.SecurityAlert.of),
    "SecurityIncident": Kind(Incidents, alerts.READ, incidents.SecurityIncident.of),
    "Service": Kind(Services, places.READ, places.Service.of),
    "SsoDomain": Kind(SsoDomains, single_sign_on.READ, single_sign_on.SsoDomain.of),
    "SupportTicket": Kind(SupportTickets, support.READ, support.SupportTicket.of),
    "TenantTemplate": Kind(Templates, organizations.READ, templates.TenantTemplate.of),
    "Tool": Kind(CustomTools, tools.READ, tools.Tool.of),
    "ToolRun": Kind(CustomToolRuns, tools.READ, tools.ToolRun.of),
    "TrainingExport": Kind(TrainingExports, records.READ, records.TrainingExport.of),
    "TransferTarget": Kind(TransferTargets, business.READ, business.TransferTarget.of),
    "Turn": Kind(Turns, conversations.SAID, conversations.Turn.of),
    "Wait": Kind(Waits, waitlist.READ, waitlist.Wait.of),
    "WebhookDelivery": Kind(WebhookDeliveries, webhooks.READ, webhooks.WebhookDelivery.of),
    "WebhookEndpoint": Kind(WebhookEndpoints, webhooks.READ, webhooks.WebhookEndpoint.of),
}


async def node_of(info: Info, global_id: str) -> Node | None:
    """The node with an id, or null: unknown, another tenant's and garbage look the same."""
    asked_by = info.context.scope
    try:
        type_name, id = parse_id(global_id)
    except NotFound:
        return None
    if type_name == "Tenant":
        return tenant.Tenant.of(asked_by) if id == asked_by.tenant_id else None
    kind = KINDS.get(type_name)
    if kind is None:
        return None
    row = await info.context.row(kind.repository, kind.permission, id)
    if isinstance(row, Turn):
        info.context.saw(row.conversation_id)
    return kind.of(row) if row else None

"""What each permission means to whoever gives it to an app: in words, and as kinds of data.

The kinds are read from the labels of the tables that a permission opens, less what it keeps shut.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from tortoise.models import Model

from domain.appointments.models import Appointment
from domain.archives.models import Archive
from domain.business.models import Closure, Intake, Location, Resource, Service
from domain.calendars.models import CalendarFeed, CalendarLink
from domain.calls.models import Call
from domain.consent.models import ConsentRecord
from domain.contacts.models import Contact, ListedNumber
from domain.conversations.models import Conversation, IntakeAnswer, Turn
from domain.crm.models import CrmFile
from domain.erasure.models import Erasure
from domain.exports.models import BulkExport
from domain.knowledge.models import KnowledgeItem
from domain.leads.models import Lead
from domain.messages.models import Message
from domain.outreach.agreements.models import OutreachConsent
from domain.outreach.models import Refusal
from domain.outreach.outbound.models import Outbound
from domain.personal import DataClass, labels
from domain.phone_numbers.models import PhoneNumber
from domain.recordings.models import Recording
from domain.reminders.models import Reminder, ReminderRule
from domain.retention.holds.models import LegalHold
from domain.retention.models import ArchiveBox, ArchivedRow, RetentionRun
from domain.rights.models import PrivacyChoice, PrivacyRequest
from domain.support.models import Feedback, SupportTicket
from domain.trail import AuditEntry
from domain.training.models import TrainingExport
from domain.transfers.models import Transfer, TransferTarget
from domain.usage.models import UsageEvent
from domain.waitlist.models import Wait
from plugins.connections.models import OAuthConnection, OAuthVisit
from plugins.custom_tools.models import CustomTool, CustomToolRun
from plugins.webhooks.models import WebhookEndpoint, WebhookExchange
from tenants.agreements.models import Agreement, Disposition
from tenants.api_keys.models import ApiKey
from tenants.apps.models import App, ConnectedApp
from tenants.grants.models import AccessGrant, AccessInvitation
from tenants.life_cycle.models import LifeCycle
from tenants.members.models import Invitation
from tenants.models import CustomRole, Membership, PluginInstallation, Tenant, User
from tenants.organizations.models import BulkChange, TenantTemplate
from tenants.policy.models import PolicyVersion
from tenants.records.contracts.models import DataContract
from tenants.records.legal.models import LegalProcess
from tenants.records.notices.models import Notice
from tenants.records.routes.models import RouteAcceptance
from tenants.roles import Permission
from tenants.sandbox.models import CapturedLetter
from tenants.sso.models import SsoDomain
from tenants.watch.models import SecurityAlert, SecurityIncident

# No kind of data, or one that never leaves.
NEVER_TOLD = {DataClass.NONE, DataClass.CREDENTIAL, None}
PERSON = frozenset({DataClass.CALLER_IDENTITY})
SAID = frozenset({DataClass.TRANSCRIPT})
SOUND = frozenset({DataClass.RECORDING})
WHO = frozenset({DataClass.AUDIT})
PEOPLE = (Contact, Call, Conversation, Turn, Recording, Appointment, Wait, Lead, Message)
PLACES = (
    Location,
    Closure,
    Service,
    Resource,
    Intake,
    TransferTarget,
    CalendarLink,
    ReminderRule,
)


@dataclass(frozen=True)
class Meaning:
    """What a permission allows, in words, and the tables that it opens."""

    words: str
    opens: tuple[type[Model], ...] = ()
    shut: frozenset[DataClass] = frozenset()
    """What those tables hold besides, and other permissions open."""

    @property
    def classes(self) -> frozenset[DataClass]:
        """The kinds of data that it opens."""
        held = {label for model in self.opens for label in labels(model).values()}
        return frozenset(label for label in held - NEVER_TOLD if label) - self.shut


MEANINGS: dict[str, Meaning] = {
    Permission.APPOINTMENTS_READ: Meaning(
        "See appointments, free times and who waits for one",
        (Appointment, Reminder, Wait),
        PERSON,
    ),
    Permission.APPOINTMENTS_WRITE: Meaning(
        "Book, move and cancel appointments, and let people wait for one",
        (Appointment, Wait),
        PERSON,
    ),
    Permission.APPS_READ: Meaning("See which apps are connected", (App, ConnectedApp)),
    Permission.ARCHIVE_READ: Meaning(
        "Read what was archived before it is deleted", (ArchiveBox, ArchivedRow)
    ),
    Permission.AUDIT_EXPORT: Meaning("Take the audit trail along", (AuditEntry,)),
    Permission.AUDIT_READ: Meaning("See who has seen and changed what", (AuditEntry,)),
    Permission.BUSINESS_READ: Meaning("See places, services, people and hours", PLACES),
    Permission.BUSINESS_WRITE: Meaning(
        "Change places, services, people and hours", (*PLACES, CalendarFeed)
    ),
    Permission.CALLS_READ: Meaning("See who called and when", (Call, Recording), SOUND),
    Permission.CONTACTS_READ: Meaning(
        "See your contacts, and what goes out to them",
        (Contact, ListedNumber, OutreachConsent, Refusal, Outbound),
        shut=WHO,
    ),
    Permission.CONTACTS_WRITE: Meaning(
        "Add and change contacts, and have them called or texted",
        (Contact, ListedNumber, OutreachConsent, Refusal, Outbound),
        shut=WHO,
    ),
    Permission.CONVERSATIONS_READ: Meaning(
        "See which conversations there were, without what was said",
        (Conversation, ConsentRecord),
        SAID,
    ),
    Permission.CONVERSATIONS_WRITE: Meaning("Add to conversations", (Conversation,), SAID),
    Permission.DATA_EXPORT: Meaning("Take files of everything along", (BulkExport, *PEOPLE), SOUND),
    Permission.EXPORTS_READ: Meaning("See which files were made", (BulkExport,)),
    Permission.FEEDBACK_WRITE: Meaning("Rate conversations", (Feedback,)),
    Permission.GRANTS_READ: Meaning("See who from above may come in", (AccessGrant,)),
    Permission.INSIGHTS_READ: Meaning(
        "See what many businesses did together, none of them by name"
    ),
    Permission.KEYS_READ: Meaning("See which API keys there are, not the keys", (ApiKey,)),
    Permission.KNOWLEDGE_READ: Meaning("See what the receptionist knows", (KnowledgeItem,)),
    Permission.KNOWLEDGE_WRITE: Meaning("Change what the receptionist knows", (KnowledgeItem,)),
    Permission.LEADS_READ: Meaning("See leads", (Lead,)),
    Permission.LEADS_WRITE: Meaning("Add and change leads", (Lead,)),
    Permission.MEMBERS_READ: Meaning(
        "See who works for you, with their e-mail addresses",
        (Membership, User, Invitation, CustomRole, SsoDomain),
    ),
    Permission.MESSAGES_READ: Meaning("Read messages that callers left", (Message,)),
    Permission.MESSAGES_WRITE: Meaning("Leave messages and settle them", (Message,)),
    Permission.NUMBERS_READ: Meaning("See your telephone numbers", (PhoneNumber,)),
    Permission.NUMBERS_WRITE: Meaning("Attach and release telephone numbers", (PhoneNumber,)),
    Permission.ORGANIZATION_READ: Meaning(
        "See the businesses of your organisation",
        (AccessInvitation, BulkChange, TenantTemplate),
    ),
    Permission.ORGANIZATION_WRITE: Meaning(
        "Open businesses and change how they are set up",
        (AccessInvitation, BulkChange, TenantTemplate),
    ),
    Permission.PLUGINS_READ: Meaning(
        "See which plugins are on and which accounts are connected",
        (PluginInstallation, OAuthConnection, CrmFile),
    ),
    Permission.PLUGINS_WRITE: Meaning(
        "Switch plugins on and off, and connect accounts", (PluginInstallation, OAuthVisit)
    ),
    Permission.PRIVACY_ASK: Meaning("Take down what people ask of their data", (PrivacyRequest,)),
    Permission.PRIVACY_ERASE: Meaning("Erase people and all that is known of them", PEOPLE),
    Permission.PRIVACY_EXPORT: Meaning("Export all that is known of people", PEOPLE),
    Permission.PRIVACY_READ: Meaning(
        "See what you promise of callers' data, and what they ask of it",
        (
            Agreement,
            Archive,
            DataContract,
            Disposition,
            Erasure,
            LegalHold,
            LegalProcess,
            Notice,
            PolicyVersion,
            PrivacyChoice,
            PrivacyRequest,
            RetentionRun,
            RouteAcceptance,
            TrainingExport,
        ),
    ),
    Permission.PRIVACY_WRITE: Meaning(
        "Change what you promise of callers' data, and answer what they ask of it",
        (Agreement, Disposition, PolicyVersion, PrivacyRequest, PrivacyChoice),
    ),
    Permission.RECORDINGS_DELETE: Meaning("Delete recordings for good", (Recording,), SOUND),
    Permission.RECORDINGS_LISTEN: Meaning("Listen to recordings of calls", (Recording,)),
    Permission.RECORDINGS_WRITE: Meaning("Record calls", (Recording,)),
    Permission.SANDBOX_READ: Meaning("See what happens in your sandbox", (CapturedLetter,)),
    Permission.SANDBOX_WRITE: Meaning("Try things out in your sandbox", (CapturedLetter,)),
    Permission.SECURITY_READ: Meaning(
        "See alerts and incidents", (SecurityAlert, SecurityIncident)
    ),
    Permission.SUPPORT_READ: Meaning("See your support tickets", (SupportTicket,)),
    Permission.SUPPORT_WRITE: Meaning("Open and change support tickets", (SupportTicket,)),
    Permission.TENANT_READ: Meaning("See which business you are", (LifeCycle, Tenant)),
    Permission.TENANT_WRITE: Meaning("Change your business's name and settings", (Tenant,)),
    Permission.TENANTS_REACH: Meaning("Come in at businesses that let you in", (AccessGrant,)),
    Permission.TENANTS_WRITE: Meaning("Suspend businesses and serve them again", (Tenant,)),
    Permission.TOOLS_READ: Meaning(
        "See your own tools, and when they were used", (CustomTool, CustomToolRun)
    ),
    Permission.TOOLS_WRITE: Meaning(
        "Have callers' questions answered by addresses of its choice", (CustomTool,)
    ),
    Permission.TRANSCRIPTS_READ: Meaning(
        "Read what was said, word by word", (Conversation, Turn, IntakeAnswer)
    ),
    Permission.TRANSFERS_READ: Meaning("See which calls were passed on", (Transfer,)),
    Permission.TRANSFERS_WRITE: Meaning("Pass calls on", (Transfer,)),
    Permission.USAGE_READ: Meaning("See what was used", (UsageEvent,)),
    Permission.USAGE_WRITE: Meaning("Write down what was used", (UsageEvent,)),
    Permission.WEBHOOKS_READ: Meaning(
        "See your webhooks and what they were sent", (WebhookEndpoint, WebhookExchange)
    ),
    Permission.WEBHOOKS_WRITE: Meaning(
        "Send what happens to addresses of its choice", (WebhookEndpoint,)
    ),
}

CLASSES = {
    DataClass.ACCOUNT: "your staff's accounts",
    DataClass.APPOINTMENT: "appointments",
    DataClass.AUDIT: "who did what",
    DataClass.BUSINESS: "your business",
    DataClass.CALLER_IDENTITY: "callers' names and numbers",
    DataClass.CALL_METADATA: "when calls took place",
    DataClass.CONSENT: "what callers agreed to or refused",
    DataClass.DEVICE: "devices",
    DataClass.INQUIRY: "what callers want",
    DataClass.LEAD: "leads",
    DataClass.LOCATION: "places of use",
    DataClass.LOG: "logs",
    DataClass.RECORDING: "recorded voices",
    DataClass.SUPPORT: "support tickets",
    DataClass.SURVEY: "ratings",
    DataClass.TRANSCRIPT: "what was said",
    DataClass.USAGE: "usage",
}


def classes_of(permissions: Iterable[str]) -> list[DataClass]:
    """Every kind of data that some permissions open, in order."""
    known = [MEANINGS[each] for each in permissions if each in MEANINGS]
    return sorted({each for meaning in known for each in meaning.classes})

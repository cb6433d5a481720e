"""The enumerations of the core, known to GraphQL under their own names and docstrings."""

import strawberry

from domain.appointments.models import AppointmentStatus
from domain.business.profile import HandlingMode, QuestionKind, ResourceKind
from domain.calls.models import CallState, Direction
from domain.contacts.models import NumberList
from domain.conversations.acts import Disposition
from domain.conversations.models import Channel, Outcome, Speaker
from domain.exports.models import ExportFormat, ExportState
from domain.knowledge.models import KnowledgeStatus
from domain.leads.models import LeadStatus, Qualification
from domain.messages.models import MessageStatus, Priority
from domain.personal import DataClass, Source
from domain.recordings.models import RecordingState
from domain.scope import TenantKind, TenantStatus
from domain.support.models import TicketStatus
from domain.sync.models import SyncKind
from domain.trail import TraceOutcome
from domain.transfers.models import TransferState
from plugins.models import DeliveryStatus
from plugins.webhooks.models import WebhookAlgorithm, WebhookOwner, WebhookStopped
from tenants.models import Role, SignInMethod
from tenants.organizations.models import BulkStatus, ResultStatus
from tenants.roles import Permission
from tenants.watch.models import IncidentStatus
from tenants.watch.models import StepKind as IncidentStepKind
from tenants.watch.rules import Rule as SecurityRule
from tenants.watch.rules import Severity as SecuritySeverity

__all__ = [
    "AppointmentStatus",
    "BulkStatus",
    "CallState",
    "Channel",
    "DataClass",
    "DeliveryStatus",
    "Direction",
    "Disposition",
    "ExportFormat",
    "ExportState",
    "HandlingMode",
    "IncidentStatus",
    "IncidentStepKind",
    "KnowledgeStatus",
    "LeadStatus",
    "MessageStatus",
    "NumberList",
    "Outcome",
    "Permission",
    "Priority",
    "Qualification",
    "QuestionKind",
    "RecordingState",
    "ResourceKind",
    "ResultStatus",
    "Role",
    "SecurityRule",
    "SecuritySeverity",
    "SignInMethod",
    "Source",
    "Speaker",
    "SyncKind",
    "TenantKind",
    "TenantStatus",
    "TicketStatus",
    "TraceOutcome",
    "TransferState",
    "WebhookAlgorithm",
    "WebhookOwner",
    "WebhookStopped",
]

for name in __all__:
    strawberry.enum(globals()[name], name=name)

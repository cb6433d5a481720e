"""The enumerations of the core, known to GraphQL under their own names and docstrings."""

import strawberry

from domain.appointments.models import AppointmentStatus
from domain.business.profile import HandlingMode, QuestionKind, ResourceKind
from domain.calls.models import CallState, Direction
from domain.contacts.models import NumberList
from domain.conversations.acts import Disposition
from domain.conversations.models import Channel, Outcome, Speaker
from domain.erasure.models import ErasureReason, ErasureState
from domain.erasure.models import Obstacle as ErasureObstacle
from domain.erasure.models import SubjectKind as ErasureSubject
from domain.exports.models import ExportFormat, ExportState
from domain.knowledge.models import KnowledgeStatus
from domain.leads.models import LeadStatus, Qualification
from domain.messages.models import MessageStatus, Priority
from domain.personal import DataClass, Source
from domain.privacy.policy import Action as RetentionAction
from domain.privacy.policy import Destination as WordsDestination
from domain.privacy.policy import Preset as PolicyPreset
from domain.privacy.policy import Sensitive as SensitiveKind
from domain.privacy.policy import Since as RetentionStart
from domain.privacy.policy import StorageMode
from domain.privacy.purposes import Basis as LegalBasis
from domain.privacy.purposes import Purpose
from domain.recordings.models import RecordingState
from domain.scope import TenantKind, TenantStatus
from domain.search.models import SearchKind
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
    "ErasureObstacle",
    "ErasureReason",
    "ErasureState",
    "ErasureSubject",
    "ExportFormat",
    "ExportState",
    "HandlingMode",
    "IncidentStatus",
    "IncidentStepKind",
    "KnowledgeStatus",
    "LeadStatus",
    "LegalBasis",
    "MessageStatus",
    "NumberList",
    "Outcome",
    "Permission",
    "PolicyPreset",
    "Priority",
    "Purpose",
    "Qualification",
    "QuestionKind",
    "RecordingState",
    "ResourceKind",
    "ResultStatus",
    "RetentionAction",
    "RetentionStart",
    "Role",
    "SearchKind",
    "SecurityRule",
    "SecuritySeverity",
    "SensitiveKind",
    "SignInMethod",
    "Source",
    "Speaker",
    "StorageMode",
    "SyncKind",
    "TenantKind",
    "TenantStatus",
    "TicketStatus",
    "TraceOutcome",
    "TransferState",
    "WebhookAlgorithm",
    "WebhookOwner",
    "WebhookStopped",
    "WordsDestination",
]

for name in __all__:
    strawberry.enum(globals()[name], name=name)

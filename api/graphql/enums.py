"""The enumerations of the core, known to GraphQL under their own names and docstrings."""

import strawberry

from domain.appointments.models import AppointmentStatus
from domain.archives.models import ArchiveState
from domain.archives.models import Whose as ArchiveOwner
from domain.business.profile import HandlingMode, QuestionKind, ResourceKind
from domain.business.profile import Repeat as ClosureRepeat
from domain.calls.models import CallState, Direction
from domain.consent.models import Party as ConsentParty
from domain.consent.terms import Manner as ConsentManner
from domain.consent.terms import Method as ConsentMethod
from domain.consent.terms import Outcome as ConsentOutcome
from domain.contacts.models import NumberList
from domain.conversations.acts import Disposition
from domain.conversations.models import Channel, Outcome, Speaker
from domain.crm.models import Filling as CustomerFileFilling
from domain.erasure.models import ErasureReason, ErasureState
from domain.erasure.models import Obstacle as ErasureObstacle
from domain.erasure.models import SubjectKind as ErasureSubject
from domain.exports.models import ExportFormat, ExportState
from domain.knowledge.models import KnowledgeStatus
from domain.leads.models import LeadStatus, Qualification
from domain.messages.models import MessageStatus, Priority
from domain.outreach.agreements.models import Form as ConsentForm
from domain.outreach.agreements.models import Route as OutreachRoute
from domain.outreach.outbound.models import OutboundState
from domain.outreach.refusals import Refusal as OutreachRefusal
from domain.personal import DataClass, Source
from domain.privacy.policy import Action as RetentionAction
from domain.privacy.policy import Destination as WordsDestination
from domain.privacy.policy import Preset as PolicyPreset
from domain.privacy.policy import Sensitive as SensitiveKind
from domain.privacy.policy import Since as RetentionStart
from domain.privacy.policy import StorageMode
from domain.privacy.purposes import Basis as LegalBasis
from domain.privacy.purposes import Purpose
from domain.privacy.recipients import Standing as RecipientStanding
from domain.privacy.recipients import TransferBasis
from domain.receptionist.offers import Condition as ToolCondition
from domain.recordings.models import RecordingState
from domain.reminders.models import Occasion as ReminderOccasion
from domain.reminders.models import ReminderState
from domain.reminders.models import Reply as ReminderReply
from domain.reminders.models import RuleKind as ReminderKind
from domain.retention.deeds import Reach as RetentionReach
from domain.retention.holds.models import HoldReason, HoldScope
from domain.retention.models import RunState as RetentionRunState
from domain.retention.models import StopReason as RetentionStop
from domain.rights.clocks import Duty as ClockDuty
from domain.rights.kinds import Intake as PrivacyRequestIntake
from domain.rights.kinds import Means as VerificationMeans
from domain.rights.kinds import Party as PrivacyRequestParty
from domain.rights.kinds import Refusal as RefusalReason
from domain.rights.kinds import RequestKind as PrivacyRequestKind
from domain.rights.kinds import RequestState as PrivacyRequestState
from domain.scope import TenantKind, TenantStatus
from domain.search.models import SearchKind
from domain.support.models import TicketStatus
from domain.sync.models import SyncKind
from domain.trail import TraceOutcome
from domain.training.models import TrainingState
from domain.training.rules import Bar as TrainingBar
from domain.transfers.models import TransferState
from domain.waitlist.models import WaitState
from domain.waitlist.rules import DayPart
from plugins.connections.models import ConnectionStatus
from plugins.custom_tools.definition import AnswerKind as ToolAnswerKind
from plugins.custom_tools.definition import InputSource as ToolInputSource
from plugins.custom_tools.models import ToolOutcome
from plugins.manifest import Category as PluginCategory
from plugins.models import DeliveryStatus
from plugins.models import Health as PluginHealth
from plugins.webhooks.models import WebhookAlgorithm, WebhookOwner, WebhookStopped
from tenants.agreements.models import Disposal as HealthDataDisposal
from tenants.insights.rules import Measure
from tenants.life_cycle.models import Stage as LifeStage
from tenants.models import Role, SignInMethod
from tenants.notifications.models import News, NewsPace
from tenants.organizations.models import BulkStatus, ResultStatus
from tenants.records.legal.models import LegalBasis as DemandBasis
from tenants.records.legal.models import LegalStage as DemandStage
from tenants.records.notices.models import NoticeKind
from tenants.records.policies.models import Document as PolicyDocument
from tenants.records.policies.models import Manner as AcceptanceManner
from tenants.roles import Permission
from tenants.watch.models import IncidentStatus
from tenants.watch.models import StepKind as IncidentStepKind
from tenants.watch.rules import Rule as SecurityRule
from tenants.watch.rules import Severity as SecuritySeverity

__all__ = [
    "AcceptanceManner",
    "AppointmentStatus",
    "ArchiveOwner",
    "ArchiveState",
    "BulkStatus",
    "CallState",
    "Channel",
    "ClockDuty",
    "ClosureRepeat",
    "ConnectionStatus",
    "ConsentForm",
    "ConsentManner",
    "ConsentMethod",
    "ConsentOutcome",
    "ConsentParty",
    "CustomerFileFilling",
    "DataClass",
    "DayPart",
    "DeliveryStatus",
    "DemandBasis",
    "DemandStage",
    "Direction",
    "Disposition",
    "ErasureObstacle",
    "ErasureReason",
    "ErasureState",
    "ErasureSubject",
    "ExportFormat",
    "ExportState",
    "HandlingMode",
    "HealthDataDisposal",
    "HoldReason",
    "HoldScope",
    "IncidentStatus",
    "IncidentStepKind",
    "KnowledgeStatus",
    "LeadStatus",
    "LegalBasis",
    "LifeStage",
    "Measure",
    "MessageStatus",
    "News",
    "NewsPace",
    "NoticeKind",
    "NumberList",
    "OutboundState",
    "Outcome",
    "OutreachRefusal",
    "OutreachRoute",
    "Permission",
    "PluginCategory",
    "PluginHealth",
    "PolicyDocument",
    "PolicyPreset",
    "Priority",
    "PrivacyRequestIntake",
    "PrivacyRequestKind",
    "PrivacyRequestParty",
    "PrivacyRequestState",
    "Purpose",
    "Qualification",
    "QuestionKind",
    "RecipientStanding",
    "RecordingState",
    "RefusalReason",
    "ReminderKind",
    "ReminderOccasion",
    "ReminderReply",
    "ReminderState",
    "ResourceKind",
    "ResultStatus",
    "RetentionAction",
    "RetentionReach",
    "RetentionRunState",
    "RetentionStart",
    "RetentionStop",
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
    "ToolAnswerKind",
    "ToolCondition",
    "ToolInputSource",
    "ToolOutcome",
    "TraceOutcome",
    "TrainingBar",
    "TrainingState",
    "TransferBasis",
    "TransferState",
    "VerificationMeans",
    "WaitState",
    "WebhookAlgorithm",
    "WebhookOwner",
    "WebhookStopped",
    "WordsDestination",
]

for name in __all__:
    strawberry.enum(globals()[name], name=name)

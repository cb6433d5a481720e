"""The enumerations of the core, known to GraphQL under their own names and docstrings."""

import strawberry

from domain.appointments.models import AppointmentStatus
from domain.business.profile import HandlingMode, QuestionKind, ResourceKind
from domain.calls.models import CallState, Direction
from domain.contacts.models import NumberList
from domain.conversations.acts import Disposition
from domain.conversations.models import Channel, Outcome, Speaker
from domain.knowledge.models import KnowledgeStatus
from domain.leads.models import LeadStatus, Qualification
from domain.messages.models import MessageStatus, Priority
from domain.personal import DataClass, Source
from domain.recordings.models import RecordingState
from domain.scope import TenantStatus
from domain.support.models import TicketStatus
from domain.trail import TraceOutcome
from domain.transfers.models import TransferState
from plugins.models import DeliveryStatus
from plugins.webhooks.models import WebhookAlgorithm, WebhookOwner, WebhookStopped
from tenants.models import Role
from tenants.roles import Permission

__all__ = [
    "AppointmentStatus",
    "CallState",
    "Channel",
    "DataClass",
    "DeliveryStatus",
    "Direction",
    "Disposition",
    "HandlingMode",
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
    "Role",
    "Source",
    "Speaker",
    "TenantStatus",
    "TicketStatus",
    "TraceOutcome",
    "TransferState",
    "WebhookAlgorithm",
    "WebhookOwner",
    "WebhookStopped",
]

for name in __all__:
    strawberry.enum(globals()[name])

"""What happens to alerts, incidents, and those who are frozen."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class AlertRaised(Event):
    """A rule of watching was broken; `rule` and `severity` say which, and how much it matters."""

    name: ClassVar[str] = "alert.raised"
    aggregate: ClassVar[str] = "alert_id"
    alert_id: UUID
    rule: str
    severity: str


@dataclass(frozen=True, kw_only=True)
class AlertAcknowledged(Event):
    """Somebody has taken note of an alert."""

    name: ClassVar[str] = "alert.acknowledged"
    aggregate: ClassVar[str] = "alert_id"
    alert_id: UUID


@dataclass(frozen=True, kw_only=True)
class MemberFrozen(Event):
    """A member is shut out; `by_rule` says that nobody did it by hand."""

    name: ClassVar[str] = "member.frozen"
    aggregate: ClassVar[str] = "member_id"
    member_id: UUID
    user_id: UUID
    by_rule: bool


@dataclass(frozen=True, kw_only=True)
class MemberThawed(Event):
    """A member who was shut out may come in again."""

    name: ClassVar[str] = "member.thawed"
    aggregate: ClassVar[str] = "member_id"
    member_id: UUID
    user_id: UUID


@dataclass(frozen=True, kw_only=True)
class MemberSignedOut(Event):
    """Every session of a member here was ended by a rule, although they were not shut out."""

    name: ClassVar[str] = "member.sessions_ended"
    aggregate: ClassVar[str] = "member_id"
    member_id: UUID
    user_id: UUID


@dataclass(frozen=True, kw_only=True)
class ApiKeyFrozen(Event):
    """A key opens nothing until it is thawed; `by_rule` says that nobody did it by hand."""

    name: ClassVar[str] = "api_key.frozen"
    aggregate: ClassVar[str] = "api_key_id"
    api_key_id: UUID
    by_rule: bool


@dataclass(frozen=True, kw_only=True)
class ApiKeyThawed(Event):
    """A key that was frozen is good again."""

    name: ClassVar[str] = "api_key.thawed"
    aggregate: ClassVar[str] = "api_key_id"
    api_key_id: UUID


@dataclass(frozen=True, kw_only=True)
class WatchRuleSet(Event):
    """The business is watched over otherwise than before."""

    name: ClassVar[str] = "watch_rule.changed"
    aggregate: ClassVar[str] = "tenant_id"
    tenant_id: UUID
    rule: str


@dataclass(frozen=True, kw_only=True)
class IncidentOpened(Event):
    """Something went wrong, and is being looked into."""

    name: ClassVar[str] = "incident.opened"
    aggregate: ClassVar[str] = "incident_id"
    incident_id: UUID
    severity: str


@dataclass(frozen=True, kw_only=True)
class IncidentUpdated(Event):
    """More is known of an incident; `changed` names the columns."""

    name: ClassVar[str] = "incident.updated"
    aggregate: ClassVar[str] = "incident_id"
    incident_id: UUID
    changed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class IncidentClosed(Event):
    """An incident is over."""

    name: ClassVar[str] = "incident.closed"
    aggregate: ClassVar[str] = "incident_id"
    incident_id: UUID

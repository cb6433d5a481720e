"""What happens around single sign-on."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class SsoConfigured(Event):
    """A business's identity provider was set up, or changed; `changed` names the columns."""

    name: ClassVar[str] = "sso.configured"
    aggregate: ClassVar[str] = "connection_id"
    connection_id: UUID
    changed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SsoDisabled(Event):
    """Nobody comes in by the identity provider any more; whoever had has left."""

    name: ClassVar[str] = "sso.disabled"
    aggregate: ClassVar[str] = "connection_id"
    connection_id: UUID


@dataclass(frozen=True, kw_only=True)
class SsoDomainAdded(Event):
    """A business says that a domain is its own; it has yet to prove it."""

    name: ClassVar[str] = "sso_domain.added"
    aggregate: ClassVar[str] = "domain_id"
    domain_id: UUID


@dataclass(frozen=True, kw_only=True)
class SsoDomainVerified(Event):
    """A domain is the business's own, as its DNS says."""

    name: ClassVar[str] = "sso_domain.verified"
    aggregate: ClassVar[str] = "domain_id"
    domain_id: UUID


@dataclass(frozen=True, kw_only=True)
class SsoDomainLapsed(Event):
    """The record of a domain has been missing for days: it speaks for nobody any more."""

    name: ClassVar[str] = "sso_domain.lapsed"
    aggregate: ClassVar[str] = "domain_id"
    domain_id: UUID


@dataclass(frozen=True, kw_only=True)
class SsoDomainRemoved(Event):
    """A domain was taken off the list."""

    name: ClassVar[str] = "sso_domain.removed"
    aggregate: ClassVar[str] = "domain_id"
    domain_id: UUID


@dataclass(frozen=True, kw_only=True)
class SsoLinked(Event):
    """A business's provider named somebody for the first time, who is this person from then on."""

    name: ClassVar[str] = "sso.linked"
    aggregate: ClassVar[str] = "identity_id"
    identity_id: UUID
    user_id: UUID

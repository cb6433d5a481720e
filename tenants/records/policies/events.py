"""What happens to editions."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event
from tenants.records.policies.models import Manner


@dataclass(frozen=True, kw_only=True)
class EditionAccepted(Event):
    """Somebody accepted a version of a document of the operator."""

    name: ClassVar[str] = "edition.accepted"
    aggregate: ClassVar[str] = "policy_acceptance_id"
    policy_acceptance_id: UUID
    edition_id: UUID
    manner: Manner

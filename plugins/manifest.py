"""What a plugin says of itself, shown to the owner before it is switched on."""

from dataclasses import dataclass
from enum import StrEnum

from pydantic import BaseModel

from domain.personal import DataClass
from domain.privacy.purposes import Purpose
from domain.privacy.recipients import Recipient


class Category(StrEnum):
    """Where a plugin stands in the list."""

    CHANNEL = "channel"


@dataclass(frozen=True)
class Manifest:
    """A plugin's name (also its key in the database), settings, reach and personal data."""

    name: str
    title: str
    summary: str
    version: str
    category: Category
    settings: type[BaseModel]
    """What a tenant may set; `SecretStr` fields are sealed and never shown again."""
    permissions: frozenset[str]
    """What its handlers may do in their units of work."""
    data: frozenset[DataClass]
    """The personal data it reads or sends."""
    purpose: Purpose
    """What for."""
    recipients: tuple[Recipient, ...] = ()
    """Whom it sends personal data to: shown to the owner, and bound to the region of a tenant."""
    asks_agreements: bool = False
    """Whether it lets out what is known of callers under an agreement only (`clearance`). Where
    health data is protected any other has to have an agreement of its own (`plugin:NAME`)."""

"""What a plugin says of itself, shown to the owner before it is switched on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from domain.personal import DataClass
from domain.privacy.purposes import Purpose
from domain.privacy.recipients import Recipient

Settings = dict[str, Any]
Migration = Callable[[Settings], Settings]
"""Makes settings of one version into those of the next; a pure function."""


class Category(StrEnum):
    """Where a plugin stands in the list."""

    ANALYTICS = "analytics"
    CALENDAR = "calendar"
    CHANNEL = "channel"
    CRM = "crm"
    MARKETING = "marketing"
    PAYMENT = "payment"
    TOOL = "tool"
    VERTICAL = "vertical"


@dataclass(frozen=True)
class OAuth:
    """The vendor that a tenant connects to by OAuth, and what is asked of it there."""

    provider: str
    scopes: tuple[str, ...] = ()


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
    needs_hipaa: bool = False
    """Whether it may be on only where health data is protected (`HIPAA` mode)."""
    icon: str = ""
    """An emoji or the address of an image; none, if empty."""
    requires: frozenset[str] = frozenset()
    """Other plugins that have to be on."""
    conflicts: frozenset[str] = frozenset()
    """Other plugins that must not be on."""
    settings_version: int = 1
    migrations: Mapping[int, Migration] = field(default_factory=dict)
    """From each version of the settings before this one to the next."""
    oauth: OAuth | None = None
    """Where a tenant has to connect it, if anywhere."""
    stores_personal_data: bool = False
    """Whether it keeps personal data, in tables of its own or elsewhere: then it answers for it
    (`register_personal_data`)."""
    models: str = ""
    """The module of its tables, if it has any; their migrations stand beside it."""

    def __post_init__(self) -> None:
        if set(self.migrations) != set(range(1, self.settings_version)):
            raise TypeError(f"{self.name} needs a migration from each version of its settings")

    def current(self, settings: Settings, version: int) -> Settings:
        """Settings that were stored by an older version of the plugin, as this one reads them."""
        for step in range(version, self.settings_version):
            settings = self.migrations[step](dict(settings))
        return settings

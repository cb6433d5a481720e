"""What can stand in the way of protecting health data and closing accounts, in result unions."""

import strawberry

from api.graphql.mirrors import Mirror
from plugins.errors import (
    CopyFirst,
    HealthModeNeeded,
    PluginHolds,
    PluginsEntangled,
    PluginsUncovered,
)
from plugins.graphql_kit import UserError
from tenants.agreements.errors import AgreementMissing, AgreementNeeded, DispositionMissing
from tenants.life_cycle.errors import GraceOver, HouseStays, NotClosed


@strawberry.type
class AgreementMissingError(UserError):
    """No business associate agreement is in force; record it first."""


@strawberry.type
class AgreementNeededError(UserError):
    """HIPAA mode rests on this agreement; turn it off first."""


@strawberry.type
class DispositionMissingError(UserError):
    """Nobody has said what becomes of the health data that is here."""

    rows: int


@strawberry.type
class PluginsUncoveredError(UserError):
    """No business associate agreement covers these plugins; switch them off first."""

    plugins: list[str]


@strawberry.type
class HealthModeNeededError(UserError):
    """These plugins may be on only in HIPAA mode; the message says how to get there."""

    plugins: list[str]


@strawberry.type
class PluginsEntangledError(UserError):
    """Other plugins have to be switched on or off first."""

    plugins: list[str]


@strawberry.type
class PluginHoldsError(UserError):
    """The plugin holds other rows than were shown; look at its removal again."""

    rows: int


@strawberry.type
class CopyFirstError(UserError):
    """No archive of the last days holds what would be deleted."""


@strawberry.type
class NotClosedError(UserError):
    """The account is in use."""


@strawberry.type
class GraceOverError(UserError):
    """It is too late to take the account up again."""


@strawberry.type
class HouseStaysError(UserError):
    """Only a business can be closed by its owner."""


CLOSING_HANDLERS = [
    Mirror(AgreementMissing, AgreementMissingError),
    Mirror(AgreementNeeded, AgreementNeededError),
    Mirror(DispositionMissing, DispositionMissingError),
    Mirror(PluginsUncovered, PluginsUncoveredError),
    Mirror(HealthModeNeeded, HealthModeNeededError),
    Mirror(PluginsEntangled, PluginsEntangledError),
    Mirror(PluginHolds, PluginHoldsError),
    Mirror(CopyFirst, CopyFirstError),
    Mirror(NotClosed, NotClosedError),
    Mirror(GraceOver, GraceOverError),
    Mirror(HouseStays, HouseStaysError),
]

"""Failures around people, their roles, keys and apps, as members of result unions."""

from typing import ClassVar

import strawberry

from api.graphql.enums import Permission
from api.graphql.mirrors import Mirror
from domain.retention.errors import ClockWentBack
from domain.retention.holds.errors import HoldReleased, NothingToHold
from plugins.graphql_kit import UserError
from tenants.api_keys.errors import KeyOver
from tenants.apps.errors import PublicApp, TooManyApps
from tenants.errors import AlreadyEnrolled, MfaNotEnrolled, TooManyPasskeys
from tenants.members.errors import (
    AlreadyInvited,
    AlreadyMember,
    BeyondOwnRights,
    InvitationClosed,
    LastOwner,
    RoleInUse,
    RoleNameTaken,
)
from tenants.policy.errors import PolicyApplies
from tenants.watch.errors import IncidentOver, NotYourself


@strawberry.type
class BeyondOwnRightsError(UserError):
    """Nobody gives or takes away more than they hold; `missing` names what one does not."""

    missing: list[Permission]


@strawberry.type
class LastOwnerError(UserError):
    """Nobody would own the business any more; make somebody else an owner first."""


@strawberry.type
class NotYourselfError(UserError):
    """Somebody wanted to shut themselves out."""


@strawberry.type
class RoleNameTakenError(UserError):
    """Another role has that name."""

    at: ClassVar[str] = "name"
    name: str


@strawberry.type
class RoleInUseError(UserError):
    """So many members have the role, and so many are invited to it."""

    members: int
    invitations: int


@strawberry.type
class AlreadyMemberError(UserError):
    """They work for the business already."""

    at: ClassVar[str] = "email"


@strawberry.type
class AlreadyInvitedError(UserError):
    """There is an open invitation to that address: send its letter again, or revoke it."""

    at: ClassVar[str] = "email"


@strawberry.type
class InvitationClosedError(UserError):
    """The invitation was accepted or revoked."""


@strawberry.type
class KeyOverError(UserError):
    """The key was revoked or has expired."""


@strawberry.type
class PublicAppError(UserError):
    """The app cannot keep a secret, and so has none."""


@strawberry.type
class TooManyAppsError(UserError):
    """There are as many apps as a business can make."""

    limit: int


@strawberry.type
class AlreadyEnrolledError(UserError):
    """There is an authenticator app already."""


@strawberry.type
class MfaNotEnrolledError(UserError):
    """There is no second factor yet; set one up first."""


@strawberry.type
class TooManyPasskeysError(UserError):
    """One has as many passkeys as one may."""

    limit: int


@strawberry.type
class IncidentOverError(UserError):
    """The incident is closed; another one can be opened."""


@strawberry.type
class PolicyAppliesError(UserError):
    """The policy applies already; adopt another one instead."""


@strawberry.type
class NothingToHoldError(UserError):
    """The person or the conversation is not known, or is erased already."""


@strawberry.type
class HoldReleasedError(UserError):
    """The hold was released before; place another one."""


@strawberry.type
class ClockWentBackError(UserError):
    """It is earlier than it has been: nothing is deleted until the clock is right again."""


PEOPLE_HANDLERS = [
    Mirror(ClockWentBack, ClockWentBackError),
    Mirror(HoldReleased, HoldReleasedError),
    Mirror(NothingToHold, NothingToHoldError),
    Mirror(BeyondOwnRights, BeyondOwnRightsError),
    Mirror(LastOwner, LastOwnerError),
    Mirror(NotYourself, NotYourselfError),
    Mirror(RoleNameTaken, RoleNameTakenError),
    Mirror(RoleInUse, RoleInUseError),
    Mirror(AlreadyMember, AlreadyMemberError),
    Mirror(AlreadyInvited, AlreadyInvitedError),
    Mirror(InvitationClosed, InvitationClosedError),
    Mirror(KeyOver, KeyOverError),
    Mirror(PublicApp, PublicAppError),
    Mirror(TooManyApps, TooManyAppsError),
    Mirror(AlreadyEnrolled, AlreadyEnrolledError),
    Mirror(MfaNotEnrolled, MfaNotEnrolledError),
    Mirror(TooManyPasskeys, TooManyPasskeysError),
    Mirror(IncidentOver, IncidentOverError),
    Mirror(PolicyApplies, PolicyAppliesError),
]

"""Failures that callers can act on, as members of result unions.

Each type mirrors one domain error by its attributes, so a handler only copies them. A handler
comes into play where a field's union names its type, after the unit of work has rolled back.
"""

from dataclasses import fields
from datetime import datetime
from typing import Any, ClassVar

import strawberry
from strawberry.utils.str_converters import to_camel_case

from api.graphql.enums import Permission, RecordingState
from api.graphql.sandbox_errors import NoSandboxError, OnlyInSandboxError, SandboxExistsError
from domain.appointments.errors import (
    DayFull,
    InThePast,
    NotBookable,
    OutsideHours,
    SlotTaken,
    TooFarAhead,
    TooLateToChange,
    TooSoon,
    WrongStatus,
)
from domain.business.errors import DefaultLocation, NameTaken, StillNeeded
from domain.contacts.errors import AlreadyListed, ContactExists
from domain.errors import DomainError, InvalidInput
from domain.exports.errors import ExportRunning
from domain.idempotency import InProgress, KeyReused, ShownOnce
from domain.phone_numbers.errors import NumberTaken
from domain.recordings.errors import NotReady
from plugins.errors import JustInstalled, PluginNotEnabled
from plugins.graphql_kit import UserError
from plugins.webhooks.errors import EndpointDisabled, TooManyEndpoints, TooManyToReplay
from tenants.api_keys.errors import KeyOver
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
from tenants.sandbox.errors import NoSandbox, OnlyInSandbox, SandboxExists


@strawberry.type
class FieldProblem:
    """What is wrong with one field of an input."""

    path: str
    message: str
    code: str


@strawberry.type
class InvalidInputError(UserError):
    """The request cannot be understood as it stands."""

    fields: list[FieldProblem]


@strawberry.type
class SlotTakenError(UserError):
    """Somebody else has that time; the alternatives were free a moment ago."""

    at: ClassVar[str] = "startsAt"
    starts_at: datetime
    alternatives: list[datetime]


@strawberry.type
class OutsideHoursError(UserError):
    """Nobody is there at that time; the alternatives were free a moment ago."""

    at: ClassVar[str] = "startsAt"
    starts_at: datetime
    alternatives: list[datetime]


@strawberry.type
class InThePastError(UserError):
    """That time has gone by."""

    at: ClassVar[str] = "startsAt"
    starts_at: datetime


@strawberry.type
class TooSoonError(UserError):
    """The business wants more notice."""

    at: ClassVar[str] = "startsAt"
    earliest: datetime


@strawberry.type
class TooFarAheadError(UserError):
    """The calendar is not open that far."""

    at: ClassVar[str] = "startsAt"
    latest: datetime


@strawberry.type
class DayFullError(UserError):
    """The business sees no more people that day."""

    at: ClassVar[str] = "startsAt"
    limit: int


@strawberry.type
class NotBookableError(UserError):
    """The service cannot be booked by this visitor, or not at all."""

    at: ClassVar[str] = "serviceId"


@strawberry.type
class TooLateToChangeError(UserError):
    """The visit is too close to be moved or cancelled."""

    window_minutes: int


@strawberry.type
class WrongStatusError(UserError):
    """The appointment is not in a state from which that can be done."""

    status: str


@strawberry.type
class ContactExistsError(UserError):
    """Another contact has that telephone number or e-mail address."""


@strawberry.type
class NumberListedError(UserError):
    """The number is on a list already."""

    at: ClassVar[str] = "number"


@strawberry.type
class RecordingNotReadyError(UserError):
    """The recording is not in a state from which that can be done; `reason` says why."""

    state: RecordingState
    reason: str


@strawberry.type
class NumberTakenError(UserError):
    """The number rings at a business already, this one or another."""

    at: ClassVar[str] = "number"


@strawberry.type
class NameTakenError(UserError):
    """Another one has that name."""

    at: ClassVar[str] = "name"
    name: str


@strawberry.type
class StillNeededError(UserError):
    """Bookings, or other parts of the profile, refer to it."""

    needed_by: str


@strawberry.type
class DefaultLocationError(UserError):
    """The default location cannot be removed; make another one the default first."""


@strawberry.type
class JustInstalledError(UserError):
    """Somebody else set the plugin up at the same moment; look again."""


@strawberry.type
class BeyondOwnRightsError(UserError):
    """Nobody gives or takes away more than they hold; `missing` names what one does not."""

    missing: list[Permission]


@strawberry.type
class LastOwnerError(UserError):
    """Nobody would own the business any more; make somebody else an owner first."""


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
class PluginNotEnabledError(UserError):
    """The plugin that does this must be switched on first."""

    plugin: str


@strawberry.type
class TooManyWebhooksError(UserError):
    """There are as many endpoints as a business can have."""

    limit: int


@strawberry.type
class TooManyToReplayError(UserError):
    """More happened in that time than is sent again at once."""

    limit: int


@strawberry.type
class WebhookDisabledError(UserError):
    """The endpoint is off; switch it on first."""


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
class ExportRunningError(UserError):
    """An export is being written; wait for it, or cancel it."""


@strawberry.type
class IdempotencyKeyReusedError(UserError):
    """The idempotency key was used before, with another request."""

    at: ClassVar[str] = "idempotencyKey"


@strawberry.type
class RequestInProgressError(UserError):
    """The same request is being carried out at this moment; ask again shortly."""

    at: ClassVar[str] = "idempotencyKey"


@strawberry.type
class ShownOnceError(UserError):
    """The same request was carried out before; its secret was shown then, and is not kept.

    `id` is what was made: give it a new secret, or take it away.
    """

    at: ClassVar[str] = "idempotencyKey"
    id: strawberry.ID


class Mirror:
    """Turns one domain error into its GraphQL type (a `strawberry.ExceptionHandler`)."""

    def __init__(self, exception_type: type[DomainError], error_type: type[UserError]) -> None:
        self.exception_type = exception_type
        self.error_type = error_type
        own = {field.name for field in fields(error_type)}
        self._copied = own - {field.name for field in fields(UserError)}

    def handle(self, exception: DomainError, *, field: Any, info: Any) -> UserError:
        """Copy what the error says."""
        copied = {name: getattr(exception, name) for name in self._copied}
        path = getattr(self.error_type, "at", None)
        return self.error_type(message=exception.message, code=exception.code, path=path, **copied)


class MirrorInvalidInput(Mirror):
    """Lists the problems of an input, field by field."""

    def __init__(self) -> None:
        super().__init__(InvalidInput, InvalidInputError)

    def handle(self, exception: DomainError, *, field: Any, info: Any) -> UserError:
        """Copy every problem; the first one's field is the error's own."""
        assert isinstance(exception, InvalidInput)
        problems = [
            FieldProblem(path=to_camel_case(p.path), message=p.message, code=p.code)
            for p in exception.problems
        ]
        return InvalidInputError(
            message=exception.message,
            code=exception.code,
            path=problems[0].path if problems else None,
            fields=problems,
        )


HANDLERS = [
    MirrorInvalidInput(),
    Mirror(SlotTaken, SlotTakenError),
    Mirror(OutsideHours, OutsideHoursError),
    Mirror(InThePast, InThePastError),
    Mirror(TooSoon, TooSoonError),
    Mirror(TooFarAhead, TooFarAheadError),
    Mirror(DayFull, DayFullError),
    Mirror(NotBookable, NotBookableError),
    Mirror(TooLateToChange, TooLateToChangeError),
    Mirror(WrongStatus, WrongStatusError),
    Mirror(ContactExists, ContactExistsError),
    Mirror(AlreadyListed, NumberListedError),
    Mirror(NumberTaken, NumberTakenError),
    Mirror(NotReady, RecordingNotReadyError),
    Mirror(NameTaken, NameTakenError),
    Mirror(StillNeeded, StillNeededError),
    Mirror(DefaultLocation, DefaultLocationError),
    Mirror(JustInstalled, JustInstalledError),
    Mirror(BeyondOwnRights, BeyondOwnRightsError),
    Mirror(LastOwner, LastOwnerError),
    Mirror(RoleNameTaken, RoleNameTakenError),
    Mirror(RoleInUse, RoleInUseError),
    Mirror(AlreadyMember, AlreadyMemberError),
    Mirror(AlreadyInvited, AlreadyInvitedError),
    Mirror(InvitationClosed, InvitationClosedError),
    Mirror(KeyOver, KeyOverError),
    Mirror(PluginNotEnabled, PluginNotEnabledError),
    Mirror(TooManyEndpoints, TooManyWebhooksError),
    Mirror(TooManyToReplay, TooManyToReplayError),
    Mirror(EndpointDisabled, WebhookDisabledError),
    Mirror(AlreadyEnrolled, AlreadyEnrolledError),
    Mirror(MfaNotEnrolled, MfaNotEnrolledError),
    Mirror(TooManyPasskeys, TooManyPasskeysError),
    Mirror(ExportRunning, ExportRunningError),
    Mirror(SandboxExists, SandboxExistsError),
    Mirror(NoSandbox, NoSandboxError),
    Mirror(OnlyInSandbox, OnlyInSandboxError),
    Mirror(KeyReused, IdempotencyKeyReusedError),
    Mirror(InProgress, RequestInProgressError),
    Mirror(ShownOnce, ShownOnceError),
]

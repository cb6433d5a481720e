"""Failures that callers can act on, as members of result unions.

Each type mirrors one domain error by its attributes, so a handler only copies them. A handler
comes into play where a field's union names its type, after the unit of work has rolled back.
"""

from datetime import datetime
from typing import Any, ClassVar

import strawberry
from strawberry.utils.str_converters import to_camel_case

from api.graphql.calendar_errors import CALENDAR_HANDLERS
from api.graphql.closing_errors import CLOSING_HANDLERS
from api.graphql.connection_errors import CONNECTION_HANDLERS
from api.graphql.customer_file_errors import CUSTOMER_FILE_HANDLERS
from api.graphql.enums import RecordingState
from api.graphql.erasure_errors import ERASURE_HANDLERS
from api.graphql.mirrors import Mirror
from api.graphql.people_errors import PEOPLE_HANDLERS
from api.graphql.sandbox_errors import NoSandboxError, OnlyInSandboxError, SandboxExistsError
from api.graphql.sso_errors import SSO_HANDLERS
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
from plugins.webhooks.errors import (
    EndpointDisabled,
    ManagedByApp,
    TooManyEndpoints,
    TooManyToReplay,
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
class WebhookOfAppError(UserError):
    """An app keeps the endpoint: end what was agreed to instead."""


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
    Mirror(PluginNotEnabled, PluginNotEnabledError),
    Mirror(TooManyEndpoints, TooManyWebhooksError),
    Mirror(TooManyToReplay, TooManyToReplayError),
    Mirror(EndpointDisabled, WebhookDisabledError),
    Mirror(ManagedByApp, WebhookOfAppError),
    Mirror(ExportRunning, ExportRunningError),
    Mirror(SandboxExists, SandboxExistsError),
    Mirror(NoSandbox, NoSandboxError),
    Mirror(OnlyInSandbox, OnlyInSandboxError),
    Mirror(KeyReused, IdempotencyKeyReusedError),
    Mirror(InProgress, RequestInProgressError),
    *CALENDAR_HANDLERS,
    *CLOSING_HANDLERS,
    *CONNECTION_HANDLERS,
    *CUSTOMER_FILE_HANDLERS,
    *ERASURE_HANDLERS,
    *PEOPLE_HANDLERS,
    *SSO_HANDLERS,
    Mirror(ShownOnce, ShownOnceError),
]

"""What stands in the way of an erasure, as members of result unions."""

from datetime import datetime
from typing import ClassVar

import strawberry

from api.graphql.mirrors import Mirror
from domain.erasure.errors import CallInProgress, ErasureHeld, VisitsStanding
from plugins.graphql_kit import UserError


@strawberry.type
class CallInProgressError(UserError):
    """A conversation is going on: wait for its end, or ask again later."""

    at: ClassVar[str] = "wait"


@strawberry.type
class ErasureHeldError(UserError):
    """A legal hold says that this stays; release it first."""


@strawberry.type
class VisitsStandingError(UserError):
    """There are visits to come: cancel them with the erasure, or wait."""

    at: ClassVar[str] = "cancelVisits"
    count: int
    next_at: datetime


ERASURE_HANDLERS = [
    Mirror(CallInProgress, CallInProgressError),
    Mirror(ErasureHeld, ErasureHeldError),
    Mirror(VisitsStanding, VisitsStandingError),
]

"""Failures around what is on record, as members of result unions."""

from typing import ClassVar

import strawberry

from api.graphql.enums import DemandStage, TrainingBar
from api.graphql.mirrors import Mirror
from domain.training.errors import TrainingBarred
from plugins.graphql_kit import UserError
from tenants.records.legal.errors import SecondPersonNeeded, WrongDemandStage
from tenants.records.notices.errors import TooLateToObject
from tenants.records.routes.errors import RouteOutside


@strawberry.type
class RouteOutsideError(UserError):
    """A recipient keeps data outside the region of the business; it can be accepted on record."""

    recipient: str
    country: str
    region: str


@strawberry.type
class TooLateToObjectError(UserError):
    """The time for objections is over, or there is nothing to object to."""

    at: ClassVar[str] = "id"


@strawberry.type
class TrainingBarredError(UserError):
    """Something stands in the way of learning from any conversation."""

    bars: list[TrainingBar]


@strawberry.type
class SecondPersonNeededError(UserError):
    """Whoever took a demand in cannot be the one who decides on it."""


@strawberry.type
class WrongDemandStageError(UserError):
    """That cannot be done with a demand as it stands."""

    at: ClassVar[str] = "id"
    stage: DemandStage


HANDLERS = [
    Mirror(SecondPersonNeeded, SecondPersonNeededError),
    Mirror(WrongDemandStage, WrongDemandStageError),
    Mirror(RouteOutside, RouteOutsideError),
    Mirror(TooLateToObject, TooLateToObjectError),
    Mirror(TrainingBarred, TrainingBarredError),
]

"""Failures between tenants and those above them, as members of result unions."""

from typing import ClassVar

import strawberry

from api.graphql.mirrors import Mirror
from plugins.graphql_kit import UserError
from tenants.errors import SlugTaken
from tenants.grants.errors import GrantOver, GrantThere
from tenants.operators.errors import RequestOver, SamePerson
from tenants.organizations.errors import (
    NotOpenedHere,
    SavedMeanwhile,
    TooManyTenants,
    WrongStage,
)
from tenants.standing import DecidedAbove


@strawberry.type
class GrantOverError(UserError):
    """The grant was revoked or has expired."""


@strawberry.type
class GrantThereError(UserError):
    """The house has a grant of this business already; change that one."""


@strawberry.type
class SlugTakenError(UserError):
    """Another tenant has that short name."""

    at: ClassVar[str] = "slug"
    slug: str


@strawberry.type
class NotOpenedHereError(UserError):
    """The tenant was there before the organisation, which does not decide how it stands."""


@strawberry.type
class DecidedAboveError(UserError):
    """The operator decided how the tenant stands."""


@strawberry.type
class TemplateSavedMeanwhileError(UserError):
    """Somebody else saved a version of the template at the same moment; look again."""


@strawberry.type
class WrongStageError(UserError):
    """The change is not at the stage from which that can be done."""

    status: str


@strawberry.type
class TooManyTenantsError(UserError):
    """More tenants than one change can have."""

    limit: int


@strawberry.type
class SamePersonError(UserError):
    """Nobody approves what they asked for themselves."""


@strawberry.type
class RequestOverError(UserError):
    """The request was carried out, or nobody approved it in time."""


HANDLERS = [
    Mirror(SamePerson, SamePersonError),
    Mirror(RequestOver, RequestOverError),
    Mirror(GrantOver, GrantOverError),
    Mirror(GrantThere, GrantThereError),
    Mirror(SlugTaken, SlugTakenError),
    Mirror(NotOpenedHere, NotOpenedHereError),
    Mirror(DecidedAbove, DecidedAboveError),
    Mirror(SavedMeanwhile, TemplateSavedMeanwhileError),
    Mirror(WrongStage, WrongStageError),
    Mirror(TooManyTenants, TooManyTenantsError),
]

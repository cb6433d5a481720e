"""What callers can act on when single sign-on is set up."""

from typing import ClassVar

import strawberry

from api.graphql.mirrors import Mirror
from plugins.graphql_kit import UserError
from tenants.sso.errors import (
    DomainListed,
    DomainNotProved,
    DomainTaken,
    SsoNotConfigured,
    TooManyDomains,
)


@strawberry.type
class SsoNotConfiguredError(UserError):
    """No identity provider is set up yet."""


@strawberry.type
class DomainListedError(UserError):
    """The domain is listed already."""

    at: ClassVar[str] = "domain"


@strawberry.type
class DomainTakenError(UserError):
    """The domain speaks for another business."""


@strawberry.type
class DomainNotProvedError(UserError):
    """The record is not there, or says something else; it may take hours to be seen."""


@strawberry.type
class TooManyDomainsError(UserError):
    """There are as many domains as a business can have."""

    limit: int


SSO_HANDLERS = [
    Mirror(SsoNotConfigured, SsoNotConfiguredError),
    Mirror(DomainListed, DomainListedError),
    Mirror(DomainTaken, DomainTakenError),
    Mirror(DomainNotProved, DomainNotProvedError),
    Mirror(TooManyDomains, TooManyDomainsError),
]

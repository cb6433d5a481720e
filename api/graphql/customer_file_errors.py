"""What callers can act on when a customer file elsewhere is asked."""

import strawberry

from api.graphql.mirrors import Mirror
from domain.crm.ports import CrmRefused
from plugins.connections.errors import NeedsConsent, NotConnected
from plugins.graphql_kit import UserError


@strawberry.type
class CustomerFileRefusedError(UserError):
    """The customer file does not let us in, or not do that."""

    reason: str


@strawberry.type
class NotConnectedError(UserError):
    """No account there is connected."""


@strawberry.type
class NeedsConsentError(UserError):
    """The account has to be connected again."""


CUSTOMER_FILE_HANDLERS = [
    Mirror(CrmRefused, CustomerFileRefusedError),
    Mirror(NotConnected, NotConnectedError),
    Mirror(NeedsConsent, NeedsConsentError),
]

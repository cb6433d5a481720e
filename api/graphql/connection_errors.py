"""What callers can act on when an account is connected."""

import strawberry

from api.graphql.mirrors import Mirror
from plugins.connections.errors import TooManyConnections
from plugins.graphql_kit import UserError


@strawberry.type
class TooManyConnectionsError(UserError):
    """There are as many connected accounts as a business can have."""

    limit: int


CONNECTION_HANDLERS = [Mirror(TooManyConnections, TooManyConnectionsError)]

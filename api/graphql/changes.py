"""Lists of what has changed since a moment, for whoever keeps a copy."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated

import strawberry

from api.graphql.context import Info
from api.graphql.pagination import Listing, Order

UpdatedSince = Annotated[
    datetime | None,
    strawberry.argument(
        description="Only what changed from then on and before `Tenant.syncedUntil`, in that order."
    ),
]
IN_ORDER_OF_CHANGE = Order("updated_at", descending=False)


async def changed(info: Info, listing: Listing, since: datetime | None) -> Listing:
    """What of a list has changed since; all of it, in its own order, if no moment is named."""
    if since is None:
        return listing
    until = await info.context.complete_until()
    rows = listing.rows.filter(updated_at__gte=since, updated_at__lt=until)
    return replace(listing, rows=rows, order=IN_ORDER_OF_CHANGE)

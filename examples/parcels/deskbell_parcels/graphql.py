"""What the portal shows."""

from typing import Any

import strawberry

from deskbell_parcels.repository import Parcels as Kept
from plugins.settings import READ


@strawberry.type(name="Parcels")
class Parcels:
    """The parcels of the shop."""

    @strawberry.field
    async def waiting(self, info: strawberry.Info[Any, Any]) -> int:
        """How many wait to be fetched."""
        uow = await info.context.read(READ)
        return await Kept(uow).all().count()

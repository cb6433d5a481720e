"""Parcels as one unit of work sees them."""

from datetime import datetime

from deskbell_parcels.models import Parcel
from domain.repository import Repository


class Parcels(Repository[Parcel]):
    """The parcels of one shop."""

    model = Parcel
    noun = "parcel"

    async def numbered(self, number: str) -> Parcel | None:
        """The parcel of a number, if it has come."""
        return await self.maybe(self.all().filter(number=number))

    async def forget(self, before: datetime) -> int:
        """Delete those that came before a moment; returns how many."""
        return await self.all().filter(arrived_at__lt=before).delete()

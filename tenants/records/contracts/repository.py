"""Contracts as one unit of work sees them."""

from domain.repository import Repository
from tenants.records.contracts.models import DataContract


class DataContracts(Repository[DataContract]):
    """What was agreed on."""

    model = DataContract
    noun = "contract"

    async def in_force(self) -> DataContract | None:
        """The newest that has not ended."""
        rows = self.all().filter(ended_at=None)
        return await self.maybe(rows.order_by("-signed_at", "-id"))

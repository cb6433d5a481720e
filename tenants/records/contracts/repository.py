"""Contracts as one unit of work sees them."""

from domain.repository import Repository
from tenants.records.contracts.models import ContractKind, DataContract


class DataContracts(Repository[DataContract]):
    """What was agreed on."""

    model = DataContract
    noun = "contract"

    async def in_force(self, kind: ContractKind) -> DataContract | None:
        """The newest of a kind that has not ended."""
        rows = self.all().filter(kind=kind, ended_at=None)
        return await self.maybe(rows.order_by("-signed_at", "-id"))

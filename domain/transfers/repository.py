"""Transfers and their targets as one unit of work sees them."""

from collections.abc import Sequence
from uuid import UUID

from tortoise.queryset import QuerySet

from domain.repository import Repository
from domain.transfers.models import Transfer, TransferTarget
from domain.transfers.rules import UNDER_WAY


class TransferTargets(Repository[TransferTarget]):
    """Those a caller may be put through to."""

    model = TransferTarget
    noun = "transfer target"

    def in_order(self) -> QuerySet[TransferTarget]:
        """All of them, the one to try first in front."""
        return self.all().order_by("position", "id")

    async def end(self) -> int:
        """The position behind the last one."""
        last = await self.maybe(self.all().order_by("-position"))
        return last.position + 1 if last else 0


class Transfers(Repository[Transfer]):
    """Attempts to put callers through."""

    model = Transfer
    noun = "transfer"

    async def of_call(self, call_id: UUID) -> list[Transfer]:
        """Every attempt for one call, the first in front."""
        return await self.of_calls([call_id])

    async def of_calls(self, call_ids: Sequence[UUID]) -> list[Transfer]:
        """The same for several calls at once."""
        found = self.all().filter(call_id__in=list(call_ids))
        return await self.page(found.order_by("requested_at", "id"))

    async def is_under_way(self, call_id: UUID) -> bool:
        """Whether the caller is being put through at this moment."""
        return await self.all().filter(call_id=call_id, state__in=UNDER_WAY).exists()

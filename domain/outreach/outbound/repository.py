"""What is to go out, as one unit of work sees it."""

from collections.abc import Iterable
from uuid import UUID

from domain.outreach.outbound.models import Outbound, OutboundState
from domain.privacy.purposes import Purpose
from domain.repository import Repository


class Outbounds(Repository[Outbound]):
    """Calls and texts to people."""

    model = Outbound
    noun = "call or text"

    async def waiting(self, contact_id: UUID, purposes: Iterable[Purpose]) -> list[Outbound]:
        """What has not gone out to somebody yet, for some purposes; held."""
        found = self.all().filter(
            contact_id=contact_id, purpose__in=list(purposes), state=OutboundState.WAITING
        )
        return await self.page(found.order_by("id").select_for_update())

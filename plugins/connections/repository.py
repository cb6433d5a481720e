"""Connected accounts and visits, as one unit of work sees them."""

from datetime import datetime

from domain.repository import Repository
from plugins.connections.models import ConnectionStatus, OAuthConnection, OAuthVisit


class OAuthConnections(Repository[OAuthConnection]):
    """The accounts that a business has connected."""

    model = OAuthConnection
    noun = "connection"

    async def listed(self) -> list[OAuthConnection]:
        """Those that were not disconnected, the oldest first."""
        rows = self.all().exclude(status=ConnectionStatus.ENDING)
        return await self.page(rows.order_by("created_at", "id"))

    async def of_account(self, provider: str, account_key: str) -> OAuthConnection | None:
        """The connection of one account, held until the transaction ends."""
        rows = self.all().filter(provider=provider, account_key=account_key)
        return await self.maybe(rows.select_for_update())

    async def number(self) -> int:
        """How many there are."""
        return await self.all().count()


class OAuthVisits(Repository[OAuthVisit]):
    """Who is away to allow us something."""

    model = OAuthVisit
    noun = "visit"

    async def by_state(self, state_hash: str) -> OAuthVisit | None:
        """The visit with a state, held until the transaction ends."""
        return await self.maybe(self.all().filter(state_hash=state_hash).select_for_update())

    async def forget(self, before: datetime) -> None:
        """Delete visits that ended before a moment, however they did."""
        await self.all().filter(expires_at__lt=before).delete()

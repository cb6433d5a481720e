"""Exceptions as one unit of work sees them."""

from domain.repository import Repository
from tenants.records.routes.models import RouteAcceptance


class RouteAcceptances(Repository[RouteAcceptance]):
    """What was accepted."""

    model = RouteAcceptance
    noun = "exception"

    async def standing(self) -> list[RouteAcceptance]:
        """Every exception that was not withdrawn, the newest in front."""
        rows = self.all().filter(withdrawn_at=None)
        return await self.page(rows.order_by("-accepted_at", "-id"))

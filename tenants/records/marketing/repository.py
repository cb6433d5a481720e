"""Marketing consents as one unit of work sees them."""

from uuid import UUID

from domain.repository import Repository
from tenants.records.marketing.models import MarketingConsent


class MarketingConsents(Repository[MarketingConsent]):
    """Who wants news."""

    model = MarketingConsent
    noun = "marketing consent"

    async def of(self, user_id: UUID) -> MarketingConsent | None:
        """Whether somebody wants news: their consent, unless it was withdrawn."""
        return await self.maybe(self.all().filter(user_id=user_id, withdrawn_at=None))

    async def standing(self) -> list[MarketingConsent]:
        """Every consent that was not withdrawn."""
        return await self.page(self.all().filter(withdrawn_at=None).order_by("id"))

"""Refusals as one unit of work sees them."""

from domain.outreach.models import Refusal
from domain.outreach.optout import Topic, Way
from domain.repository import Repository

PHONE = "refusal.phone"


class Refusals(Repository[Refusal]):
    """What people no longer want."""

    model = Refusal
    noun = "refusal"

    async def of(self, line: str, e164: str) -> list[Refusal]:
        """All that somebody ever refused at one number, taken back or not; held."""
        index = await self.uow.keys.blind_index(PHONE, e164)
        query = self.all().filter(line=line, phone_index=index).order_by("topic", "way")
        return await self.page(query.select_for_update())

    async def stands(self, line: str | None, e164: str, topic: Topic, way: Way) -> bool:
        """Whether somebody wants none of this from one number, or, without it, from any."""
        index = await self.uow.keys.blind_index(PHONE, e164)
        topics = {topic, Topic.EVERYTHING}
        said = self.all().filter(phone_index=index, topic__in=topics, way=way, returned_at=None)
        return await (said.filter(line=line) if line else said).exists()

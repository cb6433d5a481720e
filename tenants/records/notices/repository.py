"""Notices and letters as one unit of work sees them."""

from uuid import UUID

from domain.repository import Repository
from tenants.models import Role, User
from tenants.records.notices.models import Notice, NoticeKind, NoticeLetter
from tenants.repository import Memberships, Users

# A change of contract is for those who answer for the business.
ANSWERING = (Role.OWNER, Role.ADMIN, Role.COMPLIANCE)
FOR_EVERYBODY = frozenset({NoticeKind.BUSINESS_TRANSFER, NoticeKind.POLICY_CHANGE})


class Notices(Repository[Notice]):
    """What was told."""

    model = Notice
    noun = "notice"

    async def of_campaign(self, campaign_id: UUID) -> Notice | None:
        """How this business heard of a campaign."""
        return await self.maybe(self.all().filter(campaign_id=campaign_id))

    async def addressees(self, notice: Notice) -> list[User]:
        """The account holders whom it concerns; nobody else is ever among them."""
        members = Memberships(self.uow).all()
        if notice.kind not in FOR_EVERYBODY:
            members = members.filter(role__in=list(ANSWERING))
        ids = [UUID(str(id)) for id in await members.values_list("user_id", flat=True)]
        return sorted(await Users(self.uow).many(ids), key=lambda user: user.id)


class NoticeLetters(Repository[NoticeLetter]):
    """Who was written to."""

    model = NoticeLetter
    noun = "letter"

    async def told(self, notice_id: UUID) -> set[UUID]:
        """Everybody who was."""
        rows = self.all().filter(notice_id=notice_id).values_list("user_id", flat=True)
        return {UUID(str(id)) for id in await rows}

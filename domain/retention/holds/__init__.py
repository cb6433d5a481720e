"""Legal holds: what must not be deleted, because somebody may have to answer for it."""

from uuid import UUID

from domain.retention.holds.repository import LegalHolds
from domain.retention.holds.service import NewHold as NewHold
from domain.retention.holds.service import place as place
from domain.retention.holds.service import release as release
from domain.retention.holds.service import release_all as release_all
from domain.retention.holds.service import remind as remind
from domain.retention.holds.service import review_again as review_again
from domain.work import UnitOfWork


async def held(uow: UnitOfWork, contact_id: UUID | None = None) -> bool:
    """Whether anything of a person is held; of anybody at all, if none is named."""
    if contact_id is None:
        return await LegalHolds(uow).any()
    return bool(await LegalHolds(uow).of_contacts([contact_id]))


HOLDS = (held,)

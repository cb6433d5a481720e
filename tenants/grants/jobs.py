"""What happens to a grant by itself."""

from typing import Any
from uuid import UUID

from domain.handlers import HandlerContext, serves
from domain.privacy.purposes import Purpose
from tenants.grants.events import AccessExpired
from tenants.grants.repository import Grants


@serves(Purpose.SECURITY)
async def close(payload: dict[str, Any], context: HandlerContext) -> None:
    """Put on record that a grant has ended; it opens nothing since that moment anyway."""
    async with context.settle() as uow:
        grants = Grants(uow)
        row = await grants.maybe(grants.all().filter(id=UUID(payload["grant_id"])))
        over = row is not None and row.expires_at is not None and row.expires_at <= uow.now
        if row is not None and over and row.revoked_at is None:
            await grants.save(row, revoked_at=row.expires_at, revoked_by="job:grants.close")
            uow.record(AccessExpired(grant_id=row.id))


JOBS = (close,)

"""What belongs to a person and not to their tenant."""

from datetime import timedelta
from uuid import UUID

from domain.scope import Scope
from domain.work import UnitsOfWork
from tenants import sessions
from tenants.devices import Origin
from tenants.repository import Passkeys

# They are fetched with the person, not by an id.
NOT_NODES = {"Passkey", "Session"}


async def own_account(unit_of_work: UnitsOfWork, scope: Scope, mark: str) -> dict[str, UUID]:
    """A session and a passkey of whoever a scope is of; `mark` is in all their words."""
    user_id, later = UUID(scope.actor.id), timedelta(days=7)
    async with unit_of_work(scope) as uow:
        until = {"idle_until": uow.now + later, "expires_at": uow.now + later}
        _, session = await sessions.add(uow, user_id, Origin(mark, mark), **until)
        passkey = await Passkeys(uow).add(
            user_id, name=mark, credential_id=uow.new_id().bytes, public_key=b"none"
        )
    return {"Passkey": passkey.id, "Session": session.id}

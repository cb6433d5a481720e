"""What belongs to a person and not to their tenant."""

from datetime import timedelta
from uuid import UUID

from domain.scope import Scope
from domain.work import UnitsOfWork
from integrations.http_out import Reach
from plugins import push
from tenants import sessions
from tenants.devices import Origin
from tenants.repository import Passkeys
from tests.fakes.push_service import Browser

# They are fetched with the person, not by an id.
NOT_NODES = {"Passkey", "PushDevice", "Session"}


async def own_account(unit_of_work: UnitsOfWork, scope: Scope, mark: str) -> dict[str, UUID]:
    """A session, a passkey and a device of whoever a scope is of; `mark` is in all their words."""
    user_id, later = UUID(scope.actor.id), timedelta(days=7)
    async with unit_of_work(scope) as uow:
        until = {"idle_until": uow.now + later, "expires_at": uow.now + later}
        _, session = await sessions.add(uow, user_id, Origin(mark, mark), **until)
        passkey = await Passkeys(uow).add(
            user_id, name=mark, credential_id=uow.new_id().bytes, public_key=b"none"
        )
        opens = f"https://portal.example/{mark}"
        new = push.NewDevice(Browser(mark).device, mark, opens)
        device = await push.subscribe(uow, new, Reach())
    return {"Passkey": passkey.id, "PushDevice": device.id, "Session": session.id}

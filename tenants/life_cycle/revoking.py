"""What ends with an account: keys, grants, apps, the programs behind them, and its numbers."""

from domain import phone_numbers
from domain.phone_numbers.repository import PhoneNumbers
from domain.work import UnitOfWork
from tenants.api_keys.events import ApiKeyRevoked
from tenants.api_keys.repository import ApiKeys
from tenants.apps import consent
from tenants.apps import service as apps
from tenants.apps.models import GrantEnd
from tenants.apps.repository import Apps, ConnectedApps
from tenants.grants import service as grants
from tenants.grants.repository import Grants


async def revoke_everything(uow: UnitOfWork) -> None:
    """End every way in but the door, and let go of every number; whoever calls may do so."""
    await _revoke_keys(uow)
    for grant in await Grants(uow).page(Grants(uow).all().filter(revoked_at=None)):
        await grants.end(uow, grant)
    connections = ConnectedApps(uow)
    for connection in await connections.page(connections.all().filter(ended_at=None)):
        await consent.part(uow, connection, GrantEnd.DISCONNECTED)
    for app in await Apps(uow).page(Apps(uow).there()):
        await apps.delete(uow, app.id)
    for number in await PhoneNumbers(uow).page(PhoneNumbers(uow).all()):
        await phone_numbers.release(uow, number.id)


async def _revoke_keys(uow: UnitOfWork) -> None:
    keys = ApiKeys(uow)
    for key in await keys.page(keys.all().filter(revoked_at=None)):
        await keys.save(key, revoked_at=uow.now)
        uow.record(ApiKeyRevoked(api_key_id=key.id))

"""What somebody has to say before they are told of a visit: behind a link as on the telephone."""

from domain.work import UnitOfWork
from plugins.registry import Registry
from tenants.repository import PluginInstallations


async def asks_birth_dates(uow: UnitOfWork, registry: Registry) -> bool:
    """Whether a trade that is on tells of visits only to who says the date of birth, too."""
    trades = [name for name, trade in registry.verticals.items() if trade.birth_dates]
    return await PluginInstallations(uow).all().filter(enabled=True, plugin__in=trades).exists()

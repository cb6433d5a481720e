"""How long a trade has to keep what it keeps: no policy may promise less while it is on."""

from domain.privacy.bounds import Bound, check
from domain.work import UnitOfWork
from plugins.registry import Registry
from tenants.repository import PluginInstallations


def refuse_short(uow: UnitOfWork, registry: Registry, plugin: str) -> None:
    """Raise `InvalidInput` if the policy keeps something for less than a trade needs."""
    check(uow.scope.tenant.privacy, _bounds(registry, [plugin]))


async def floors(uow: UnitOfWork, registry: Registry) -> list[Bound]:
    """What the trades that are on ask of a policy."""
    on = PluginInstallations(uow).all().filter(enabled=True).order_by("plugin")
    return _bounds(registry, [row.plugin for row in await PluginInstallations(uow).page(on)])


def _bounds(registry: Registry, plugins: list[str]) -> list[Bound]:
    trades = [registry.verticals[each] for each in plugins if each in registry.verticals]
    return [floor.bound for trade in trades for floor in trade.floors]

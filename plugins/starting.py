"""Setting a fresh business up as its trade usually is: looked at first, done, and taken back."""

from dataclasses import dataclass

from domain import business, reminders
from domain.errors import NotFound
from domain.work import UnitOfWork
from plugins.registry import Registry
from plugins.setting_up import TemplatePlugins
from plugins.vertical import Vertical
from tenants.organizations.setting_up import set_up


@dataclass(frozen=True)
class Started:
    """What had to be done, and between which versions of the receptionist."""

    changes: list[str]
    before: int
    """The number of the version as it was: `restore` goes back to it."""
    after: int


async def preview(uow: UnitOfWork, registry: Registry, plugin: str) -> list[str]:
    """What the starter of a trade would do; nothing changes. Raises as `apply`."""
    changes: list[str] = []
    async with uow.only_trying():
        changes += await _set_up(uow, registry, plugin)
    return changes


async def apply(uow: UnitOfWork, registry: Registry, plugin: str) -> Started:
    """Set the business up and switch the plugin on. What is so already is left alone.

    Raises `UnknownPlugin`, `NotFound` for a plugin that brings no trade, and `InvalidInput`.
    """
    before, _ = await business.pin(uow)
    changes = await _set_up(uow, registry, plugin, before.number)
    after, _ = await business.pin(uow)
    return Started(changes, before.number, after.number)


async def restore(uow: UnitOfWork, version: int) -> int:
    """Go back to a version of the receptionist; what starters told people since ends with it.

    Returns the number of the one that is current then. Raises `NotFound`.
    """
    current = await business.restore(uow, version)
    await reminders.take_back(uow, version)
    return current


async def _set_up(
    uow: UnitOfWork, registry: Registry, plugin: str, version: int | None = None
) -> list[str]:
    uow.require("business:write")
    starter = _vertical(registry, plugin).starter
    return await set_up(uow, starter, TemplatePlugins(lambda: registry), version)


def _vertical(registry: Registry, plugin: str) -> Vertical:
    registry.manifest(plugin)
    if plugin not in registry.verticals:
        raise NotFound(f"{plugin} brings no trade")
    return registry.verticals[plugin]

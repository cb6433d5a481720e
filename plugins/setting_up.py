"""Setting a plugin up from a template, which holds no secrets."""

from collections.abc import Callable
from dataclasses import dataclass

from domain.errors import InvalidInput
from domain.work import UnitOfWork
from plugins import settings
from plugins.registry import Registry
from tenants.organizations.setup import PluginSetup
from tenants.repository import PluginInstallations


@dataclass(frozen=True)
class TemplatePlugins:
    """Implements what templates ask of plugins.

    The registry is asked for when it is needed: it knows the job that needs it, too.
    """

    registry_of: Callable[[], Registry]

    async def set_up(self, uow: UnitOfWork, name: str, wanted: PluginSetup) -> bool:
        """Whether anything had to be changed. Raises `UnknownPlugin` and `InvalidInput`."""
        uow.require(settings.WRITE)
        self._check(name, wanted)
        row = await PluginInstallations(uow).of(name)
        values = (row.settings if row else {}) | wanted.settings
        configured = row is not None and values == row.settings
        if not configured:
            await settings.configure(uow, self.registry_of(), name, values)
        switched = (row is not None and row.enabled) is wanted.enabled
        if not switched:
            switch = settings.enable if wanted.enabled else settings.disable
            await switch(uow, self.registry_of(), name)
        return not (configured and switched)

    def _check(self, name: str, wanted: PluginSetup) -> None:
        model = self.registry_of().manifest(name).settings
        secret = settings.secret_fields(model) & wanted.settings.keys()
        if secret:
            path = f"plugins.{name}.{min(secret)}"
            raise InvalidInput.at(path, "A template holds no secrets", "SECRET")

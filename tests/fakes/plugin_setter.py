"""What sets plugins up, in tests that are about something else."""

from collections.abc import Callable

from domain.work import UnitOfWork
from tenants.organizations.setup import PluginSetup


class Killed(BaseException):
    """The process died: nothing was caught, nothing was written."""


class NoPlugins:
    """There are none to be set up."""

    async def set_up(self, uow: UnitOfWork, name: str, wanted: PluginSetup) -> bool:
        """Leave everything as it is."""
        return False


class Watched:
    """Calls somebody each time that a tenant is about to be finished."""

    def __init__(self, called: Callable[[int], None]) -> None:
        self.called = called
        self.times = 0

    async def set_up(self, uow: UnitOfWork, name: str, wanted: PluginSetup) -> bool:
        """Count, and tell."""
        self.times += 1
        self.called(self.times)
        return False

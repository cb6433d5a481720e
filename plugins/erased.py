"""What is about something that has been erased meanwhile."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from domain.errors import NotFound
from domain.keyring.errors import KeyDestroyed
from plugins.context import PluginContext


@asynccontextmanager
async def unless_erased(context: PluginContext) -> AsyncIterator[None]:
    """Do it, unless what it is about has been erased meanwhile."""
    try:
        yield
    except (NotFound, KeyDestroyed):
        context.log.info("It has been erased; there is nothing to tell")

"""What happens by itself."""

from datetime import timedelta
from typing import Any

from deskbell_parcels.repository import Parcels
from deskbell_parcels.settings import Settings
from plugins.context import PluginContext


async def forget(payload: dict[str, Any], context: PluginContext) -> None:
    """Forget parcels that waited for too long."""
    settings = context.settings
    assert isinstance(settings, Settings)
    async with context.settle() as uow:
        await Parcels(uow).forget(uow.now - timedelta(days=settings.keep_days))

"""Tools, their secrets and their runs, as one unit of work sees them."""

from collections.abc import Sequence
from uuid import UUID

from tortoise.queryset import QuerySet

from domain.keyring.errors import KeyDestroyed
from domain.repository import Repository
from plugins.custom_tools.models import CustomTool, CustomToolRun, CustomToolSecret
from plugins.custom_tools.rules import RECENT


class CustomTools(Repository[CustomTool]):
    """The tools of a business."""

    model = CustomTool
    noun = "tool"

    async def known(self, id: UUID) -> CustomTool | None:
        """A tool, if it is still there."""
        return await self.maybe(self.all().filter(id=id))

    async def enabled(self) -> list[CustomTool]:
        """Those that are on, by name."""
        return await self.page(self.all().filter(enabled=True).order_by("name"))


class CustomToolSecrets(Repository[CustomToolSecret]):
    """What opens the addresses."""

    model = CustomToolSecret
    noun = "secret"

    async def of(self, tool_id: UUID) -> CustomToolSecret | None:
        """The secret of a tool, if it has one."""
        return await self.maybe(self.all().filter(custom_tool_id=tool_id))

    async def clear(self, tool_id: UUID) -> None:
        """Forget it."""
        await self.all().filter(custom_tool_id=tool_id).delete()


class CustomToolRuns(Repository[CustomToolRun]):
    """What came of each use."""

    model = CustomToolRun
    noun = "run"

    async def page(self, query: QuerySet[CustomToolRun]) -> list[CustomToolRun]:
        """The rows of a query; what has been erased stays shut, beside what has not."""
        rows = await query
        await self.uow.keys.open_remaining(rows)
        return rows

    def of_tool(self, tool_id: UUID) -> QuerySet[CustomToolRun]:
        """The runs of one tool."""
        return self.all().filter(custom_tool_id=tool_id)

    async def recent(self, tool_id: UUID) -> Sequence[CustomToolRun]:
        """The last runs of a tool, the newest in front; what was said in them stays shut."""
        return await self.of_tool(tool_id).order_by("-at", "-id").limit(RECENT)

    async def still_there(self, id: UUID) -> CustomToolRun | None:
        """A run, held; None once its tool, or the person it was for, is gone."""
        try:
            return await self.maybe(self.all().filter(id=id).select_for_update())
        except KeyDestroyed:
            return None

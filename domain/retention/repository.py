"""Runs and archives as one unit of work sees them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise.queryset import QuerySet

from domain.repository import Repository
from domain.retention.models import ArchiveBox, ArchivedRow, RetentionRun, RunState
from domain.trail import Trace

SEEN = "archive_box.seen"


class RetentionRuns(Repository[RetentionRun]):
    """What was deleted when."""

    model = RetentionRun
    noun = "retention run"

    async def running(self) -> RetentionRun | None:
        """The run that is not over; there is one at most."""
        return await self.maybe(self.all().filter(state=RunState.RUNNING))

    async def dropped(self, partition: str, rows: int) -> RetentionRun:
        """Put on record that a month went as a whole, with so many of the tenant's rows."""
        now = self.uow.now
        moments = {"as_of": now, "started_at": now, "finished_at": now}
        return await self.add(state=RunState.DONE, counts={partition: rows}, **moments)

    async def latest_moment(self) -> datetime | None:
        """The latest moment for which something was ever looked for."""
        found = self.all().filter(reason=None).order_by("-as_of").limit(1)
        moments: list[datetime] = await found.values_list("as_of", flat=True)  # type: ignore[assignment]
        return moments[0] if moments else None


class ArchiveBoxes(Repository[ArchiveBox]):
    """What goes for good together."""

    model = ArchiveBox
    noun = "archive"


class ArchivedRows(Repository[ArchivedRow]):
    """What is kept apart."""

    model = ArchivedRow
    noun = "archived row"

    async def page(self, query: QuerySet[ArchivedRow]) -> list[ArchivedRow]:
        """The rows of a query, opened; that they were read is on record before they leave."""
        rows = await super().page(query)
        if rows:
            self.uow.trace(Trace.of_reading(SEEN, "archived_row", [row.id for row in rows]))
        return rows

    async def add_to(
        self, box_id: UUID, at: datetime, many: Sequence[dict[str, Any]]
    ) -> list[ArchivedRow]:
        """Put rows into a box."""
        return await self.add_all({"box_id": box_id, "archived_at": at, **each} for each in many)

    async def counted(self, box_ids: Sequence[UUID]) -> dict[UUID, int]:
        """How many rows are in each box."""
        found = self.all().filter(box_id__in=list(box_ids))
        return await self.tally(found, "box_id")

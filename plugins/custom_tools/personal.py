"""What is kept of people by this plugin: what they asked of a tool, and what it answered."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain.handlers import HandlerContext
from domain.privacy.ports import Receipt
from domain.sealed import Sealed
from domain.work import UnitOfWork
from plugins.custom_tools.models import CustomToolRun
from plugins.custom_tools.repository import CustomToolRuns

# An address has no way to be told to forget: whoever made the tool tells whoever keeps it.
TOLD = "the business tells those who keep the addresses of its tools"


class Runs:
    """Runs are answered for here; what was sent to an address is the business's to follow up."""

    async def export(self, contact_id: UUID, context: HandlerContext) -> Mapping[str, Any]:
        """What was asked for somebody, and what they were told."""
        async with context.unit_of_work() as uow:
            found = await _of(uow, contact_id)
        return {"runs": [_said(each) for each in found]}

    async def rectify(self, contact_id: UUID, context: HandlerContext) -> Receipt:
        """Nothing is changed: a run says what was asked and said."""
        return Receipt(note=TOLD)

    async def restrict(self, contact_id: UUID, context: HandlerContext) -> Receipt:
        """No tool is given anything of whoever wants nothing of theirs used."""
        return Receipt()

    async def erase(self, contact_id: UUID, context: HandlerContext) -> Receipt:
        """Delete the runs."""
        async with context.unit_of_work() as uow:
            rows = await CustomToolRuns(uow).all().filter(contact_id=contact_id).delete()
        return Receipt(rows=rows, note=TOLD)


async def _of(uow: UnitOfWork, contact_id: UUID) -> list[CustomToolRun]:
    runs = CustomToolRuns(uow)
    return await runs.page(runs.all().filter(contact_id=contact_id).order_by("id"))


def _said(run: CustomToolRun) -> dict[str, Any]:
    return {
        "at": run.at.isoformat(),
        "tool": str(run.custom_tool_id),
        "outcome": run.outcome.value,
        "inputs": _read(run.inputs),
        "said": _read(run.said),
    }


def _read(sealed: Sealed | None) -> str | None:
    return sealed.read() if sealed is not None and sealed.is_open else None

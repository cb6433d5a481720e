"""A shop's own tool: where is my parcel."""

from typing import Any
from uuid import UUID

from domain.personal import DataClass
from domain.sealed import Sealed
from domain.work import UnitOfWork
from integrations.http_out import Reach
from plugins import settings
from plugins.custom_tools import service
from plugins.custom_tools.definition import Definition
from plugins.custom_tools.models import CustomTool, ToolOutcome
from plugins.custom_tools.repository import CustomToolRuns
from plugins.custom_tools.rules import NAME
from plugins.custom_tools.service import Secret
from plugins.registry import Registry

SCHEMA = {
    "type": "object",
    "properties": {"number": {"type": "string", "pattern": "^[A-Z]{2}[0-9]{4}$"}},
    "required": ["number"],
    "additionalProperties": False,
}
PARCEL: dict[str, Any] = {
    "name": "parcel_status",
    "purpose": "Says where a parcel is.",
    "url": "https://tools.example/parcels",
    "phrases": ["where is my parcel", "track my parcel"],
    "input_schema": SCHEMA,
    "inputs": [{"key": "number", "ask": "What is the number of the parcel?"}],
    "answers": [
        {"name": "status", "at": "/parcel/status"},
        {"name": "day", "at": "/parcel/due", "kind": "date"},
    ],
    "says": "Your parcel is {status}. It comes on {day}.",
    "says_nothing_found": "There is no parcel of that number.",
    "party": "Parcels Inc",
}

# The same, as clients write it.
WRITTEN: dict[str, Any] = {
    "name": "parcel_status",
    "purpose": "Says where a parcel is.",
    "url": "https://tools.example/parcels",
    "phrases": ["where is my parcel"],
    "inputSchema": SCHEMA,
    "inputs": [{"key": "number", "ask": "What is its number?"}],
    "answers": [{"name": "status", "at": "/status"}],
    "says": "It is {status}.",
    "party": "Parcels Inc",
    "secret": {"header": "X-Key", "value": "open sesame"},
}


def parcel(**changes: Any) -> Definition:
    """The definition, with some things changed."""
    return Definition.parsed(PARCEL | changes)


async def make_tool(
    uow: UnitOfWork, reach: Reach, secret: Secret | None = None, **changes: Any
) -> CustomTool:
    """Switch the plugin on and make the tool."""
    await settings.enable(uow, Registry(), NAME)
    return await service.create(uow, parcel(**changes), reach, secret)


async def own_tool(uow: UnitOfWork, conversation_id: UUID, mark: str) -> dict[str, UUID]:
    """A marked tool, and one run of it."""
    words = {"purpose": mark, "says": mark, "party": mark, "phrases": [mark]}
    free = {"input_schema": {"type": "object", "properties": {"why": {"type": "string"}}}}
    asked = {"inputs": [{"key": "why", "ask": f"Why {mark}?", "data": DataClass.INQUIRY}]}
    url = f"https://tools.example/{mark}"
    tool = await make_tool(uow, Reach(), url=url, answers=[], **words, **free, **asked)
    run = await CustomToolRuns(uow).add(
        custom_tool_id=tool.id,
        conversation_id=conversation_id,
        sealed_under=conversation_id,
        outcome=ToolOutcome.ANSWERED,
        inputs=Sealed.json({"why": mark}),
        said=Sealed.text(mark),
        at=uow.now,
    )
    return {"Tool": tool.id, "ToolRun": run.id}

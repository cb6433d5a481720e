"""What callers ask."""

from pydantic import BaseModel

from deskbell_parcels.repository import Parcels
from domain.business.profile import Question, QuestionKind
from plugins.tools import Tool, ToolContext


class Wanted(BaseModel):
    """Which parcel."""

    number: str


async def look(wanted: Wanted, context: ToolContext) -> str:
    """Say whether it has come."""
    async with context.unit_of_work() as uow:
        parcel = await Parcels(uow).numbered(wanted.number)
    if parcel is None:
        return f"Parcel {wanted.number} has not come yet."
    return f"Parcel {wanted.number} is here. You can fetch it whenever we are open."


where_is_it = Tool(
    name="where_is_it",
    description="Says whether a parcel has come",
    phrases=("has my parcel come", "where is my parcel", "is my package there"),
    arguments=Wanted,
    run=look,
    questions=(
        Question(key="number", ask="What is the parcel's number?", kind=QuestionKind.NUMBER),
    ),
)

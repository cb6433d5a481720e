"""What the carrier tells."""

from pydantic import BaseModel, Field, ValidationError

from deskbell_parcels.repository import Parcels
from plugins.routes import Incoming, Reply, RouteContext


class Arrival(BaseModel):
    """A parcel came."""

    number: str = Field(min_length=1, max_length=40)


async def arrived(request: Incoming, context: RouteContext) -> Reply:
    """Keep a parcel; told twice, it is kept once."""
    try:
        told = Arrival.model_validate_json(request.body)
    except ValidationError:
        return Reply(status=422)
    async with context.unit_of_work() as uow:
        parcels = Parcels(uow)
        if await parcels.numbered(told.number) is None:
            await parcels.add(number=told.number, arrived_at=uow.now)
    return Reply(status=204)

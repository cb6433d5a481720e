"""An effect that can be counted: a row that nothing keeps from being written twice."""

from domain.usage.models import UsageEvent
from domain.work import UnitOfWork


async def count_use(uow: UnitOfWork, name: str = "test") -> None:
    """Write one row."""
    row = UsageEvent(
        id=uow.new_id(), tenant_id=uow.tenant_id, name=name, quantity=1, unit="use", at=uow.now
    )
    await row.save(using_db=uow.connection, force_create=True)


async def uses(uow: UnitOfWork) -> list[str]:
    """The names of the rows that were written, in order."""
    rows = await UsageEvent.all().using_db(uow.connection).order_by("at", "id")
    return [row.name for row in rows]

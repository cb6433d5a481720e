"""Reading the figures: nobody does but the operator."""

from datetime import date

from domain.errors import InvalidInput
from domain.scope import TenantKind
from domain.work import UnitOfWork
from tenants.grants.service import of_a_house
from tenants.insights.repository import Insights
from tenants.insights.rules import Figure

READ = "insights:read"
MOST_YEARS = 5


async def between(uow: UnitOfWork, first: date, last: date) -> list[Figure]:
    """The figures of the months that begin in a span of days. Raises `InvalidInput`."""
    uow.require(READ)
    of_a_house(uow, TenantKind.OPERATOR)
    if not 0 <= last.year - first.year <= MOST_YEARS or last < first:
        raise InvalidInput.at("last", f"Ask for up to {MOST_YEARS} years")
    return await Insights(uow.connection).between(first, last)

"""Everything of a whole business, table by table, but for what must stay."""

from collections import Counter

from domain.disposal import of_tenants
from domain.work import UnitOfWork

# Some tables let nobody take anything out of them, but for an erasure of the whole business.
ERASE_ROWS = "SELECT erase_rows($1, $2) AS rows"


async def wipe(uow: UnitOfWork, most: int) -> Counter[str]:
    """Delete so many rows at most; returns how many there were, by table."""
    deleted: Counter[str] = Counter()
    for model in of_tenants():
        table = model._meta.db_table
        while most > deleted.total():
            values = [table, most - deleted.total()]
            [row] = await uow.connection.execute_query_dict(ERASE_ROWS, values)
            deleted[table] += row["rows"]
            if not row["rows"]:
                break
    return +deleted

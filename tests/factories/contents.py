"""Everything that is stored of a tenant, to look for what should not be there."""

import json
from collections.abc import AsyncIterator

from tortoise import Tortoise

from domain.scope import Scope
from domain.tenancy import TenantModel
from domain.work import UnitsOfWork


async def values(unit_of_work: UnitsOfWork, scope: Scope) -> AsyncIterator[tuple[str, bytes]]:
    """Every value of every row, opened where it is sealed, with its table."""
    models = {model for app in Tortoise.apps.values() for model in app.values()}
    async with unit_of_work(scope, read_only=True) as uow:
        for model in sorted(models, key=lambda model: model.__name__):
            if not issubclass(model, TenantModel):
                continue
            rows = await model.filter(tenant_id=uow.tenant_id).using_db(uow.connection)
            await uow.keys.open_remaining(rows)
            for row in rows:
                for column in model._meta.fields_db_projection:
                    value = getattr(row, column)
                    plain = getattr(value, "plain", None) or json.dumps(value, default=str).encode()
                    yield model._meta.db_table, plain


async def tables_with(unit_of_work: UnitsOfWork, scope: Scope, word: str) -> set[str]:
    """The tables in which a word is found, in whatever case."""
    found = word.lower().encode()
    return {table async for table, value in values(unit_of_work, scope) if found in value.lower()}

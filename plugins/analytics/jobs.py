"""Making what is missing, and putting it into the bucket of the business.

A file is named after its day: made anew, it takes the place of the one before. Whoever is killed
in between puts it there again.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.errors import DomainError
from integrations.bucket import Bucket, Keys
from plugins.analytics import service
from plugins.analytics.models import AnalyticsDay
from plugins.analytics.repository import AnalyticsDays
from plugins.analytics.settings import Settings
from plugins.analytics.tables import Table, csv_of, schema
from plugins.capability import Capability
from plugins.context import PluginContext
from plugins.way_out import BUCKET, WayOut

# Days that are made, and delivered, in one turn; the next turn goes on.
AT_ONCE = 10
CSV, JSON = "text/csv; charset=utf-8", "application/json"
SCHEMA = "schema.json"


@dataclass(frozen=True)
class File:
    """One file in the bucket."""

    key: str
    body: bytes
    kind: str


async def make(payload: Mapping[str, Any], context: PluginContext) -> None:
    """Make the day that is asked for, or those that are missing; then deliver."""
    settings, ordered = settings_of(context), payload.get("day")
    async with context.unit_of_work() as uow:
        missing = await service.missing(uow, settings.days_back)
    for day in [date.fromisoformat(ordered)] if ordered else missing[:AT_ONCE]:
        async with context.unit_of_work() as uow:
            await service.make(uow, day, settings.smallest)
    bucket = bucket_of(context)
    if bucket is not None:
        await _deliver(context, bucket, settings.prefix)


def bucket_of(context: Capability | PluginContext) -> Bucket | None:
    """The bucket of the business, if it named one."""
    settings = settings_of(context)
    if not settings.bucket or settings.secret_access_key is None:
        return None
    secret = settings.secret_access_key.get_secret_value()
    keys = Keys(settings.access_key_id, secret, settings.region)
    return Bucket(WayOut.to(BUCKET, context.http), keys, settings.bucket, settings.endpoint)


def schema_file(prefix: str) -> File:
    """What stands in the files."""
    words = json.dumps(schema(), indent=1, ensure_ascii=False)
    return File(f"{prefix}{SCHEMA}", words.encode(), JSON)


def settings_of(context: Capability | PluginContext) -> Settings:
    """What the tenant has set."""
    assert isinstance(context.settings, Settings)
    return context.settings


async def _deliver(context: PluginContext, bucket: Bucket, prefix: str) -> None:
    async with context.unit_of_work() as uow:
        rows = await AnalyticsDays(uow).undelivered(AT_ONCE)
    for row in rows:
        try:
            for file in (schema_file(prefix), *_files(row, prefix)):
                await bucket.put(file.key, file.body, file.kind, context.clock.now())
        except DomainError as fault:
            async with context.unit_of_work() as uow:
                await service.failed(uow, row, getattr(fault, "reason", fault.code.lower()))
            raise
        async with context.unit_of_work() as uow:
            await service.delivered(uow, row)


def _files(row: AnalyticsDay, prefix: str) -> Iterator[File]:
    day = row.day.isoformat()
    for table in Table:
        body = csv_of(table, [(day, row.facts[table])]).encode()
        yield File(f"{prefix}{table}/{day}.csv", body, CSV)

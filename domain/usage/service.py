"""Counting what is used, and adding it up."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from domain.errors import InvalidInput
from domain.usage.models import UsageEvent
from domain.usage.periods import dates, day_spans
from domain.usage.repository import Total, UsageEvents
from domain.work import UnitOfWork

NAME = re.compile(r"[a-z][a-z_]*(\.[a-z][a-z_]*)*")


@dataclass(frozen=True)
class Use:
    """Something to be counted: `call.seconds`, `message.sent`, `page.seen`."""

    name: str
    quantity: int = 1
    unit: str = "count"
    user_id: UUID | None = None
    conversation_id: UUID | None = None
    device: dict[str, Any] = field(default_factory=dict)
    place: str = ""
    referrer: str = ""


async def record(uow: UnitOfWork, use: Use) -> UsageEvent:
    """Count a use. Raises `InvalidInput`."""
    uow.require("usage:write")
    if not NAME.fullmatch(use.name):
        raise InvalidInput.at("name", "Use small letters and dots, such as call.seconds")
    if use.quantity < 0:
        raise InvalidInput.at("quantity", "Nothing can be used less than not at all")
    return await UsageEvents(uow).add(
        name=use.name,
        quantity=use.quantity,
        unit=use.unit,
        user_id=use.user_id,
        conversation_id=use.conversation_id,
        device=use.device,
        place=use.place,
        referrer=use.referrer,
        at=uow.now,
    )


async def totals(uow: UnitOfWork, first: date, last: date) -> list[Total]:
    """What was used between two dates of the tenant's own calendar, by day and name.

    Raises `InvalidInput`.
    """
    uow.require("usage:read")
    spans = day_spans(first, last, uow.scope.tenant.timezone)
    return await UsageEvents(uow).totals(dates(first, last), spans)

"""The life of one delivery: taken, then done, or failed and tried again, or given up.

An attempt is known by its number. Whoever takes the delivery counts it up, and only the attempt
that still has the highest number may settle: a worker that was thought dead changes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from domain.errors import NotFound
from domain.outbox import OutboxEntry
from domain.work import UnitOfWork
from plugins.errors import NotDead, Superseded
from plugins.events import DeliveryDead
from plugins.models import LOST, Delivery, DeliveryStatus
from plugins.pace import Pace
from plugins.repository import Deliveries, DeliveryAttempts, OutboxEntries

SWITCHED_OFF = "PluginSwitchedOff"
OUTSIDE_REGION = "RouteOutside"


@dataclass(frozen=True)
class Terms:
    """How long a handler may take, in seconds, and at which pace it is tried again."""

    patience: float
    pace: Pace
    most_lost: int | None = None
    """How many workers it may cost; as many as the pace allows attempts, if nobody says."""


TermsOf = Callable[[str], Terms]
"""The terms of the handler of a name."""


@dataclass(frozen=True)
class Dispatch:
    """One sending of a delivery through the queue."""

    delivery_id: UUID
    after: int
    """How many attempts there had been when it was sent."""
    run: int = 1
    """How often the queue has handed it out: again means that the worker before died."""

    def fits(self, delivery: Delivery) -> bool:
        """Whether this sending is still the one that counts."""
        taken_since = delivery.attempts - self.after
        return delivery.status is DeliveryStatus.WAITING and 0 <= taken_since < self.run


@dataclass(frozen=True)
class Attempt:
    """One try at a delivery, by number."""

    delivery_id: UUID
    number: int


@dataclass(frozen=True)
class Taken:
    """An attempt that has begun: for which handler, and about what."""

    attempt: Attempt
    handler: str
    entry: OutboxEntry
    after_loss: bool = False
    """Whether the attempt before it took its worker with it."""


@dataclass(frozen=True)
class Result:
    """How an attempt went; `error` is the name of an exception class, empty for success."""

    milliseconds: int
    error: str = ""


async def take(uow: UnitOfWork, dispatch: Dispatch, terms_of: TermsOf) -> Taken | None:
    """Begin an attempt, unless the delivery was settled, taken or given up in the meantime."""
    deliveries = Deliveries(uow)
    try:
        delivery = await deliveries.lock(dispatch.delivery_id)
    except NotFound:
        return None
    terms = terms_of(delivery.handler)
    if not dispatch.fits(delivery):
        return None
    lost = await _was_lost(uow, delivery)
    if lost and await _is_past_hope(uow, delivery, terms):
        return None
    attempt = Attempt(delivery.id, delivery.attempts + 1)
    lost_at = uow.real_now + timedelta(seconds=terms.patience) + terms.pace.grace
    await deliveries.save(delivery, attempts=attempt.number, due_at=lost_at)
    entry = await OutboxEntries(uow).get(delivery.event_id)
    return Taken(attempt, delivery.handler, entry, after_loss=lost)


async def done(uow: UnitOfWork, attempt: Attempt, result: Result) -> None:
    """Settle a delivery. Raises `Superseded`."""
    delivery = await _held(uow, attempt)
    await _record(uow, attempt, result)
    await Deliveries(uow).save(delivery, status=DeliveryStatus.DONE, settled_at=uow.now)


async def failed(uow: UnitOfWork, attempt: Attempt, result: Result, pace: Pace) -> None:
    """Note a failure and try again later, or give up. Raises `Superseded`."""
    delivery = await _held(uow, attempt)
    await _record(uow, attempt, result)
    if pace.gives_up(attempt.number):
        await _give_up(uow, delivery, result.error)
    else:
        pause = pace.pause(attempt.number, delivery.id)
        await Deliveries(uow).save(delivery, due_at=uow.real_now + pause)


async def hopeless(uow: UnitOfWork, attempt: Attempt, result: Result) -> None:
    """Note a failure and give up at once. Raises `Superseded`."""
    delivery = await _held(uow, attempt)
    await _record(uow, attempt, result)
    await _give_up(uow, delivery, result.error)


async def put_off(uow: UnitOfWork, attempt: Attempt, until: datetime) -> None:
    """Forget that the attempt was begun, and begin it later. Raises `Superseded`."""
    delivery = await _held(uow, attempt)
    await Deliveries(uow).save(delivery, attempts=attempt.number - 1, due_at=until)


async def replay(uow: UnitOfWork, delivery_id: UUID) -> Delivery:
    """Try a delivery again that was given up. Raises `NotFound` and `NotDead`."""
    uow.require("plugins:write")
    deliveries = Deliveries(uow)
    delivery = await deliveries.lock(delivery_id)
    if delivery.status is not DeliveryStatus.DEAD:
        raise NotDead
    waiting = DeliveryStatus.WAITING
    return await deliveries.save(delivery, status=waiting, due_at=uow.real_now, settled_at=None)


async def _held(uow: UnitOfWork, attempt: Attempt) -> Delivery:
    delivery = await Deliveries(uow).lock(attempt.delivery_id)
    if delivery.status is not DeliveryStatus.WAITING or delivery.attempts != attempt.number:
        raise Superseded(f"Attempt {attempt.number} at {delivery.id} no longer counts")
    return delivery


async def _was_lost(uow: UnitOfWork, delivery: Delivery) -> bool:
    """Put an attempt on record whose worker died."""
    number = delivery.attempts
    if number == 0 or await DeliveryAttempts(uow).knows(delivery.id, number):
        return False
    await _record(uow, Attempt(delivery.id, number), Result(0, LOST))
    return True


async def _is_past_hope(uow: UnitOfWork, delivery: Delivery, terms: Terms) -> bool:
    """Give up after a loss, if it was one too many; what kills every worker must end."""
    most = terms.most_lost
    deadly = most is not None and await DeliveryAttempts(uow).lost(delivery.id) >= most
    if not deadly and not terms.pace.gives_up(delivery.attempts):
        return False
    await _give_up(uow, delivery, LOST)
    return True


async def _record(uow: UnitOfWork, attempt: Attempt, result: Result) -> None:
    await DeliveryAttempts(uow).add(
        delivery_id=attempt.delivery_id,
        number=attempt.number,
        succeeded=not result.error,
        error=result.error[:120],
        milliseconds=result.milliseconds,
        at=uow.now,
    )


async def _give_up(uow: UnitOfWork, delivery: Delivery, error: str) -> None:
    await Deliveries(uow).save(delivery, status=DeliveryStatus.DEAD, settled_at=uow.now)
    entry = await OutboxEntries(uow).get(delivery.event_id)
    # A handler of this very event that fails would otherwise announce itself for ever.
    if entry.name == DeliveryDead.name:
        return
    uow.record(
        DeliveryDead(
            delivery_id=delivery.id,
            event_id=delivery.event_id,
            handler=delivery.handler,
            attempts=delivery.attempts,
            error=error[:120],
        )
    )

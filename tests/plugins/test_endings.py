"""Attempts that end otherwise than well or badly: put off, or given up at once."""

from datetime import timedelta
from uuid import uuid4

from plugins.errors import Hopeless, PutOff
from plugins.models import DeliveryStatus
from tests.plugins.test_delivery import Notes

THING = uuid4()
LATER = timedelta(hours=2)


async def test_what_is_put_off_is_made_later_and_uses_up_no_attempt(road):
    notes = Notes()
    way = road(notes.registry())
    until = way.unit_of_work.clock.now() + LATER
    notes.troubles = [PutOff(until)]
    await way.happen(THING, 1, 2)
    await way.travel()
    [delivery, _] = await way.deliveries()
    assert (delivery.attempts, delivery.due_at, notes.seen) == (0, until, [])
    way.wait(LATER)
    await way.travel()
    assert [event.number for event in notes.seen] == [1, 2]
    assert [one.number for one in await way.attempts()] == [1, 1]


async def test_what_is_hopeless_is_given_up_at_once(road):
    notes = Notes()
    notes.troubles = [Hopeless()]
    way = road(notes.registry())
    await way.happen(THING, 1)
    await way.travel()
    [delivery] = await way.deliveries()
    assert (delivery.status, delivery.attempts) == (DeliveryStatus.DEAD, 1)

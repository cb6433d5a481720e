"""Recorded dialogues followed turn by turn by the receptionist's own rules."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from deskbell.brain.judging import Known, core_of, is_right
from deskbell.brain.reading import Line
from deskbell.brain.setting import context_of, has_business
from domain.receptionist.nlu import Slot
from domain.receptionist.nlu.confirmation import Answer
from domain.receptionist.tracking import Wants, agreed_to, said_by_business, said_by_caller


@dataclass(frozen=True)
class Replayed:
    """What was known at the end; `seconds` is what each turn of the caller took."""

    known: Known
    committed: bool
    """Whether something was booked that had been read back whole and agreed to."""
    seconds: tuple[float, ...]


def replay(line: Line) -> Replayed:
    """Follow a dialogue; nothing of its labels is looked at."""
    context = context_of(line)
    wants, seconds = Wants(), []
    if not has_business(line):
        wants = wants.to(asked=Slot.ANYTHING)
    for turn in line["turns"]:
        if turn["who"] == "agent":
            wants = said_by_business(wants, turn["text"], context)
            continue
        # Of one core: what else the machine does is not ours.
        began = time.process_time()
        wants = said_by_caller(wants, turn["text"], context)
        seconds.append(time.process_time() - began)
    return Replayed(_best(line, wants), agreed_to(wants) is not None, tuple(seconds))


def _best(line: Line, wants: Wants) -> Known:
    """What is known; where several people come, what is known of the visit that was labelled.

    A dialogue is labelled with one visit, be it that of the caller or of who is brought along.
    """
    visits = list(_visits(wants))
    core = core_of(line)
    return next((known for known in visits if is_right(line, known, core)), visits[0])


def _visits(wants: Wants) -> Iterator[Known]:
    yield known_of(wants)
    yield from (known_of(wants.taking(visit)) for visit in wants.kept)
    yield from (known_of(wants.to(name=visitor.name)) for visitor in wants.visitors)


def known_of(wants: Wants) -> dict[str, Any]:
    """What is known, by the names of slots in files."""
    return {
        "name": wants.name,
        "phone": wants.phone,
        "provider": wants.staff,
        "property": wants.staff,
        "service": wants.service,
        "city": wants.location,
        "date": wants.day,
        "time": wants.at,
        "reason": wants.reason,
        "vehicle_make": wants.vehicle.make,
        "vehicle_model": wants.vehicle.model,
        "vehicle_year": wants.vehicle.year,
        "application_fee_paid": _fee_paid(wants),
    }


def _fee_paid(wants: Wants) -> str | None:
    """Who does not know whether it is paid is noted as somebody who has not paid."""
    replies = [answer for question, answer in wants.replies if "fee" in question.lower()]
    return None if not replies else "Yes" if replies[-1] is Answer.YES else "No"

"""Questions the business wants answered."""

from collections.abc import Sequence
from typing import Any, TypedDict, Unpack
from uuid import UUID

from domain.business.events import say
from domain.business.models import Intake
from domain.business.profile import Question
from domain.business.questions import check_questions
from domain.business.repository import Intakes
from domain.words import fitting
from domain.work import UnitOfWork

LONGEST_NAME = 100


class IntakeValues(TypedDict, total=False):
    """What can be said of an intake; what is left out stays as it is.

    An intake is made inactive rather than removed: the answers callers gave belong to it.
    """

    name: str
    questions: Sequence[Question]
    active: bool


async def add_intake(uow: UnitOfWork, name: str, questions: Sequence[Question]) -> Intake:
    """Ask callers these questions. Raises `InvalidInput`."""
    uow.require("business:write")
    intake = await Intakes(uow).add(**_checked({"name": name, "questions": questions}))
    say(uow, "intake", intake.id, "added")
    return intake


async def change_intake(uow: UnitOfWork, id: UUID, **values: Unpack[IntakeValues]) -> Intake:
    """Ask something else, or nothing for now. Raises `InvalidInput`."""
    uow.require("business:write")
    intakes = Intakes(uow)
    intake = await intakes.lock(id)
    await intakes.save(intake, **_checked(values))
    say(uow, "intake", id, "changed")
    return intake


def _checked(values: IntakeValues) -> dict[str, Any]:
    checked: dict[str, Any] = dict(values)
    if "name" in values:
        checked["name"] = fitting("name", values["name"], LONGEST_NAME)
    if "questions" in values:
        check_questions(values["questions"])
        checked["questions"] = [
            question.model_dump(mode="json") for question in values["questions"]
        ]
    return checked

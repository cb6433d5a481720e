"""What plugins let the receptionist do during a call.

A tool is offered by phrases, asks questions, and is used once they are answered: by the core, which
decides, never by a model. It runs aside from the media loop, with a deadline and a breaker.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from pydantic import BaseModel

from domain.business.profile import Question
from domain.business.questions import check_questions
from domain.privacy.recipients import Recipient
from domain.receptionist.offers import Condition, Situation
from domain.work import UnitOfWork
from plugins.capability import Capability

# Seconds. Where it says nothing meanwhile, a caller hears nothing.
PATIENCE = 5.0
# Characters: half a minute of talking.
MOST_WORDS = 500


@dataclass(frozen=True)
class ToolContext(Capability):
    """What a tool is given beside its arguments."""

    situation: Situation


def always(situation: Situation) -> bool:
    """The precondition of a tool that has none."""
    return True


@dataclass(frozen=True)
class Tool:
    """Something the receptionist can do for a caller."""

    name: str
    description: str
    phrases: tuple[str, ...]
    """What callers say who want it."""
    arguments: type[BaseModel]
    """What the answers have to be, by the keys of the questions."""
    run: Callable[[Any, Any], Awaitable[str]]
    """`async (arguments, context)`: does it, and returns what to say."""
    questions: tuple[Question, ...] = ()
    permissions: frozenset[str] = frozenset()
    """What it may do in its units of work: some of what the manifest says."""
    when: Callable[[Situation], bool] = always
    """Whether it may be used; pure, and asked before anything is done."""
    otherwise: str = "I am afraid I cannot do that here."
    """What is said when it may not."""
    deadline: float = PATIENCE
    conditions: frozenset[Condition] = frozenset()
    """What has to be true before anything is asked; `otherwise` is said where it is not."""
    holding: str = ""
    """What is said before it is used, where it takes its time."""
    failing: str = ""
    """What is said when it fails, before the caller is offered to leave a message."""
    alone: bool = False
    """Whether it fails alone: the others of its plugin are used while it rests."""

    def check(self, permissions: frozenset[str]) -> None:
        """Raise `TypeError` unless it can be offered and used."""
        check_questions(self.questions)
        asked, wanted = {each.key for each in self.questions}, set(self.arguments.model_fields)
        if not self.phrases or not asked <= wanted:
            raise TypeError(f"The tool {self.name} needs phrases, and an argument per question")
        if not self.permissions <= permissions:
            raise TypeError(f"The tool {self.name} asks for more than its plugin may do")


class OwnTools(Protocol):
    """Tools that each business has made for itself, and whom they tell."""

    async def tools(self, uow: UnitOfWork) -> Sequence[Tool]:
        """Those of the business, for a conversation that begins."""

    async def recipients(self, uow: UnitOfWork) -> Sequence[Recipient]:
        """Whom they send what is known of callers."""

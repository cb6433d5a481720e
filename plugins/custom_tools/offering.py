"""The tools of a business, as the receptionist is offered them when a conversation begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from pydantic import RootModel

from domain.privacy.recipients import Recipient
from domain.texts import Catalogue, catalogue
from domain.work import UnitOfWork
from plugins.custom_tools.checking import questions
from plugins.custom_tools.definition import Definition
from plugins.custom_tools.models import CustomTool
from plugins.custom_tools.repository import CustomTools
from plugins.custom_tools.rules import GRACE
from plugins.custom_tools.running import use
from plugins.tools import Tool


class Answers(RootModel[dict[str, str]]):
    """What a caller answered, by the keys of the questions."""


@dataclass(frozen=True)
class Made:
    """Finds what a business has made. Implements `OwnTools`."""

    async def tools(self, uow: UnitOfWork) -> Sequence[Tool]:
        """Those that are on."""
        texts = catalogue(uow.scope.tenant.locale)
        return [_tool(row, texts) for row in await CustomTools(uow).enabled()]

    async def recipients(self, uow: UnitOfWork) -> Sequence[Recipient]:
        """Those who are told something of callers; whoever learns nothing is no recipient."""
        known = [Definition.of(row).recipient for row in await CustomTools(uow).enabled()]
        return [each for each in known if each.data]


def _tool(row: CustomTool, texts: Catalogue) -> Tool:
    made = Definition.of(row)
    return Tool(
        name=made.name,
        description=made.purpose,
        phrases=made.phrases,
        arguments=Answers,
        run=partial(use, row.id),
        questions=questions(made),
        otherwise=made.says_otherwise or texts.say("not_possible_here"),
        deadline=made.budget_ms / 1000 + GRACE,
        conditions=frozenset(made.conditions),
        holding=made.says_holding or texts.say("one_moment"),
        failing=made.says_failing,
        alone=True,
    )

"""A practice with a caller, and words to be found."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from domain import conversations, search
from domain.conversations.acts import Disposition
from domain.conversations.models import Speaker
from domain.scope import Scope
from domain.search.models import SearchKind
from domain.work import UnitsOfWork
from tests.factories.business import open_practice
from tests.factories.callers import Caller, ring


@dataclass
class Line:
    """A business whose callers say things that are indexed."""

    work: UnitsOfWork
    scope: Scope

    async def say(self, *texts: str, name: str = "Anna Lee") -> Caller:
        """Let somebody new call and say something, and index it."""
        caller = await ring(self.work, self.scope, name=name)
        await self.add(caller, *texts)
        return caller

    async def add(self, caller: Caller, *texts: str, first: int = 0) -> list[UUID]:
        """Say more in the same call."""
        async with self.work(self.scope) as uow:
            said = [
                conversations.Said(n, Speaker.CALLER, text, uow.now, n * 1000)
                for n, text in enumerate(texts, first)
            ]
            turns = await conversations.add_turns(uow, caller.conversation_id, said)
            ids = [turn.id for turn in turns]
            await search.keep(uow, SearchKind.TURN, ids)
        return ids

    async def find(self, query, *kinds, after=None, most=20):
        """What is found, read-only as the API does it."""
        async with self.work(self.scope, read_only=True) as uow:
            question = search.ask(query)
            return await search.find(
                uow, question, kinds or list(SearchKind), after=after, most=most
            )

    async def texts(self, query, *kinds):
        """The snippets of what is found."""
        return [hit.snippet.text for hit in (await self.find(query, *kinds)).hits]

    async def end(self, caller: Caller) -> None:
        """Hang up."""
        async with self.work(self.scope) as uow:
            await conversations.end(uow, caller.conversation_id, Disposition.COMPLETED)


@pytest.fixture
async def line(unit_of_work, scope):
    await open_practice(unit_of_work, scope)
    return Line(unit_of_work, scope)


@pytest.fixture
async def other_line(unit_of_work, other_scope):
    await open_practice(unit_of_work, other_scope)
    return Line(unit_of_work, other_scope)

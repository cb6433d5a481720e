"""A caller who types, and a dental practice that answers."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import pytest

from api.reception import Arrival, Reception, Welcome
from domain.conversations.acts import Act, Disposition, End, Say, Transfer
from domain.conversations.models import Channel
from domain.receptionist.ports import Transcript
from domain.scope import Scope
from domain.work import UnitsOfWork
from tests.factories.business import Practice, open_practice

CALLER = "+12125550142"


@dataclass
class Talk:
    """A conversation, said line by line."""

    welcome: Welcome
    acts: list[Act] = field(default_factory=list)

    async def open(self) -> str:
        """Let the receptionist greet."""
        said = self._words([act async for act in self.welcome.conversation.open()])
        self.welcome.conversation.announced(offset_ms=4000)
        return said

    async def say(self, text: str) -> str:
        """Say something; returns what is answered."""
        heard = self.welcome.conversation.hear(Transcript(text), offset_ms=0)
        return self._words([act async for act in heard])

    async def hang_up(self) -> None:
        """End the conversation."""
        await self.welcome.conversation.close(Disposition.CALLER_HANGUP)

    @property
    def ended(self) -> bool:
        """Whether the receptionist said goodbye."""
        return isinstance(self.acts[-1], End)

    @property
    def transferred_to(self) -> str | None:
        """Where the caller was put through to."""
        return next((act.target for act in self.acts if isinstance(act, Transfer)), None)

    def _words(self, acts: list[Act]) -> str:
        self.acts += acts
        said = [act.text for act in acts if isinstance(act, Say)]
        return " ".join(said)


@pytest.fixture
async def practice(unit_of_work: UnitsOfWork, scope: Scope) -> Practice:
    return await open_practice(unit_of_work, scope)


@pytest.fixture
async def call(
    unit_of_work: UnitsOfWork, scope: Scope, practice: Practice
) -> AsyncIterator[Callable[..., Awaitable[Talk]]]:
    talks: list[Talk] = []

    async def begin(*, phone: str | None = CALLER, channel: Channel = Channel.VOICE) -> Talk:
        reception = Reception(unit_of_work)
        talk = Talk(await reception.welcome(Arrival(scope.tenant_id, channel, phone)))
        talks.append(talk)
        await talk.open()
        return talk

    yield begin
    for talk in talks:
        await talk.hang_up()

"""Two media processes behind one port: a call begins at one and goes on at the other."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from deskbell.cli.demo import WAV
from deskbell.demo import business
from deskbell.media import webhook_secret
from integrations.vonage.fake import Await, FakeCarrier, FinishedCall, HangUp, Step, Until
from tests.journeys.conftest import fresh_home
from tests.journeys.house import House, caller_script, eventually, living_house, ready

pytestmark = pytest.mark.long

# Ends with waiting for the answer.
QUESTION = caller_script(WAV)[1:4]


@dataclass
class Crew:
    """The processes that take calls, of which some may be put to sleep."""

    house: House
    _asleep: set[int] = field(default_factory=set)

    @property
    def members(self) -> list[int]:
        """Their process numbers, oldest first."""
        parent = self.house.stack.processes["media"].pid
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text()
        return [int(pid) for pid in children.split()]

    def wake_only(self, awake: int) -> None:
        """Let nobody else open the door."""
        for pid in self.members:
            self._asleep.add(pid)
            os.kill(pid, signal.SIGCONT if pid == awake else signal.SIGSTOP)

    def wake(self) -> bool:
        """Let all of them work."""
        for pid in self.members:
            os.kill(pid, signal.SIGCONT)
        return True

    async def complete(self) -> list[int]:
        """Wait until both of them answer; gives their process numbers."""
        await eventually(self._both_answer)
        return self.members

    async def _both_answer(self) -> bool:
        members = self.members
        answers = []
        for pid in members:
            self.wake_only(pid)
            answers.append(await ready(self.house.stack.media_url))
        self.wake()
        return answers == [True, True] and members == self.members

    async def call(self, steps: Sequence[Step], *, answers: int, hears: int) -> FinishedCall:
        """A call whose webhook one process answers, and whose sound another one hears."""
        self.wake_only(answers)
        carrier = Steered(self, hears)
        steps = [Until(self.wake), *steps]
        return await carrier.call(business.NUMBER[1:], steps, caller=business.CALLER[1:])


class Steered(FakeCarrier):
    """A carrier whose websockets all reach one process."""

    def __init__(self, crew: Crew, hears: int) -> None:
        wiring = crew.house.wiring
        url = f"{crew.house.stack.media_url}/voice/answer"
        super().__init__(url, webhook_secret(wiring), wiring.clock)
        self._crew, self._hears = crew, hears
        self._answered = url

    async def post(self, url: str, payload: dict[str, object]) -> httpx.Response:
        response = await super().post(url, payload)
        if url == self._answered:
            self._crew.wake_only(self._hears)
        return response


@pytest.fixture(scope="module")
async def crew() -> AsyncIterator[Crew]:
    with fresh_home() as home, pytest.MonkeyPatch.context() as surroundings:
        surroundings.setenv("DESKBELL_MEDIA_WORKERS", "2")
        surroundings.setenv("DESKBELL_VOICE_MAX_CALLS", "2")
        async with living_house(home) as house:
            yield Crew(house)


def actions(ncco: Sequence[dict[str, Any]]) -> list[str]:
    return [str(action["action"]) for action in ncco]


async def test_a_call_is_answered_by_one_and_heard_by_the_other(crew: Crew) -> None:
    first, second = await crew.complete()
    heard = await crew.call([Await(), *QUESTION, HangUp()], answers=first, hears=second)
    assert heard.spells >= 2
    assert heard.finished


@dataclass
class Held:
    """A call that lasts until it is let go."""

    greeted: asyncio.Event = field(default_factory=asyncio.Event)
    _released: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def steps(self) -> list[Step]:
        """What its caller does."""
        return [Await(), Until(lambda: self.greeted.set() or True), Until(self._released.is_set)]

    def let_go(self) -> bool:
        """Let it go on."""
        self._released.set()
        return True


async def test_only_the_calls_of_a_killed_process_are_rescued(crew: Crew) -> None:
    first, second = await crew.complete()
    doomed, spared = Held(), Held()
    lost = asyncio.create_task(crew.call(doomed.steps, answers=second, hears=first))
    await doomed.greeted.wait()
    steps = [*spared.steps, *QUESTION, HangUp()]
    talking_on = asyncio.create_task(crew.call(steps, answers=first, hears=second))
    await spared.greeted.wait()
    too_many = await crew.house.call([HangUp()])
    os.kill(first, signal.SIGKILL)
    # The carrier of the doomed call has asked somebody else by then.
    ended = await lost
    spared.let_go()
    assert actions(too_many.ncco) == ["talk", "record"]
    assert (ended.finished, actions(ended.fallback)) == (False, ["talk", "record"])
    went_on = await talking_on
    assert (went_on.finished, went_on.fallback) == (True, [])
    assert went_on.spells >= 2


async def test_the_place_of_a_killed_process_comes_free(crew: Crew) -> None:
    first, second = await crew.complete()
    held = Held()
    steps = [*held.steps, HangUp()]
    one = asyncio.create_task(crew.call(steps, answers=first, hears=first))
    await held.greeted.wait()

    async def another() -> bool:
        call = await crew.call([Await(), HangUp()], answers=first, hears=second)
        return actions(call.ncco) == ["connect"] and call.spells >= 1

    assert await eventually(another)
    held.let_go()
    assert (await one).finished


async def test_a_call_may_end_before_the_processes_do(crew: Crew) -> None:
    first, second = await crew.complete()
    media, held = crew.house.stack.processes["media"], Held()
    steps = [*held.steps, *QUESTION, HangUp()]
    calling = asyncio.create_task(crew.call(steps, answers=first, hears=second))
    await held.greeted.wait()
    media.terminate()
    await eventually(lambda: unready(crew.house.stack.media_url))
    late = await crew.house.call([HangUp()])
    held.let_go()
    call = await calling
    assert (call.finished, call.spells >= 2) == (True, True)
    assert actions(late.ncco) == ["talk", "record"]
    assert await asyncio.to_thread(media.wait, 30) == 0


async def unready(url: str) -> bool:
    """Whether load balancers are told to send callers elsewhere."""
    async with httpx.AsyncClient(trust_env=False) as http:
        answer = await http.get(f"{url}/health/ready")
    return answer.status_code == 503 and answer.json()["checks"]["calls"] == "Draining"

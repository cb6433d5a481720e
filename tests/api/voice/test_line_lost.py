"""A carrier that takes nothing any more ends the call instead of hanging it."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

from api.voice.clips import ENGLISH, Clips, Phrase
from api.voice.conversation import Conversation
from api.voice.dialogue import Call
from api.voice.ears import Ears
from api.voice.exits import Exits
from api.voice.playback import Playback
from api.voice.replies import Replies
from api.voice.wire import LineLost
from domain.conversations.acts import Disposition, Transfer
from domain.errors import Unavailable
from tests.fakes.voice import House, ToneVoice


class CutWire:
    """Loses everything."""

    async def audio(self, frames: Sequence[bytes]) -> None:
        raise LineLost

    async def command(self, command: dict[str, object]) -> None:
        raise LineLost


def speak(text: str):
    return ToneVoice().stream(text, voice="joe", language="en", sample_rate=16000)


async def test_lost_line_is_reported_once_noticed() -> None:
    house = House()
    call = Call("leg-1", house.line, "CON-1", "15550142")
    exits = Exits(house.dependencies(0), call)
    playback = Playback(CutWire(), speak, 640)  # type: ignore[arg-type]
    clips = Clips(ENGLISH, {})
    replies = Replies(
        house.dialogue,
        playback,
        exits,
        lambda phrase: clips.get(phrase, 16000),
        house.notices.append,
    )
    ears = Ears(house.ears, call, lambda text: None)
    conversation = Conversation(house.dialogue, ears, playback, replies, exits)
    conversation.open()
    await asyncio.wait_for(conversation.lost.wait(), 5)
    assert house.notices == []
    await conversation.close()


async def test_hang_up_survives_a_deaf_carrier() -> None:
    house = House()
    house.control.failures = [Unavailable("down")]
    deps = house.dependencies(0)
    exits = Exits(deps, Call("leg-1", house.line, "CON-1", "15550142"))
    await exits.hang_up(Disposition.COMPLETED)
    assert exits.left.is_set()
    assert await deps.switchboard.settled("CON-1")


async def test_first_exit_names_the_disposition() -> None:
    house = House()
    exits = Exits(house.dependencies(0), Call("leg-1", house.line, "CON-1", "15550142"))
    await exits.transfer(Transfer(UUID(int=1), "+15550199", "One moment."))
    await exits.hang_up(Disposition.COMPLETED)
    assert exits.disposition is Disposition.TRANSFERRED


def test_every_phrase_has_an_english_text() -> None:
    assert set(ENGLISH) == set(Phrase)

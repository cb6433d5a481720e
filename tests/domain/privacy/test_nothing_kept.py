"""A card that was said or written is in no column, no recording and no answer."""

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from tortoise import Tortoise

from api.reception import Arrival, Reception
from api.voice.dependencies import VoiceDependencies
from deskbell.discretion import AttentiveEars, CardRedactor
from deskbell.phone import PhoneDesk
from domain import phone_numbers, recordings
from domain.conversations.acts import Disposition, Say
from domain.conversations.models import Channel
from domain.conversations.repository import Turns
from domain.privacy.redaction import CARD
from domain.receptionist.conversation import Conversation
from domain.receptionist.ports import Transcript
from domain.recordings import wav
from domain.recordings.ports import ObjectStore
from domain.recordings.repository import Recordings
from domain.scope import Scope
from domain.tenancy import TenantModel
from domain.work import UnitOfWork, UnitsOfWork
from integrations.storage.settings import StorageSettings
from integrations.storage.store import open_store
from integrations.vonage.fake import Await, HangUp, Pause
from integrations.vonage.fake import Say as Speak
from tests.factories.business import open_practice
from tests.fakes.voice import House, ScriptedEars, spoken

CARD_DIGITS = "4242424242424242"
QUESTION = Speak(spoken("how_much_is_a_cleaning"))
numbers = iter(range(12125559000, 12125559999))


async def everything(uow: UnitOfWork) -> AsyncIterator[bytes]:
    """Every value of every row of a tenant: as it is stored, and opened where it is sealed."""
    for model in tenant_models():
        for row in await model.filter(tenant_id=uow.tenant_id).using_db(uow.connection):
            await uow.keys.open([row])
            for column in model._meta.fields_db_projection:
                value = getattr(row, column)
                yield getattr(value, "ciphertext", None) or b""
                yield getattr(value, "plain", None) or json.dumps(value, default=str).encode()


def tenant_models() -> Iterator[type[TenantModel]]:
    for app in Tortoise.apps.values():
        yield from (model for model in app.values() if issubclass(model, TenantModel))


async def assert_nowhere(unit_of_work: UnitsOfWork, scope: Scope, *secrets: str) -> None:
    async with unit_of_work(scope, read_only=True) as uow:
        stored = [value async for value in everything(uow)]
    assert any(CARD.encode() in value for value in stored)
    for secret in secrets:
        assert not [value for value in stored if secret.encode() in value]


@dataclass
class Talk:
    """Somebody who tells things they should not."""

    conversation: Conversation
    answers: list[str] = field(default_factory=list)

    async def say(self, text: str) -> str:
        offset = 1000 * len(self.answers)
        acts = self.conversation.hear(Transcript(text), offset_ms=offset)
        return await self.note(acts)

    async def press(self, digits: str) -> str:
        return await self.note(self.conversation.keyed(digits))

    async def note(self, acts: AsyncIterator[Any]) -> str:
        answer = " ".join([act.text async for act in acts if isinstance(act, Say)])
        self.answers.append(answer)
        return answer


@pytest.fixture(params=[Channel.VOICE, Channel.CHAT])
async def talk(
    request: pytest.FixtureRequest, unit_of_work: UnitsOfWork, scope: Scope
) -> AsyncIterator[Talk]:
    await open_practice(unit_of_work, scope)
    welcome = await Reception(unit_of_work).welcome(Arrival(scope.tenant_id, request.param))
    talk = Talk(welcome.conversation)
    await talk.note(welcome.conversation.open())
    welcome.conversation.announced(offset_ms=0)
    yield talk
    await welcome.conversation.close(Disposition.CALLER_HANGUP)


@pytest.mark.promise("P005")
async def test_a_card_reaches_no_column(unit_of_work, scope, talk: Talk) -> None:
    answer = await talk.say(f"Can you take my card? It is {CARD_DIGITS}, the cvv is 987")
    assert answer.startswith("For your safety I must not take card numbers")
    assert "I did not catch that" not in answer
    await talk.say("I want to leave a message")
    await talk.say(f"Please charge {' '.join(CARD_DIGITS)} for my cleaning, this is Anna Lee")
    await talk.say("My name is Anna Lee")
    await talk.say("212 555 0142")
    await talk.conversation.close(Disposition.CALLER_HANGUP)
    await assert_nowhere(unit_of_work, scope, CARD_DIGITS, "4242 4242", "4 2 4 2", "is 987")


async def test_pieces_of_a_card_are_masked_in_time(unit_of_work, scope, talk: Talk) -> None:
    await talk.say("Can I leave a message?")
    await talk.say("It is 4242 4242")
    await talk.say("424242")
    assert "must not take card numbers" in await talk.say("42, thank you")
    await talk.conversation.close(Disposition.CALLER_HANGUP)
    await assert_nowhere(unit_of_work, scope, "4242 4242", "424242")


async def test_keyed_cards_are_masked(unit_of_work, scope, talk: Talk) -> None:
    assert "must not take card numbers" in await talk.press(CARD_DIGITS)
    await talk.press(CARD_DIGITS[:8])
    await talk.press(CARD_DIGITS[8:])
    await talk.conversation.close(Disposition.CALLER_HANGUP)
    await assert_nowhere(unit_of_work, scope, "424242")


async def test_an_emergency_is_answered_first(talk: Talk) -> None:
    answer = await talk.say(f"My father is not breathing! My card is {CARD_DIGITS}")
    assert answer.startswith("This sounds like an emergency.")


async def test_half_a_number_is_kept_in_the_end(unit_of_work, scope, talk: Talk) -> None:
    await talk.say("My reference is 4242 42")
    await talk.conversation.close(Disposition.CALLER_HANGUP)
    async with unit_of_work(scope) as uow:
        said = [turn.text.read() for turn in await Turns(uow).of(talk.conversation.id)]
    assert "My reference is 4242 42" in said


@dataclass
class Practice(House):
    """The gateway with the real receptionist behind it, recording to a real store."""

    desk: PhoneDesk | None = None

    def dependencies(self, port: int) -> VoiceDependencies:
        assert self.desk is not None
        return replace(
            super().dependencies(port),
            lines=self.desk,
            converse=self.desk.converse,
            recordings=self.desk.recordings,
            ears=AttentiveEars(self.ears),
            redactor=CardRedactor(),
        )


@pytest.fixture
def store(tmp_path: Path) -> ObjectStore:
    return open_store(StorageSettings(url=(tmp_path / "sound").as_uri()))


async def recorded(
    unit_of_work: UnitsOfWork, scope: Scope, store: ObjectStore
) -> npt.NDArray[np.int16]:
    """What the caller said, as it was recorded."""
    async with unit_of_work(scope) as uow:
        [recording] = await Recordings(uow).page(Recordings(uow).all())
        sound = await recordings.sound(uow, recording.id)
    whole = [part async for part in sound.read(store, wav.HEADER_BYTES, sound.wav_bytes)]
    return np.frombuffer(b"".join(whole), "<i2").reshape(-1, 2)[:, 0]


def spells(caller: npt.NDArray[np.int16]) -> int:
    """How often the caller is heard to speak, with a second of silence in between."""
    windows = np.abs(caller[: len(caller) // 16000 * 16000].reshape(-1, 16000)).max(axis=1) > 300
    return int(windows[0]) + int(np.sum(windows[1:] & ~windows[:-1]))


@pytest.mark.parametrize(
    ("turns", "kept"),
    [
        (["How much is a cleaning?", "Thank you"], 2),
        (["How much is a cleaning?", f"My card is {CARD_DIGITS}"], 1),
        (["My card is 4242 4242", "four two, um, four two", "42 42"], 0),
        (["How much is a cleaning?", "4242 4242", "4242 4242", "Thank you"], 2),
    ],
)
@pytest.mark.promise("P005")
@pytest.mark.law("L46")
async def test_a_card_is_silent_in_the_recording(
    unit_of_work: UnitsOfWork, scope: Scope, store: ObjectStore, turns: list[str], kept: int
) -> None:
    await open_practice(unit_of_work, scope)
    number = str(next(numbers))
    async with unit_of_work(scope) as uow:
        await phone_numbers.attach(uow, f"+{number}")
    desk = PhoneDesk(unit_of_work, Reception(unit_of_work), store)
    house = Practice(ears=ScriptedEars(list(turns)), desk=desk)
    said = [step for _ in turns for step in (Pause(1500), QUESTION, Await())]
    async with house.open() as carrier:
        await carrier.call(number, [Await(), *said, HangUp()])
    assert spells(await recorded(unit_of_work, scope, store)) == kept
    if CARD_DIGITS in turns[-1]:
        await assert_nowhere(unit_of_work, scope, "424242")

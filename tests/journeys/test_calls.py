"""A recorded caller, real processes, and what the owner finds; some processes die on the way."""

import email
import io
import os
import wave
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from email.policy import default
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest

from deskbell.aftermath import Aftermath, aftermath_of
from deskbell.cli.demo import WAV
from deskbell.demo import business
from domain.calls.models import Call, CallState
from domain.calls.repository import CallEvents, Calls
from domain.conversations.models import Conversation, Turn
from domain.conversations.repository import Conversations, Turns
from domain.recordings.models import Recording, RecordingState
from domain.recordings.repository import Recordings
from domain.work import UnitOfWork
from integrations.vonage.fake import FinishedCall, Step, Until
from tests.journeys.house import House, caller_script, command, eventually

CLIP = Path(__file__).parents[1] / "data" / "voice" / "book_an_appointment.wav"
KILLED = ("tenant worker", "system worker", "api")
CALLS = """{ tenant { calls(first: 5) { edges { node {
  state duration caller recording { state url }
  conversation { disposition outcome summary turns { speaker text } } } } } } }"""


@dataclass(frozen=True)
class Told:
    """The call from the caller's side, and from the database."""

    heard: FinishedCall
    came: Aftermath


@pytest.fixture(scope="module")
async def told(house: House) -> Told:
    """The demonstration's call, in the middle of which all but the media server is killed."""

    def strike() -> bool:
        for name in KILLED:
            house.kill(name)
        return True

    steps = caller_script(WAV)
    # After the second answer.
    steps[7:7] = [Until(strike)]
    heard = await house.call(steps)
    for name in KILLED:
        await house.start(name)
    async with house.reading():
        came = await aftermath_of(house.wiring.unit_of_work, house.scope, heard.leg)
    return Told(heard, came)


@pytest.fixture(scope="module")
async def owner(house: House, told: Told) -> AsyncIterator[httpx.AsyncClient]:
    """The owner, signed in over HTTP."""
    async with httpx.AsyncClient(base_url=house.stack.api_url, trust_env=False) as http:
        who = {"email": business.OWNER.email, "password": business.OWNER.password}
        answer = await http.post("/auth/sign-in", json=who)
        assert answer.status_code == 200
        http.headers["X-CSRF-Token"] = answer.json()["csrfToken"]
        yield http


@pytest.fixture(scope="module")
async def call(owner: httpx.AsyncClient) -> dict[str, Any]:
    """The newest call, as the owner's browser asks for it."""
    answer = (await owner.post("/graphql", json={"query": CALLS})).json()
    assert "errors" not in answer
    found: dict[str, Any] = answer["data"]["tenant"]["calls"]["edges"][0]["node"]
    return found


def test_the_caller_is_answered_to_the_end(told: Told) -> None:
    assert told.heard.answer_status == 200
    assert told.heard.finished or told.heard.close_code == 1000
    assert told.heard.spells >= 6
    assert told.heard.overflowed == 0


def test_the_call_leads_to_an_appointment(told: Told) -> None:
    assert told.came.call["state"] == "finalized"
    assert told.came.call["outcome"] == "booked"
    assert told.came.appointment is not None
    assert told.came.appointment["service"] == "Cleaning"
    assert told.came.appointment["status"] == "confirmed"


def test_every_event_happened_once(told: Told) -> None:
    assert told.came.events.count("appointment.booked") == 1
    assert told.came.events.count("call.finalized") == 1
    assert len(told.came.events) == len(set(told.came.events))


@pytest.mark.promise("P037")
@pytest.mark.promise("P128")
def test_the_owner_gets_one_letter(house: House, told: Told) -> None:
    [letter] = house.mailbox
    message = email.message_from_bytes(letter.read_bytes(), policy=default)
    body = message.get_body()
    assert message["To"] == business.OWNER.email
    assert "Emma Carter" in message["Subject"]
    assert body is not None
    assert "Cleaning" in body.get_content()


def test_the_owner_reads_the_call(call: dict[str, Any], told: Told) -> None:
    assert (call["state"], call["caller"]) == ("FINALIZED", business.CALLER)
    assert call["conversation"]["disposition"] == told.came.call["disposition"].upper()
    turns = call["conversation"]["turns"]
    assert [turn["text"] for turn in turns] == [turn["text"] for turn in told.came.transcript]
    assert {turn["speaker"] for turn in turns} == {"CALLER", "RECEPTIONIST"}


async def test_the_owner_listens_by_ranges(owner: httpx.AsyncClient, call: dict[str, Any]) -> None:
    assert call["recording"]["state"] == "READY"
    url = call["recording"]["url"]
    begun = await owner.get(url, headers={"Range": "bytes=0-65535"})
    assert (begun.status_code, begun.content[:4]) == (206, b"RIFF")
    size = int(begun.headers["Content-Range"].rpartition("/")[2])
    rest = await owner.get(url, headers={"Range": f"bytes=65536-{size - 1}"})
    assert len(begun.content) + len(rest.content) == size
    with wave.open(io.BytesIO(begun.content + rest.content)) as sound:
        assert (sound.getnchannels(), sound.getframerate()) == (2, 16000)
        # The caller alone speaks for twenty seconds.
        assert sound.getnframes() > 25 * 16000
        both = np.frombuffer(sound.readframes(sound.getnframes()), "<i2").reshape(-1, 2)
    assert (np.abs(both).max(axis=0) > 1000).all()


async def test_a_forged_link_plays_nothing(owner: httpx.AsyncClient, call: dict[str, Any]) -> None:
    url = call["recording"]["url"]
    assert (await owner.get(url[:-2] + "xx")).status_code in (401, 403, 404)


@pytest.mark.long
def test_a_visitor_types_through_a_pipe(house: House) -> None:
    home = house.wiring.deployment.home.folder
    done = command(home, "call", "--text", typed=b"Where can I park?\n\nNo, that is all\n")
    assert done.returncode == 0, done.stderr
    said = done.stdout.decode()
    assert said.index("You are writing with the A.I. assistant") < said.index("free parking")
    assert "Thank you for writing to Bright Smile Dental. Goodbye." in said


@dataclass(frozen=True)
class Found:
    """What is stored of the newest call."""

    call: Call
    conversation: Conversation
    turns: list[Turn]
    recording: Recording | None


async def newest_if_final(house: House) -> Found | None:
    async with house.wiring.unit_of_work(house.scope, read_only=True) as uow:
        call = await Calls(uow).one(Calls(uow).all().order_by("-ringing_at"))
        return await read(uow, call) if call.state is CallState.FINALIZED else None


async def is_recording(house: House) -> bool:
    async with house.wiring.unit_of_work(house.scope, read_only=True) as uow:
        call = await Calls(uow).one(Calls(uow).all().order_by("-ringing_at"))
        recording = await Recordings(uow).of_call(call.id)
    return recording is not None and recording.state is RecordingState.RECORDING


async def read(uow: UnitOfWork, call: Call) -> Found:
    return Found(
        call,
        await Conversations(uow).get(call.conversation_id),
        await Turns(uow).of(call.conversation_id),
        await Recordings(uow).of_call(call.id),
    )


async def broken_off(house: House, steps: list[Step]) -> Found:
    """Call, let the media server die at the end of the steps, and wait until all is settled."""
    media = house.stack.processes["media"]
    died: list[bool] = []

    def strike() -> bool:
        house.kill("media")
        died.append(True)
        return True

    # The carrier asks a dead server what to do next.
    with suppress(httpx.HTTPError):
        heard = await house.call([*steps, Until(strike), Until(lambda: False)])
    assert died, f"the call ended by itself with {heard.close_code}: {house.stack.log_of('media')}"
    await eventually(lambda: group_is_gone(media.pid))
    await house.start("media")
    async with house.reading():
        await house.let_time_pass("calls.give_up")
        return await settled(house)


async def settled(house: House) -> Found:
    async def look() -> Found | None:
        # Both wait for minutes, in case the recorder is only slow; the first is asked for by a
        # reaction to the end of the call, so it may not be there yet.
        await house.make_due("recordings.salvage")
        if await is_recording(house):
            return None
        await house.make_due("calls.settle_overdue")
        return await newest_if_final(house)

    found: Found = await eventually(look)
    return found


async def group_is_gone(pid: int) -> bool:
    """Whether no process that the media server had started is left."""
    try:
        os.killpg(pid, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.mark.long
async def test_a_call_is_ended_for_a_dead_media_server(house: House) -> None:
    steps = caller_script(CLIP)[:4]
    found = await broken_off(house, steps)
    assert found.conversation.disposition == "failed"
    assert found.turns[0].text.read().startswith("Thank you for calling Bright Smile Dental.")
    # It lasted until the last words that were stored, and not until somebody noticed.
    assert found.call.ended_at == found.turns[-1].said_at
    async with house.reading(), house.wiring.unit_of_work(house.scope) as uow:
        notes = await CallEvents(uow).of(found.call.id)
    # Shorter than the window in which a card number can still be taken back.
    assert "recording_settled" in [note.name for note in notes]


@pytest.mark.long
async def test_what_was_recorded_until_then_can_be_heard(house: House) -> None:
    found = await broken_off(house, caller_script(WAV)[:13])
    assert len(found.turns) >= 5
    assert found.recording is not None
    assert found.recording.state is RecordingState.READY
    assert found.recording.reason == "the recording was interrupted"
    assert found.recording.duration_ms >= 5_000

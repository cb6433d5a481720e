"""A carrier of our own that keeps to Vonage's documented behaviour, for tests and the simulator."""

from integrations.vonage.fake.carrier import FakeCarrier
from integrations.vonage.fake.leg import FinishedCall, Replaced
from integrations.vonage.fake.line import FRAMES_BUFFERED, PlayOut
from integrations.vonage.fake.rest import FakeCallControl
from integrations.vonage.fake.script import (
    ANSWERS,
    BUSY,
    UNANSWERED,
    UNREACHABLE,
    Await,
    Drop,
    HangUp,
    Pause,
    Phone,
    Press,
    Say,
    SendRaw,
    Step,
    Until,
)

__all__ = [
    "ANSWERS",
    "BUSY",
    "FRAMES_BUFFERED",
    "UNANSWERED",
    "UNREACHABLE",
    "Await",
    "Drop",
    "FakeCallControl",
    "FakeCarrier",
    "FinishedCall",
    "HangUp",
    "Pause",
    "Phone",
    "PlayOut",
    "Press",
    "Replaced",
    "Say",
    "SendRaw",
    "Step",
    "Until",
]

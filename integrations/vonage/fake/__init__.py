"""A carrier of our own that keeps to Vonage's documented behaviour, for tests and the simulator."""

from integrations.vonage.fake.carrier import FakeCarrier, FinishedCall
from integrations.vonage.fake.line import FRAMES_BUFFERED, PlayOut
from integrations.vonage.fake.rest import FakeCallControl
from integrations.vonage.fake.script import (
    Await,
    Drop,
    HangUp,
    Pause,
    Press,
    Say,
    SendRaw,
    Step,
    Until,
)

__all__ = [
    "FRAMES_BUFFERED",
    "Await",
    "Drop",
    "FakeCallControl",
    "FakeCarrier",
    "FinishedCall",
    "HangUp",
    "Pause",
    "PlayOut",
    "Press",
    "Say",
    "SendRaw",
    "Step",
    "Until",
]

"""Everything the voice gateway is given."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from api.voice.admission import Switchboard
from api.voice.clips import Clips
from api.voice.dialogue import Call, DialogueFactory, Line
from api.voice.gates import Redactor
from api.voice.handling import Handling
from api.voice.recorder import RecordingSink
from api.voice.settings import VoiceSettings
from api.voice.token import CallTokens
from api.voice.watchdogs import Limits
from domain.clock import Clock
from domain.receptionist.ports import SpeechToText, TextToSpeech, Vad
from integrations.vonage.ncco import Ncco
from integrations.vonage.signature import WebhookSignature


class LineDirectory(Protocol):
    """Finds a business by the number that was called."""

    async def find(self, number: str) -> Line | None:
        """The line with this number (digits only), if it is ours and open for calls."""


class CallControl(Protocol):
    """Commands to the carrier about a running call."""

    async def hang_up(self, leg: str, *, region_url: str = "") -> None:
        """End it; raises `Unavailable`."""

    async def instruct(self, leg: str, ncco: Ncco, *, region_url: str = "") -> None:
        """Give it new instructions; raises `Unavailable` or `RateLimited`."""


Notice = Callable[[Call, str], None]
"""Told of what operators want to know: `stalled`, `stumbled`, `redaction_late`."""


def unnoticed(call: Call, what: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class VoiceDependencies:
    """The gateway's collaborators."""

    settings: VoiceSettings
    clock: Clock
    ears: SpeechToText
    voice: TextToSpeech
    vad: Vad
    lines: LineDirectory
    handling: Handling
    converse: DialogueFactory
    recordings: Callable[[Call], RecordingSink]
    control: CallControl
    webhooks: WebhookSignature
    tokens: CallTokens
    switchboard: Switchboard
    clips: Clips
    redactor: Redactor | None = None
    limits: Limits = field(default_factory=Limits)
    notice: Notice = unnoticed

"""One simulated call from beginning to end, on a running stack."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deskbell.aftermath import Aftermath, aftermath_of
from deskbell.bootstrap import Wiring
from deskbell.media import webhook_secret
from deskbell.phone import SAMPLE_RATE
from deskbell.simulator import Recording, SimulatedCall, place
from deskbell.stack import Stack
from domain.scope import Scope
from integrations.vonage.fake import FakeCarrier


@dataclass(frozen=True)
class Rehearsal:
    """A call as its caller heard it, and what came of it."""

    heard: SimulatedCall
    aftermath: Aftermath

    @property
    def complete(self) -> bool:
        """Whether the call was answered, a visit booked, and the owner told."""
        return (
            self.heard.answered
            and self.aftermath.appointment is not None
            and self.aftermath.notification.get("status") == "done"
        )

    def written(self) -> dict[str, Any]:
        """One JSON object."""
        return vars(self.aftermath) | {"latency_ms": self.heard.latencies_ms()}


async def rehearse(
    wiring: Wiring, stack: Stack, scope: Scope, number: str, caller: str, wav: Path
) -> Rehearsal:
    """Call a number of ours with a WAV, in real time, as a carrier would."""
    webhooks = f"{stack.media_url}/voice"
    carrier = FakeCarrier(
        f"{webhooks}/answer",
        webhook_secret(wiring),
        wiring.clock,
        event_url=f"{webhooks}/event",
    )
    recording = Recording.read(wav)
    digits, calling = number.lstrip("+"), caller.lstrip("+")
    heard = await place(carrier, digits, calling, recording, SAMPLE_RATE)
    aftermath = await aftermath_of(wiring.unit_of_work, scope, heard.finished.leg)
    return Rehearsal(heard, aftermath)

"""How late our own turn-taking ends the sentence, by its nature and not by load."""

import asyncio
from statistics import mean

from bench.voice.script import RATE, ROUNDS, STOP_MS
from bench.voice.sound import Loop
from domain.receptionist.turn_taking import Cue, TurnTaking
from integrations.silero_vad import SileroVad


async def our_delay(loop: Loop) -> float:
    """Milliseconds beyond speech and silence, averaged over every round but the first."""
    vad = SileroVad(slots=1)
    turns = TurnTaking(vad.window_ms)
    cues: list[Cue] = []
    channel = vad.open(sample_rate=RATE, on_window=lambda speech: cues.extend(turns.window(speech)))
    ends: list[int] = []
    for at, frame in enumerate(loop.frames * ROUNDS, start=1):
        channel.feed(frame)
        # The batch is scored a moment later; the clock of this loop is the audio.
        while channel.pending:  # noqa: ASYNC110
            await asyncio.sleep(0.001)
        if Cue.ENDED in cues:
            ends.append(at % len(loop.frames))
        cues.clear()
    return (mean(ends[1:]) - loop.speech) * 20 - STOP_MS

"""Embedded speech as one thing that is started, asked for ears and a voice, and closed."""

import asyncio
import json
import logging
import sys
from dataclasses import dataclass
from pathlib import Path

from integrations.local_speech.catalogue import PIPER_JOE, WHISPER_BASE
from integrations.local_speech.ears import LocalEars
from integrations.local_speech.pool import InferencePool, Limits, PoolHealth
from integrations.local_speech.settings import LocalSpeechSettings
from integrations.local_speech.store import ModelStore, WeightsMissing
from integrations.local_speech.voice import LocalVoice

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class SpeechHealth:
    """What listens, what speaks, and how the processes are."""

    ears: str
    voice: str
    pool: PoolHealth


class LocalSpeech:
    """Ears and a voice that need no network."""

    def __init__(self, pool: InferencePool, settings: LocalSpeechSettings, voice: str) -> None:
        self._pool = pool
        self._voice_name = voice
        self.ears = LocalEars(pool)
        self.voice = LocalVoice(
            pool, default_voice=settings.voice, cache_bytes=settings.cache_bytes
        )

    @classmethod
    async def start(cls, settings: LocalSpeechSettings) -> "LocalSpeech":
        """Verify the weights, start and warm the processes. Raises `Unavailable`."""
        whisper, piper = await asyncio.to_thread(_weights, settings)
        job = {
            "whisper": str(whisper),
            "piper": piper and str(piper),
            "threads": settings.threads,
        }
        command = [sys.executable, "-m", "integrations.local_speech.worker", json.dumps(job)]
        limits = Limits(settings.queue_limit, settings.deadline, settings.stuck_after)
        pool = await InferencePool.start(command, size=settings.processes, limits=limits)
        return cls(pool, settings, PIPER_JOE.name if piper else "espeak")

    def health(self) -> SpeechHealth:
        """Figures of this moment."""
        return SpeechHealth(WHISPER_BASE.name, self._voice_name, self._pool.health())

    async def close(self) -> None:
        """End the processes; what callers still wait for fails with `Unavailable`."""
        await self._pool.close()


def _weights(settings: LocalSpeechSettings) -> tuple[Path, Path | None]:
    """Whisper's folder and Piper's model file; without Piper espeak-ng speaks."""
    store = ModelStore(settings.model_folder, settings.given_models)
    whisper = store.folder_of(WHISPER_BASE)
    try:
        return whisper, store.folder_of(PIPER_JOE) / PIPER_JOE.files[0].name
    except WeightsMissing as error:
        _log.warning("espeak-ng will speak: %s", error.message)
        return whisper, None

"""Our text to speech: clause by clause, cached, and never silent."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict, dataclass

from domain.errors import Unavailable
from integrations.local_speech.clauses import clauses
from integrations.local_speech.jobs import Priority, ProcessDied
from integrations.local_speech.pool import InferencePool
from integrations.local_speech.reading import read_aloud
from integrations.local_speech.sound import to_pcm, tones
from integrations.local_speech.wire import Frame

_log = logging.getLogger(__name__)
# Nobody waits for what is prepared, but a job must end some time.
_PRERENDER_SECONDS = 600.0


@dataclass(frozen=True)
class Clause:
    """What is spoken in one go, and how: the key of the cache."""

    clause: str
    voice: str
    language: str
    rate: int


class ClauseCache:
    """Spoken clauses, at most `limit` bytes of them; the longest unused go first."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._spoken: OrderedDict[Clause, bytes] = OrderedDict()

    def get(self, clause: Clause) -> bytes | None:
        """The PCM of a clause that was spoken before."""
        if clause in self._spoken:
            self._spoken.move_to_end(clause)
        return self._spoken.get(clause)

    def put(self, clause: Clause, pcm: bytes) -> None:
        """Remember a clause."""
        self._size += len(pcm) - len(self._spoken.pop(clause, b""))
        self._spoken[clause] = pcm
        while self._size > self._limit:
            _, oldest = self._spoken.popitem(last=False)
            self._size -= len(oldest)


class LocalVoice:
    """`TextToSpeech` on a pool of inference processes."""

    def __init__(self, pool: InferencePool, *, default_voice: str, cache_bytes: int) -> None:
        self._pool = pool
        self._default = default_voice
        self._cache = ClauseCache(cache_bytes)

    async def stream(
        self, text: str, *, voice: str, language: str, sample_rate: int
    ) -> AsyncIterator[bytes]:
        """PCM of each clause; the next is being made while the caller hears this one."""
        pieces = iter(self._clauses(text, voice, language, sample_rate))
        coming = self._begin(next(pieces, None), Priority.FIRST_CLAUSE)
        try:
            while coming is not None:
                pcm = await coming
                # Begun before this one is handed over, so that it is made while this one plays.
                coming = self._begin(next(pieces, None), Priority.CLAUSE)
                yield pcm
        finally:
            if coming is not None:
                coming.cancel()

    async def prerender(
        self, texts: Sequence[str], *, voice: str, language: str, sample_rate: int
    ) -> None:
        """Fill the cache with what will surely be said, at the lowest priority."""
        for text in texts:
            for clause in self._clauses(text, voice, language, sample_rate):
                await self._speak(clause, Priority.PRERENDER)

    def _clauses(self, text: str, voice: str, language: str, rate: int) -> list[Clause]:
        chosen = voice or self._default
        spoken = clauses(read_aloud(text, language))
        return [Clause(clause, chosen, language, rate) for clause in spoken]

    def _begin(self, clause: Clause | None, priority: Priority) -> asyncio.Task[bytes] | None:
        return asyncio.create_task(self._speak(clause, priority)) if clause else None

    async def _speak(self, clause: Clause, priority: Priority) -> bytes:
        """The clause from memory or made now; tones when it cannot be made."""
        if (spoken := self._cache.get(clause)) is not None:
            return spoken
        try:
            pcm = await self._made(clause, priority)
        except Unavailable as error:
            # The text stays out of the log: it may hold a name or a number.
            _log.error("a clause could not be spoken: %s", error.message)
            return to_pcm(tones(clause.rate))
        self._cache.put(clause, pcm)
        return pcm

    async def _made(self, clause: Clause, priority: Priority) -> bytes:
        deadline = _PRERENDER_SECONDS if priority is Priority.PRERENDER else None
        frame = Frame({"do": "say", **asdict(clause)})
        try:
            return (await self._pool.submit(frame, priority, deadline=deadline)).body
        # A caller in mid-sentence should not hear that a process was replaced.
        except ProcessDied:
            return (await self._pool.submit(frame, priority, deadline=deadline)).body

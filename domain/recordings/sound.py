"""A recording that can be heard: any stretch of its WAV, opening only the blocks it touches."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from domain.recordings import wav
from domain.recordings.errors import Damaged, ObjectMissing
from domain.recordings.ports import ObjectStore
from domain.recordings.sealing import Seal, block_key


@dataclass(frozen=True)
class Sound:
    """What is needed to read a recording outside a unit of work; `size` is of the bare PCM."""

    seal: Seal
    folder: str
    sample_rate: int
    blocks: int
    size: int
    sha256: str

    @property
    def wav_bytes(self) -> int:
        """The length of the WAV file."""
        return wav.HEADER_BYTES + self.size

    async def read(self, store: ObjectStore, start: int, stop: int) -> AsyncIterator[bytes]:
        """The bytes `start` to `stop` (exclusive) of the WAV, at most a block at a time.

        Raises `Damaged` and `Unavailable`.
        """
        head = wav.header(self.size, self.sample_rate)[start:stop]
        begin, end = (max(0, at - wav.HEADER_BYTES) for at in (start, min(stop, self.wav_bytes)))
        for piece in wav.pieces(begin, end, wav.block_bytes(self.sample_rate)):
            block = await self._block(store, piece.block)
            # The header leaves with the first sound, so that damage is noticed before either.
            yield head + block[piece.start : piece.stop]
            head = b""
        if head:
            yield head

    async def _block(self, store: ObjectStore, index: int) -> bytes:
        last = index == self.blocks - 1
        try:
            sealed = await store.get(block_key(self.folder, index))
        except ObjectMissing as problem:
            raise Damaged(f"Block {index} is missing") from problem
        pcm = self.seal.open(sealed, index, last=last)
        full = wav.block_bytes(self.sample_rate)
        if len(pcm) != (self.size - index * full if last else full):
            raise Damaged(f"Block {index} has the wrong length")
        return pcm

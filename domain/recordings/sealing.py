"""The format of stored sound: blocks sealed one by one, bound to their place.

Block n of a recording is the object `tenant/recording/00000n`: AES-256-GCM under the key of the
conversation, with the recording, n and whether it is the last one in the associated data. So a
block cannot be moved, swapped or dropped unseen, and a recording cannot be cut short: only a last
block opens as one. Every block but the last is full; the last may be empty (the STREAM
construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015).
"""

from dataclasses import dataclass
from uuid import UUID

from domain.encryption import DataKey, WrongKey
from domain.recordings.errors import Damaged


@dataclass(frozen=True)
class Seal:
    """Seals and opens the blocks of one recording."""

    key: DataKey
    tenant_id: UUID
    recording_id: UUID

    def close(self, pcm: bytes, index: int, *, last: bool) -> bytes:
        """Encrypt one block."""
        return self.key.seal(pcm, self._place(index, last))

    def open(self, block: bytes, index: int, *, last: bool) -> bytes:
        """Decrypt one block. Raises `Damaged` if it is not the one that belongs there."""
        try:
            return self.key.open(block, self._place(index, last))
        except WrongKey as problem:
            raise Damaged(f"Block {index} is not what was recorded") from problem

    def _place(self, index: int, last: bool) -> bytes:
        end = b"last" if last else b"more"
        whose = (b"recording", self.tenant_id.bytes, self.recording_id.bytes)
        return b"|".join((*whose, index.to_bytes(4), end))


def folder(tenant_id: UUID, recording_id: UUID) -> str:
    """Where a recording's blocks are; says nothing of whom it is about."""
    return f"{tenant_id}/{recording_id}"


def block_key(folder: str, index: int) -> str:
    """The object that holds one block."""
    return f"{folder}/{index:06d}"

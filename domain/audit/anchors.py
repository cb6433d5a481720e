"""What is kept of the chain outside the database, so that a cut tail is seen.

One object per seal, `audit/<tenant>/<position>.json`, written once and never again: position, hash
and signature.
"""

import json
from collections.abc import Sequence
from uuid import UUID

from domain.audit.chain import Head
from domain.audit.ledger import Signed
from domain.recordings.errors import ObjectExists
from domain.recordings.ports import ObjectStore

FOLDER = "audit"


class AnchorConflict(RuntimeError):
    """Another seal is anchored at that place: somebody has rewritten the chain."""


class Anchors:
    """The anchors of one tenant."""

    def __init__(self, store: ObjectStore, tenant_id: UUID) -> None:
        self._store = store
        self._folder = f"{FOLDER}/{tenant_id}"

    async def keep(self, signed: Signed) -> None:
        """Keep a seal. Raises `AnchorConflict` and `Unavailable`."""
        key, written = self._key(signed.head.position), _written(signed)
        try:
            await self._store.create(key, written)
        except ObjectExists:
            # Whoever died between keeping it and noting so has kept the same.
            if await self._store.get(key) != written:
                raise AnchorConflict(f"{key} holds another seal") from None

    async def all(self) -> list[tuple[str, Signed | None]]:
        """Every anchor by its name, in order; None for one that cannot be read."""
        names = await self._store.list(self._folder)
        return [(name, _read(await self._store.get(name))) for name in sorted(names)]

    def _key(self, position: int) -> str:
        # As wide as the longest position, so that names sort as numbers do.
        return f"{self._folder}/{position:019}.json"


def positions(anchors: Sequence[tuple[str, Signed | None]]) -> set[int]:
    """Where there are anchors."""
    return {anchor.head.position for _, anchor in anchors if anchor is not None}


def _written(signed: Signed) -> bytes:
    head = signed.head
    statement = {
        "position": head.position,
        "hash": head.hash.hex(),
        "signature": signed.signature.hex(),
    }
    return json.dumps(statement).encode()


def _read(written: bytes) -> Signed | None:
    try:
        said = json.loads(written)
        head = Head(int(said["position"]), bytes.fromhex(said["hash"]))
        return Signed(head, bytes.fromhex(said["signature"]))
    except (ValueError, KeyError, TypeError):
        return None

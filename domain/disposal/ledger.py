"""The ledger of what was erased, kept a second time outside the databases.

One object per batch of keys, `erased/<tenant>/<id>.json`, written before the keys are destroyed.
A keyring that is restored from a backup lacks the entries made after it: they are here.
"""

import json
from collections.abc import Sequence
from uuid import UUID

from domain.recordings.ports import ObjectStore

FOLDER = "erased"


class Ledger:
    """What of one tenant was erased for good."""

    def __init__(self, store: ObjectStore, tenant_id: UUID) -> None:
        self._store = store
        self._folder = f"{FOLDER}/{tenant_id}"

    async def keep(self, batch_id: UUID, keys: Sequence[UUID]) -> None:
        """Note a batch; noting it again changes nothing. Raises `Unavailable`."""
        written = json.dumps([str(key) for key in sorted(keys)]).encode()
        await self._store.put(f"{self._folder}/{batch_id}.json", written)

    async def all(self) -> set[UUID]:
        """Every key that was ever destroyed for good."""
        found: set[UUID] = set()
        for name in await self._store.list(self._folder):
            found |= {UUID(key) for key in json.loads(await self._store.get(name))}
        return found

"""Opening and sealing rows with the keys of one tenant."""

import base64
import os
from collections.abc import Iterable, Sequence, Set
from datetime import datetime
from typing import Protocol
from uuid import UUID, uuid5

from domain.encryption import KEY_BYTES, DataKey, MasterKey, place_of
from domain.keyring.errors import KeyDestroyed
from domain.keyring.models import KeyKind
from domain.personal import DataClass, labels
from domain.sealed import Sealed, sealed_fields
from domain.tenancy import TenantModel

# The tenant's blind-index key has an id of its own, made from the tenant's.
INDEX_NAMESPACE_NAME = "blind-index"


class KeyStore(Protocol):
    """The keyring database, seen by one tenant."""

    async def fetch(self, tenant_id: UUID, ids: Sequence[UUID]) -> dict[UUID, bytes]:
        """The wrapped keys that exist among `ids`."""

    async def put(
        self, tenant_id: UUID, id: UUID, kind: KeyKind, wrapped: bytes, at: datetime
    ) -> bytes:
        """Keep a wrapped key unless one is there already; return the one that is kept.

        Raises `KeyDestroyed` under an id whose key was destroyed for good.
        """

    async def destroy(
        self, tenant_id: UUID, ids: Sequence[UUID], for_good_at: datetime | None = None
    ) -> int:
        """Delete keys; return how many there were. With a moment, there will be no others."""

    async def destroyed(self, tenant_id: UUID, since: datetime | None) -> Sequence[UUID]:
        """The keys that are gone for good, or that went since a moment."""

    async def aged(
        self, tenant_id: UUID, before: datetime, after: UUID, most: int
    ) -> Sequence[UUID]:
        """The next keys made before a moment, in order, but for those of the tenant itself."""


class TenantKeys:
    """The keys of one tenant, fetched a page at a time and kept for one unit of work."""

    def __init__(
        self,
        tenant_id: UUID,
        store: KeyStore,
        master: MasterKey,
        now: datetime,
        reads: Set[DataClass] | None = None,
    ) -> None:
        """`reads` are the kinds of data that are opened; the others stay sealed."""
        self.tenant_id = tenant_id
        self._store = store
        self._master = master
        self._now = now
        self._reads = reads
        self._tenant: DataKey | None = None
        self._keys: dict[UUID, DataKey] = {}

    async def seal(self, row: TenantModel) -> None:
        """Encrypt the plain sealed columns of a row that is about to be stored."""
        plain = [(name, getattr(row, name)) for name in sealed_fields(type(row))]
        waiting = [(name, value) for name, value in plain if value and value.ciphertext is None]
        if not waiting:
            return
        key = await self._key_of(row)
        for name, value in waiting:
            value.ciphertext = key.seal(value.plain, self._place(row, name))

    async def open(self, rows: Iterable[TenantModel]) -> None:
        """Decrypt every sealed column of a page of rows, with one look at the keyring."""
        closed = [row for row in rows if self._sealed_values(row)]
        await self._load({_key_id(row) for row in closed})
        for row in closed:
            key = self._keys.get(_key_id(row))
            if key is None:
                raise KeyDestroyed(f"This {row._meta.db_table} has been erased")
            for name, value in self._sealed_values(row):
                value.opened(key.open(value.ciphertext or b"", self._place(row, name)))

    async def open_remaining(self, rows: Iterable[TenantModel]) -> None:
        """Decrypt the rows whose keys still exist, with one look; the others stay sealed."""
        closed = [row for row in rows if self._sealed_values(row)]
        await self._load({_key_id(row) for row in closed})
        await self.open(row for row in closed if _key_id(row) in self._keys)

    async def conversation(self, id: UUID) -> DataKey:
        """The key of one call, chat or thread: seals its recording."""
        return await self._ensure(id, KeyKind.CONVERSATION)

    async def blind_index(self, column: str, value: str) -> str:
        """The fingerprint under which equal values of a column are found."""
        return (await self._index()).blind_index(column, value)

    async def index_for(self, purpose: str) -> DataKey:
        """The key of fingerprints of one purpose, for making many without another look."""
        return (await self._index()).derived(purpose)

    def seal_apart(self, id: UUID, plain: bytes) -> bytes:
        """Seal what belongs to a person and no tenant, under a key that travels with it.

        Two bytes of length, that key wrapped by the master key, what it seals.
        """
        secret = _new_secret()
        wrapped = self._master.wrap(id, secret)
        sealed = DataKey(secret).seal(plain, id.bytes)
        return len(wrapped).to_bytes(2, "big") + wrapped + sealed

    def open_apart(self, id: UUID, sealed: bytes) -> bytes:
        """Open what was sealed apart. Raises `WrongKey`."""
        end = 2 + int.from_bytes(sealed[:2], "big")
        return self._master.unwrap(id, sealed[2:end]).open(sealed[end:], id.bytes)

    async def destroy(self, ids: Sequence[UUID], *, for_good: bool = False) -> int:
        """Make everything sealed by these keys unreadable for ever.

        For good, if nothing is to be sealed under these ids again: whoever tries is told so.
        """
        for id in ids:
            self._keys.pop(id, None)
        if not ids:
            return 0
        return await self._store.destroy(self.tenant_id, ids, self._now if for_good else None)

    async def destroyed(self, since: datetime | None = None) -> Sequence[UUID]:
        """The keys that are gone for good, or that went since a moment."""
        return await self._store.destroyed(self.tenant_id, since)

    async def aged(self, before: datetime, after: UUID, most: int) -> Sequence[UUID]:
        """The next keys made before a moment, in order, but for those of the tenant itself."""
        return await self._store.aged(self.tenant_id, before, after, most)

    async def exposed(self, id: UUID) -> str | None:
        """A key itself, in base64, to be sealed elsewhere; None if it is destroyed."""
        await self._load({id})
        key = self._keys.get(id)
        return base64.b64encode(key.secret).decode() if key else None

    async def has(self, id: UUID) -> bool:
        """Whether a key exists; to ask for one that does not would make it."""
        await self._load({id})
        return id in self._keys

    def _place(self, row: TenantModel, column: str) -> bytes:
        return place_of(self.tenant_id, row._meta.db_table, column, row.id)

    def _sealed_values(self, row: TenantModel) -> list[tuple[str, Sealed]]:
        names = (name for name in sealed_fields(type(row)) if self._may_open(row, name))
        values = [(name, getattr(row, name)) for name in names]
        return [(name, value) for name, value in values if value and not value.is_open]

    def _may_open(self, row: TenantModel, column: str) -> bool:
        return self._reads is None or labels(type(row))[column] in self._reads

    async def _key_of(self, row: TenantModel) -> DataKey:
        id = _key_id(row)
        if id == self.tenant_id:
            return await self._tenant_key()
        return await self._ensure(id, key_kind(row))

    async def _index(self) -> DataKey:
        return await self._ensure(uuid5(self.tenant_id, INDEX_NAMESPACE_NAME), KeyKind.INDEX)

    async def _ensure(self, id: UUID, kind: KeyKind) -> DataKey:
        await self._load({id})
        if id not in self._keys:
            tenant_key = await self._tenant_key()
            wrapped = tenant_key.wrap(id, _new_secret())
            kept = await self._store.put(self.tenant_id, id, kind, wrapped, self._now)
            self._keys[id] = tenant_key.unwrap(id, kept)
        return self._keys[id]

    async def _load(self, ids: set[UUID]) -> None:
        missing = ids - self._keys.keys()
        if not missing:
            return
        # The tenant's own key rides along, so a page costs one query.
        wanted = missing | {self.tenant_id} if self._tenant is None else missing
        wrapped = await self._store.fetch(self.tenant_id, sorted(wanted))
        tenant_wrapped = wrapped.pop(self.tenant_id, None)
        if tenant_wrapped is not None:
            self._tenant = self._master.unwrap(self.tenant_id, tenant_wrapped)
            self._keys[self.tenant_id] = self._tenant
        if self._tenant is not None:
            for id, value in wrapped.items():
                self._keys[id] = self._tenant.unwrap(id, value)

    async def _tenant_key(self) -> DataKey:
        await self._load({self.tenant_id})
        if self._tenant is None:
            wrapped = self._master.wrap(self.tenant_id, _new_secret())
            kept = await self._store.put(
                self.tenant_id, self.tenant_id, KeyKind.TENANT, wrapped, self._now
            )
            self._tenant = self._master.unwrap(self.tenant_id, kept)
            self._keys[self.tenant_id] = self._tenant
        return self._tenant


def key_kind(row: TenantModel) -> KeyKind:
    """What sort of key seals a table: a conversation's, or a person's."""
    named = row.sealed_by or ""
    if named == "box_id":
        return KeyKind.ARCHIVE
    by_conversation = named == "conversation_id" or row._meta.db_table in {"conversation", "call"}
    return KeyKind.CONVERSATION if by_conversation else KeyKind.SUBJECT


def _key_id(row: TenantModel) -> UUID:
    if row.sealed_by is None:
        raise TypeError(f"{type(row).__name__} has sealed columns but names no key (sealed_by)")
    id = getattr(row, row.sealed_by)
    assert isinstance(id, UUID)
    return id


def _new_secret() -> bytes:
    return os.urandom(KEY_BYTES)

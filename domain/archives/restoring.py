"""Taking in a business from elsewhere: every row under its own id, or nothing at all.

A row keeps its id, for a row's key is its tenant's and its own. What is sealed is sealed anew
under keys of this deployment, and blind indexes are made again.
"""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from uuid import UUID

from tortoise.exceptions import IntegrityError, OperationalError, ValidationError

from domain.archives.errors import ArchiveDamaged, TakenElsewhere, TenantNotEmpty
from domain.archives.reading import Parcel
from domain.archives.tables import parents_first
from domain.archives.values import read
from domain.personal import fingerprinted
from domain.recordings import wav
from domain.recordings.models import Recording, RecordingState
from domain.recordings.ports import ObjectStore
from domain.recordings.sealing import Seal, folder
from domain.recordings.sink import BlockWriter
from domain.scope import Scope
from domain.tenancy import TenantModel
from domain.trail import Trace
from domain.work import UnitOfWork, UnitsOfWork

PAGE = 500
RESTORED = "archive.restored"
Before = Callable[[UnitOfWork], Awaitable[object]]
# What can be at one business of a deployment only.
ONLY_ONE = {"phone_number_e164_key": "a telephone number"}


@dataclass
class Restorer:
    """Takes archives in; `store` is where sound is kept."""

    unit_of_work: UnitsOfWork
    store: ObjectStore
    written: list[str] = field(default_factory=list)

    async def restore(
        self, scope: Scope, parcel: Parcel, before: Before | None = None
    ) -> dict[str, int]:
        """Take everything in, after what comes before; how many rows of each table there were.

        Raises `ArchiveDamaged`, `TenantNotEmpty` and `TakenElsewhere`: then nothing is left of it.
        """
        try:
            await self._sounds(scope, parcel)
            async with self.unit_of_work(scope) as uow:
                uow.require("tenant:write")
                if before is not None:
                    await before(uow)
                counts = await self._rows(uow, parcel)
                digest = parcel.manifest.canonical
                uow.trace(Trace(RESTORED, details={"canonical": digest, "rows": counts}))
        except BaseException:
            for where in self.written:
                await self.store.delete(await self.store.list(where))
            raise
        return counts

    async def _rows(self, uow: UnitOfWork, parcel: Parcel) -> dict[str, int]:
        held = parcel.tables()
        ordered = [(name, held[name]) for name in parents_first(held)]
        return {name: await self._table(uow, parcel, name, model) for name, model in ordered}

    async def _table(
        self, uow: UnitOfWork, parcel: Parcel, name: str, model: type[TenantModel]
    ) -> int:
        if await model.filter(tenant_id=uow.tenant_id).using_db(uow.connection).exists():
            raise TenantNotEmpty(name)
        count, found = 0, _read(parcel, name, model, uow.tenant_id)
        while page := list(islice(found, PAGE)):
            for row in page:
                await _fingerprint(uow, row)
                await uow.keys.seal(row)
            await _insert(uow, model, page)
            count += len(page)
        return count

    async def _sounds(self, scope: Scope, parcel: Parcel) -> None:
        """Seal the sound of every recording anew; rows that nobody may have yet are no matter."""
        if "recording" not in parcel.tables():
            return
        for row in _read(parcel, "recording", Recording, scope.tenant_id):
            assert isinstance(row, Recording)
            if row.state is RecordingState.READY:
                await self._sound(scope, parcel, row)

    async def _sound(self, scope: Scope, parcel: Parcel, row: Recording) -> None:
        id: UUID = row.id
        async with self.unit_of_work(scope) as uow:
            key = await uow.keys.conversation(row.conversation_id)
        self.written.append(folder(scope.tenant_id, id))
        writer = BlockWriter(self.store, Seal(key, scope.tenant_id, id), row.sample_rate)
        head = wav.HEADER_BYTES
        for stretch in parcel.sound(id):
            await writer.write(stretch[head:])
            head = max(0, head - len(stretch))
        recorded = await writer.close()
        if (recorded.sha256, recorded.chunks) != (row.sha256, row.chunks):
            raise ArchiveDamaged(f"audio/{id}.wav", "it is not the sound that was recorded")


def _read(
    parcel: Parcel, name: str, model: type[TenantModel], tenant_id: UUID
) -> Iterator[TenantModel]:
    """The rows of a table as this tenant's."""
    fields = model._meta.fields_map
    for row in parcel.rows(name):
        values = {
            column: _value(fields[column], value, tenant_id, f"{name}.{column}")
            for column, value in row.items()
        }
        yield model(tenant_id=tenant_id, **values)


def _value(field: Any, value: Any, tenant_id: UUID, where: str) -> Any:
    try:
        return read(field, value, tenant_id)
    except (ValueError, TypeError, AttributeError) as wrong:
        raise ArchiveDamaged(where, f"{value!r:.40} does not fit") from wrong


async def _fingerprint(uow: UnitOfWork, row: TenantModel) -> None:
    for column, (source, name) in fingerprinted(type(row)).items():
        value = getattr(row, source)
        index = await uow.keys.blind_index(name, value.read()) if value is not None else None
        setattr(row, column, index)


async def _insert(uow: UnitOfWork, model: type[TenantModel], page: list[TenantModel]) -> None:
    try:
        await model.bulk_create(page, using_db=uow.connection)
    except IntegrityError as broken:
        name = getattr(broken.args[0], "constraint_name", None) or ""
        if name in ONLY_ONE:
            raise TakenElsewhere(ONLY_ONE[name]) from broken
        raise ArchiveDamaged(f"data/{model._meta.db_table}.json", f"rows break {name}") from broken
    except (OperationalError, ValidationError) as broken:
        where = f"data/{model._meta.db_table}.json"
        raise ArchiveDamaged(where, "rows do not fit the table") from broken

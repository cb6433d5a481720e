"""Writing down by which words rows are found, and forgetting it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from domain.sealed import is_open
from domain.search.forms import Fingerprints, forms
from domain.search.models import Indexed, SearchKind
from domain.search.repository import Index
from domain.search.sources import SOURCES, Source, languages
from domain.search.words import Text
from domain.work import UnitOfWork

# Goes up whenever texts are taken apart in another way: `deskbell search reindex` follows.
VERSION = 1


async def keep(uow: UnitOfWork, kind: SearchKind, ids: Sequence[UUID]) -> int:
    """Index some rows anew; how many have words. Those that are gone or erased are forgotten."""
    source = SOURCES[kind]
    rows = await source.repository(uow).all().filter(id__in=list(ids))
    return await keep_rows(uow, source, rows, ids)


async def keep_rows(
    uow: UnitOfWork, source: Source, rows: Sequence[Any], ids: Sequence[UUID]
) -> int:
    """The same for rows that were read but not opened, of all that were asked for."""
    await uow.keys.open_remaining(rows)
    texts = {row.id: source.text(row) for row in rows if is_open(row)}
    written = [row for row in rows if texts.get(row.id)]
    spoken = await languages(uow, written)
    index = Index(uow)
    fingerprints = await index.fingerprints(source.kind)
    made = []
    for row in written:
        text = Text.of(texts[row.id], spoken[row.id])
        made.append(_indexed(uow, source, row, text, fingerprints))
    await index.put(source, made)
    await index.drop(source, sorted(set(ids) - {row.id for row in made}))
    return len(made)


async def forget(uow: UnitOfWork, keys: Sequence[UUID]) -> None:
    """Remove the words of all that some keys seal, by the ids of contacts and conversations.

    Whoever destroys keys calls this too: fingerprints outlive the key of their text, not its row.
    """
    for source in SOURCES.values():
        await Index(uow).forget(source, keys)


def _indexed(
    uow: UnitOfWork, source: Source, row: Any, text: Text, fingerprints: Fingerprints
) -> Indexed:
    return source.words(
        id=row.id,
        tenant_id=uow.tenant_id,
        at=source.at(row),
        language=text.language,
        version=VERSION,
        words=fingerprints.all(forms(text)),
    )

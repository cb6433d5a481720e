"""The fingerprints of one kind of text, as one unit of work sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.search.forms import Fingerprints
from domain.search.models import Indexed, SearchKind
from domain.search.question import Wanted
from domain.search.sources import SOURCES, Source
from domain.work import UnitOfWork

PURPOSE = "search"
# The same columns for every kind; the functions see every tenant and show the current one only.
FIND = "SELECT '{kind}' AS kind, * FROM search_{table}(${number}, $1, $2, $3)"
NEWEST = " ORDER BY at DESC, id DESC LIMIT $3"
FORGET = """
DELETE FROM {words} AS w USING "{table}" AS t
WHERE w.tenant_id = $1 AND t.tenant_id = $1 AND t.id = w.id AND t."{key}" = ANY($2)
"""


@dataclass(frozen=True)
class Place:
    """Where something stands in what was found: the newest in front."""

    at: datetime
    id: UUID


@dataclass(frozen=True)
class Candidate:
    """A row that has, by its fingerprints, all that was looked for."""

    kind: SearchKind
    place: Place
    language: str


class Index:
    """Writes fingerprints, and finds rows by them."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.uow = uow

    async def fingerprints(self, kind: SearchKind) -> Fingerprints:
        """What makes those of one kind."""
        return Fingerprints(await self.uow.keys.index_for(PURPOSE), kind.value)

    async def put(self, source: Source, rows: Sequence[Indexed]) -> None:
        """Keep rows of fingerprints, in the place of earlier ones."""
        if rows:
            await source.words.bulk_create(
                rows,
                on_conflict=["tenant_id", "id"],
                update_fields=["at", "language", "version", "words"],
                using_db=self.uow.connection,
            )

    async def drop(self, source: Source, ids: Sequence[UUID]) -> None:
        """Remove the fingerprints of some rows."""
        if ids:
            rows = source.words.filter(tenant_id=self.uow.tenant_id, id__in=list(ids))
            await rows.using_db(self.uow.connection).delete()

    async def versions(self, source: Source, ids: Sequence[UUID]) -> dict[UUID, int]:
        """In which way some rows were indexed; those that were not are left out."""
        rows = source.words.filter(tenant_id=self.uow.tenant_id, id__in=list(ids))
        return dict(await rows.using_db(self.uow.connection).values_list("id", "version"))

    async def forget(self, source: Source, keys: Sequence[UUID]) -> None:
        """Remove the fingerprints of all that some keys seal."""
        model = source.repository.model
        names = {"words": source.table, "table": model._meta.db_table, "key": model.sealed_by}
        values = [self.uow.tenant_id, list(keys)]
        statement = FORGET.format(**names)
        await self.uow.connection.execute_query(statement, values)

    async def candidates(
        self, wanted: Wanted, kinds: Sequence[SearchKind], after: Place | None, most: int
    ) -> list[Candidate]:
        """The newest rows of some kinds that come after a place."""
        asked = [await self._groups(kind, wanted) for kind in kinds]
        parts = [
            FIND.format(kind=kind.value, table=SOURCES[kind].table, number=number)
            for number, kind in enumerate(kinds, 4)
        ]
        query = " UNION ALL ".join(parts) + NEWEST
        place = [after.at, after.id] if after else [None, None]
        rows = await self.uow.connection.execute_query_dict(query, [*place, most, *asked])
        return [
            Candidate(SearchKind(row["kind"]), Place(row["at"], row["id"]), row["language"])
            for row in rows
        ]

    async def _groups(self, kind: SearchKind, wanted: Wanted) -> list[str]:
        """One array a group, as PostgreSQL writes arrays; their lengths differ."""
        fingerprints = await self.fingerprints(kind)
        made = (fingerprints.all(group) for group in wanted)
        return [f"{{{','.join(map(str, group))}}}" for group in made]

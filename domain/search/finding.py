"""Finding rows by words: by fingerprints first, then by what really stands there."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.contacts.restriction import unrestricted
from domain.errors import InvalidInput
from domain.sealed import is_open
from domain.search.models import SearchKind
from domain.search.question import Question
from domain.search.repository import Candidate, Index, Place
from domain.search.snippets import Snippet, cut
from domain.search.sources import SOURCES
from domain.search.words import Text
from domain.work import UnitOfWork

# So often another page is looked at when candidates turn out to be none; then the next page of
# the answer goes on.
ROUNDS = 5


@dataclass(frozen=True)
class Hit:
    """A row with what was looked for, opened, and the part of it that shows so."""

    kind: SearchKind
    row: Any
    place: Place
    snippet: Snippet


@dataclass(frozen=True)
class Found:
    """A page of what was found; `last` is where the next one begins."""

    hits: list[Hit]
    more: bool
    last: Place | None


async def find(
    uow: UnitOfWork,
    question: Question,
    kinds: Sequence[SearchKind],
    *,
    after: Place | None = None,
    most: int,
) -> Found:
    """The newest rows with everything in question. Raises `Forbidden` and `InvalidInput`."""
    if not kinds:
        raise InvalidInput.at("kinds", "Say where to look")
    for kind in kinds:
        uow.require(SOURCES[kind].permission)
    hits: list[Hit] = []
    wanted, complete = question.wanted(), False
    for _ in range(ROUNDS):
        candidates = await Index(uow).candidates(wanted, kinds, after, most + 1)
        hits += await _checked(uow, question, candidates)
        complete = len(candidates) <= most
        if complete or len(hits) > most:
            break
        after = candidates[-1].place
    if len(hits) > most:
        shown = hits[:most]
        return Found(shown, True, shown[-1].place if shown else after)
    last = hits[-1].place if complete and hits else after
    return Found(hits, not complete, last)


async def _checked(
    uow: UnitOfWork, question: Question, candidates: Sequence[Candidate]
) -> list[Hit]:
    """Those that hold what was looked for, word by word, in the order they came."""
    ids: dict[SearchKind, list[UUID]] = defaultdict(list)
    for candidate in candidates:
        ids[candidate.kind].append(candidate.place.id)
    rows: dict[UUID, Any] = {}
    for kind, some in ids.items():
        rows |= await _opened(uow, kind, some)
    found = []
    for candidate in candidates:
        # A summary has the id of its conversation, which is a row of no other kind.
        row = rows.get(candidate.place.id)
        hit = _hit(question, candidate, row) if row is not None else None
        if hit is not None:
            found.append(hit)
    return found


async def _opened(uow: UnitOfWork, kind: SearchKind, ids: list[UUID]) -> dict[UUID, Any]:
    """The rows that are still there and whose keys exist."""
    # Whoever wants their data kept and not used is found by nobody.
    rows = await unrestricted(uow, SOURCES[kind].repository(uow).all()).filter(id__in=ids)
    await uow.keys.open_remaining(rows)
    return {row.id: row for row in rows if is_open(row)}


def _hit(question: Question, candidate: Candidate, row: Any) -> Hit | None:
    text = SOURCES[candidate.kind].text(row)
    spans = question.spans(Text.of(text, candidate.language))
    if not spans:
        return None
    return Hit(candidate.kind, row, candidate.place, cut(text, spans))

"""What is packed, a piece at a time: rows of tables, what was said, what was heard, and a guide.

A chapter is told where it stopped and gives the next pieces; whoever is killed in between writes
the same pieces again.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tortoise.models import Model

from domain.archives import tables, texts
from domain.archives.models import Archive, Whose
from domain.archives.schemas import schema
from domain.archives.tables import Subject
from domain.archives.values import written
from domain.contacts.models import Contact
from domain.conversations.models import Conversation, Turn
from domain.keyring.errors import KeyDestroyed
from domain.recordings import service as recordings
from domain.recordings.models import Recording, RecordingState
from domain.recordings.sound import Sound
from domain.sealed import sealed_fields
from domain.spreadsheets import csv_lines
from domain.tables import tables as every_table
from domain.tenancy import TenantModel
from domain.work import UnitOfWork

PAGE, TALKS = 500, 20
# A minute of the widest sound.
SOUND_BYTES = 12 * 5 * 16_000 * 4
TRANSCRIPTS, AUDIO, GUIDE = "#transcripts", "#audio", "#guide"
AFTER_TABLES = (TRANSCRIPTS, AUDIO, GUIDE)


@dataclass(frozen=True)
class Heard:
    """A stretch of a recording that is to be read from the store."""

    sound: Sound
    path: str
    start: int
    stop: int


@dataclass(frozen=True)
class Step:
    """The next pieces by file, and where the archive stands with them."""

    pieces: dict[str, bytes] = field(default_factory=dict)
    heard: Heard | None = None
    chapter: int = 0
    last: str | None = None
    offset: int = 0
    rows: dict[str, int] = field(default_factory=dict)

    @property
    def cursor(self) -> dict[str, Any]:
        """Where it stands, as it is kept."""
        return {"chapter": self.chapter, "last": self.last, "offset": self.offset}


@dataclass(frozen=True)
class Place:
    """Where an archive stopped."""

    chapter: int = 0
    last: str | None = None
    offset: int = 0

    @property
    def after(self) -> dict[str, Any]:
        """The condition under which rows come next."""
        return {} if self.last is None else {"id__gt": UUID(self.last)}

    def next_chapter(self, **more: Any) -> Step:
        """Nothing of this chapter is left."""
        return Step(chapter=self.chapter + 1, **more)


def plan(whose: Whose) -> list[str]:
    """What is packed of somebody, one after the other."""
    after = (GUIDE,) if whose is Whose.USER else AFTER_TABLES
    return [*tables.of_whom(whose), *after]


async def next_step(uow: UnitOfWork, archive: Archive) -> Step | None:
    """The next pieces; None if everything is packed."""
    place = Place(**archive.cursor)
    if place.chapter == len(archive.chapters):
        return None
    name, subject = archive.chapters[place.chapter], await _subject(uow, archive)
    match name:
        case "#transcripts":
            return await _talks(uow, subject, place)
        case "#audio":
            return await _sound(uow, subject, place)
        case "#guide":
            return place.next_chapter(pieces=texts.guide(uow, archive))
    return await _page(uow, archive, every_table()[name], subject, place)


async def _subject(uow: UnitOfWork, archive: Archive) -> Subject | None:
    if archive.whose is Whose.TENANT:
        return None
    if archive.whose is Whose.USER:
        return Subject(user_id=archive.subject_id)
    # Not opened: whoever is erased has no number to be found by any more.
    found = await tables.rows(uow, Contact, None).filter(id=archive.subject_id)
    index = found[0].phone_index if found else None
    return Subject(contact_id=archive.subject_id, phone_index=index)


async def _page(
    uow: UnitOfWork, archive: Archive, model: type[Model], subject: Subject | None, place: Place
) -> Step:
    """The next rows of a table, as JSON and for spreadsheets."""
    query = tables.rows(uow, model, subject).filter(**place.after).order_by("id")
    found = await query.limit(PAGE)
    readable = await _readable(uow, model, found)
    table, complete = model._meta.db_table, len(found) < PAGE
    count = archive.rows.get(table, 0) + len(readable)
    if complete and not count:
        return place.next_chapter()
    values = [
        {name: written(getattr(row, name), uow.tenant_id) for name in tables.columns(model)}
        for row in readable
    ]
    pieces = _files(model, values, first=not archive.rows.get(table), last=complete)
    rows = archive.rows | {table: count}
    if complete:
        return place.next_chapter(pieces=pieces, rows=rows)
    return Step(pieces, chapter=place.chapter, last=str(found[-1].id), rows=rows)


async def _readable(uow: UnitOfWork, model: type[Model], found: Sequence[Any]) -> list[Any]:
    """The rows that still say what they must: whoever was erased keeps nobody from the rest."""
    if not issubclass(model, TenantModel):
        return list(found)
    await uow.keys.open_remaining(found)
    fields = model._meta.fields_map
    needed = [name for name in sealed_fields(model) if not fields[name].null]
    return [row for row in found if all(getattr(row, name).is_open for name in needed)]


def _files(
    model: type[Model], values: list[dict[str, Any]], *, first: bool, last: bool
) -> dict[str, bytes]:
    """The pieces of a table's files: a row is a line, so that nobody has to hold all of them."""
    table, names = model._meta.db_table, tables.columns(model)
    first = first and bool(values)
    lines = [json.dumps(each, ensure_ascii=False, sort_keys=True) for each in values]
    joined = "".join(f"{',' if at or not first else '['}\n{line}" for at, line in enumerate(lines))
    cells = [[_cell(each[name]) for name in names] for each in values]
    pieces = {
        f"data/{table}.json": joined + ("\n]\n" if last else ""),
        f"csv/{table}.csv": csv_lines([names, *cells] if first else cells),
    }
    if first:
        pieces[f"schema/{table}.json"] = json.dumps(schema(model), indent=2) + "\n"
    return {path: text.encode() for path, text in pieces.items() if text}


def _cell(value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


async def _talks(uow: UnitOfWork, subject: Subject | None, place: Place) -> Step:
    """The next conversations, word for word, each a file that people can read."""
    query = tables.rows(uow, Conversation, subject).filter(**place.after).order_by("id")
    found = await query.limit(TALKS)
    turns = tables.rows(uow, Turn, None).filter(conversation_id__in=[row.id for row in found])
    said = await turns.order_by("conversation_id", "position") if found else []
    await uow.keys.open_remaining(said)
    pieces = {
        f"transcripts/{talk.id}.txt": texts.transcript(uow, talk, own)
        for talk in found
        if (own := [t for t in said if t.conversation_id == talk.id and t.text.is_open])
    }
    if len(found) < TALKS:
        return place.next_chapter(pieces=pieces)
    return Step(pieces, chapter=place.chapter, last=str(found[-1].id))


async def _sound(uow: UnitOfWork, subject: Subject | None, place: Place) -> Step:
    """The next stretch of a recording, opened, as a WAV file."""
    ready = tables.rows(uow, Recording, subject).filter(state=RecordingState.READY)
    going_on = {"id": UUID(place.last)} if place.last and place.offset else place.after
    found = await ready.filter(**going_on).order_by("id").limit(1)
    if not found:
        return place.next_chapter()
    recording = found[0]
    try:
        sound = await recordings.sound(uow, recording.id)
    except KeyDestroyed:
        return Step(chapter=place.chapter, last=str(recording.id))
    stop = min(place.offset + SOUND_BYTES, sound.wav_bytes)
    heard = Heard(sound, f"audio/{recording.id}.wav", place.offset, stop)
    offset = stop if stop < sound.wav_bytes else 0
    return Step(heard=heard, chapter=place.chapter, last=str(recording.id), offset=offset)

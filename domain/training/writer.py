"""Whoever writes the file: reads, takes people out, seals, stores, and asks again at the end."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from domain.contacts.repository import Contacts
from domain.conversations.models import Conversation, Speaker
from domain.conversations.repository import Conversations, Turns
from domain.handlers import HandlerContext, HandlerFunction, serves
from domain.privacy.policy import Destination
from domain.privacy.purposes import Purpose
from domain.privacy.sensitive import redact_for
from domain.recordings.ports import ObjectStore
from domain.training.anonymiser import Said, anonymise
from domain.training.events import TrainingExportFinished, TrainingExportRefused
from domain.training.models import TrainingExport, TrainingState
from domain.training.repository import (
    TrainingCandidates,
    TrainingExports,
    TrainingKeys,
)
from domain.training.rules import Bar, Facts, bars
from domain.training.sealing import PublicKey, seal
from domain.training.service import objects, standing_bars, where
from domain.work import UnitOfWork

# One file holds so many at most; what is over waits for the next.
MOST = 5_000
PAGE = 200


@dataclass
class Gathered:
    """What goes into a file, and why the rest does not."""

    lines: list[str] = field(default_factory=list)
    taken: list[UUID] = field(default_factory=list)
    left_out: Counter[Bar] = field(default_factory=Counter)

    @property
    def text(self) -> bytes:
        """The file, a conversation a line."""
        return "".join(f"{line}\n" for line in self.lines).encode()


@dataclass(frozen=True)
class TrainingWriter:
    """The job that writes files, for whoever has a store."""

    store: ObjectStore

    @property
    def jobs(self) -> tuple[HandlerFunction, ...]:
        """What can be asked for later."""
        return (self.write,)

    @serves(Purpose.IMPROVEMENT)
    async def write(self, payload: dict[str, Any], context: HandlerContext) -> None:
        """Write one file; whatever stands in the way at this moment keeps everything back."""
        id = UUID(payload["training_export_id"])
        async with context.unit_of_work() as uow:
            export = await TrainingExports(uow).get(id)
            key = await self._key(uow, export)
            gathered = await gather(uow) if key else Gathered()
        sealed = seal(gathered.text, key) if key else b""
        place = where(context.tenant_id, id, hashlib.sha256(sealed).hexdigest())
        if key:
            await self.store.put(place, sealed)
        kept = False
        try:
            async with context.settle() as uow:
                kept = await _settle(uow, id, gathered, sealed)
        finally:
            if not kept:
                await self.store.delete([place])

    async def _key(self, uow: UnitOfWork, export: TrainingExport) -> PublicKey | None:
        """What to seal to; None if nothing may be written."""
        if export.state is not TrainingState.RUNNING or await standing_bars(uow):
            return None
        key = await TrainingKeys(uow).current()
        return PublicKey.read(key.recipient) if key else None


async def gather(uow: UnitOfWork) -> Gathered:
    """Everything that waits and may be used now, without anybody in it."""
    gathered, candidates = Gathered(), TrainingCandidates(uow)
    waiting = await candidates.page(candidates.all().order_by("id").limit(MOST))
    for start in range(0, len(waiting), PAGE):
        ids = [each.conversation_id for each in waiting[start : start + PAGE]]
        for conversation in await Conversations(uow).many(ids):
            await _take(uow, gathered, conversation)
    return gathered


async def _take(uow: UnitOfWork, gathered: Gathered, conversation: Conversation) -> None:
    profile = uow.scope.tenant.privacy
    said = await _said(uow, conversation)
    facts = Facts(
        opted_in=profile.training,
        hipaa=profile.hipaa,
        anonymised=said is not None,
        caller_objects=await objects(uow, conversation.contact_id),
        has_key=True,
    )
    if found := bars(facts):
        gathered.left_out.update(found)
        return
    assert said is not None
    gathered.taken.append(conversation.id)
    gathered.lines.append(_line(conversation, said))


async def _said(uow: UnitOfWork, conversation: Conversation) -> list[Said] | None:
    """What was said, with nobody in it; None if there is nothing to learn from."""
    turns = await Turns(uow).of(conversation.id)
    if not turns:
        return None
    profile = uow.scope.tenant.privacy
    spoken = [
        Said(
            turn.speaker is Speaker.CALLER,
            redact_for(turn.text.read(), Destination.TRAINING, profile).text,
        )
        for turn in turns
    ]
    return anonymise(spoken, await _known(uow, conversation))


async def _known(uow: UnitOfWork, conversation: Conversation) -> Sequence[str]:
    """What the record holds of whoever called."""
    if conversation.contact_id is None:
        return ()
    contact = await Contacts(uow).maybe(Contacts(uow).all().filter(id=conversation.contact_id))
    if contact is None:
        return ()
    return [each.read() for each in (contact.name, contact.phone, contact.email) if each]


def _line(conversation: Conversation, said: Sequence[Said]) -> str:
    """Neither ids nor times: nothing by which anybody could be found again."""
    turns = [{"by": "caller" if each.by_caller else "desk", "text": each.text} for each in said]
    told = {
        "channel": conversation.channel,
        "language": conversation.language,
        "outcome": conversation.outcome,
        "turns": turns,
    }
    return json.dumps(told, ensure_ascii=False)


async def _settle(uow: UnitOfWork, id: UUID, gathered: Gathered, sealed: bytes) -> bool:
    """Put a file on record, unless something has come in its way meanwhile."""
    exports = TrainingExports(uow)
    export = await exports.lock(id)
    if export.state is not TrainingState.RUNNING:
        return export.state is TrainingState.FINISHED
    objected = await _objects_now(uow, gathered.taken)
    if not sealed or objected or await standing_bars(uow):
        await exports.save(export, state=TrainingState.REFUSED, finished_at=uow.now)
        uow.record(TrainingExportRefused(training_export_id=id))
        return False
    await exports.save(
        export,
        state=TrainingState.FINISHED,
        finished_at=uow.now,
        conversations=len(gathered.taken),
        left_out={str(bar): count for bar, count in sorted(gathered.left_out.items())},
        sha256=hashlib.sha256(sealed).hexdigest(),
        bytes=len(sealed),
    )
    await TrainingCandidates(uow).drop(gathered.taken)
    uow.record(TrainingExportFinished(training_export_id=id, conversations=len(gathered.taken)))
    return True


async def _objects_now(uow: UnitOfWork, taken: list[UUID]) -> bool:
    """Whether somebody whose words are in the file has objected since they were read."""
    rows = await Conversations(uow).many(taken)
    if len(rows) < len(taken):
        return True
    for contact_id in {row.contact_id for row in rows}:
        if await objects(uow, contact_id):
            return True
    return False

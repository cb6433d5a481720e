"""A business that opted in, or not, and somebody who calls it."""

from dataclasses import dataclass, replace
from typing import Any

import pytest

from domain import conversations
from domain.conversations.models import Speaker
from domain.privacy.presets import CALLERS, DEFAULT
from domain.scope import Scope
from domain.training import service
from domain.training.repository import TrainingCandidates, TrainingExports
from domain.training.service import where
from domain.training.writer import TrainingWriter
from domain.work import UnitsOfWork
from integrations.storage.settings import StorageSettings
from integrations.storage.store import open_store
from tests.conftest import NOW
from tests.factories import callers
from tests.factories.calls import Delivery
from tests.fakes.key_holder import KeyHolder

OPTED_IN = CALLERS[DEFAULT].model_copy(update={"training": True})


def promising(scope: Scope, profile: Any) -> Scope:
    """The same tenant under another policy."""
    return replace(scope, tenant=replace(scope.tenant, privacy=profile))


@dataclass
class School:
    """A tenant with a key of its own, and everything around an export."""

    work: UnitsOfWork
    scope: Scope
    store: Any
    holder: KeyHolder

    async def called(self, *said: str, name: str = "Anna Lee") -> callers.Caller:
        """Somebody called, said so much, and may wait to be exported."""
        caller = await callers.ring(self.work, self.scope, name=name)
        turns = [
            conversations.Said(position, Speaker.CALLER, text, NOW, 0)
            for position, text in enumerate(said)
        ]
        async with self.work(self.scope) as uow:
            await conversations.add_turns(uow, caller.conversation_id, turns)
            await service.queue(uow, caller.conversation_id)
        return caller

    async def waiting(self) -> int:
        async with self.work(self.scope, read_only=True) as uow:
            return await TrainingCandidates(uow).all().count()

    async def name_key(self) -> None:
        async with self.work(self.scope) as uow:
            await service.name_key(uow, self.holder.public)

    async def export(self, scope: Scope | None = None) -> Any:
        """Ask for a file; it is written in the scope given, which may be a later one."""
        async with self.work(self.scope) as uow:
            export = await service.start(uow)
        return await self.write(export.id, scope)

    async def write(self, id: Any, scope: Scope | None = None) -> Any:
        delivery = Delivery(self.work, scope or self.scope)
        delivered = {"training_export_id": str(id)}
        await TrainingWriter(self.store).write(delivered, delivery)
        async with self.work(self.scope, read_only=True) as uow:
            return await TrainingExports(uow).get(id)

    async def file(self, export: Any) -> bytes:
        return await self.store.get(where(self.scope.tenant_id, export.id, export.sha256))

    async def files(self) -> list[str]:
        return await self.store.list(f"{self.scope.tenant_id}/training")


@pytest.fixture
def store(tmp_path):
    return open_store(StorageSettings(url=(tmp_path / "files").as_uri()))


@pytest.fixture
async def school(unit_of_work, scope, store):
    made = School(unit_of_work, promising(scope, OPTED_IN), store, KeyHolder.new())
    await made.name_key()
    return made

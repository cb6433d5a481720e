"""Somebody who asks for exports, and workers who write them."""

import json

from domain import exports
from domain.exports import service
from domain.exports.repository import BulkExports
from domain.exports.writer import ExportWriter
from domain.sync.models import SyncKind
from integrations.storage.settings import StorageSettings
from integrations.storage.store import open_store
from plugins.delivery import Deliverer
from plugins.registry import Registry
from tests.fakes.mailer import Postbox
from tests.plugins.conftest import PACE, Road


def store_in(folder):
    """A store in a folder of the test's."""
    return open_store(StorageSettings(url=(folder / "files").as_uri()))


class Desk:
    """Asks for exports, lets them be written, and reads what was written."""

    def __init__(self, unit_of_work, scope, urls, store, pages_at_once=20):
        self.writer = ExportWriter(store, pages_at_once)
        registry = Registry(self.writer.handlers, self.writer.jobs, plugins=())
        deliverer = Deliverer(registry, unit_of_work, Postbox(), PACE)
        self.way = Road(registry, unit_of_work, scope, urls, deliverer)

    async def do(self, deed, *given, scope=None):
        async with self.way.unit_of_work(scope or self.way.scope) as uow:
            return await deed(uow, *given)

    async def start(self, *kinds, scope=None, **given):
        new = exports.NewExport(tuple(SyncKind(kind) for kind in kinds), **given)
        return (await self.do(exports.start, new, scope=scope)).id

    async def write(self):
        """Let workers go on until nothing is due."""
        while await self.way.travel():
            pass

    async def look(self, id):
        async with self.way.unit_of_work(self.way.scope) as uow:
            return await BulkExports(uow).get(id)

    async def text(self, id, kind, scope=None):
        file = await self.do(service.download, id, SyncKind(kind), scope=scope)
        blocks = [block async for block in self.writer.read(file)]
        assert sum(map(len, blocks)) == file.length.bytes
        return b"".join(blocks).decode()

    async def rows(self, id, kind):
        return [json.loads(line) for line in (await self.text(id, kind)).splitlines()]

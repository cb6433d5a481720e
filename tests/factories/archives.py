"""Somebody who asks for archives, and workers who pack them."""

import io
import json
import zipfile

from domain import archives
from domain.archives import service
from domain.archives.repository import Archives
from domain.archives.writer import Packer
from plugins.delivery import Deliverer
from plugins.registry import Registry
from tests.fakes.mailer import Postbox
from tests.plugins.conftest import PACE, Road


class Packing:
    """Asks for archives, lets them be packed, and takes them."""

    def __init__(self, unit_of_work, scope, urls, store, steps_at_once=20):
        self.packer = Packer(store, steps_at_once)
        registry = Registry(self.packer.handlers, self.packer.jobs, plugins=())
        deliverer = Deliverer(registry, unit_of_work, Postbox(), PACE)
        self.way = Road(registry, unit_of_work, scope, urls, deliverer)

    async def do(self, deed, *given, scope=None, **named):
        async with self.way.unit_of_work(scope or self.way.scope) as uow:
            return await deed(uow, *given, **named)

    async def work(self):
        """Let workers go on until nothing is due."""
        while await self.way.travel():
            pass

    async def look(self, id):
        async with self.way.unit_of_work(self.way.scope) as uow:
            return await Archives(uow).get(id)

    async def zip(self, id):
        """The bytes of an archive, taken with a link."""
        secret = await self.do(archives.make_link, id)
        collection = await self.do(service.collect, id, secret)
        return b"".join([block async for block in self.packer.read(collection)])

    async def pack(self, start, *given):
        """Start an archive, pack it, and open it."""
        archive = await self.do(start, *given)
        await self.work()
        return Opened(await self.zip(archive.id))


class Opened:
    """An archive that somebody took."""

    def __init__(self, packed: bytes) -> None:
        self.packed = packed
        self.file = zipfile.ZipFile(io.BytesIO(packed))

    @property
    def manifest(self):
        return json.loads(self.file.read("manifest.json"))

    def names(self, folder=""):
        return {name for name in self.file.namelist() if name.startswith(folder)}

    def rows(self, table):
        return json.loads(self.file.read(f"data/{table}.json"))

    def text(self, name):
        return self.file.read(name).decode()

"""Somebody who asks for erasures, and workers who carry them out."""

import json
from dataclasses import replace

from domain import erasure
from domain.disposal.sweeper import Sweeper
from domain.erasure.certificates import Signer, read
from domain.erasure.repository import ErasureCertificates, Erasures
from domain.erasure.worker import Eraser
from domain.exports.writer import ExportWriter
from domain.handlers import event_handlers, jobs
from plugins import notify, webhooks
from plugins.delivery import Deliverer
from plugins.personal import Holders
from plugins.registry import Registry
from plugins.settings import enable
from tenants.policy.repository import kept_in_backups
from tests.fakes.holder import Holder
from tests.fakes.mailer import Postbox
from tests.plugins.conftest import PACE, Road

SIGNER = Signer(b"s" * 32)


class Office:
    """Asks for erasures and lets them be carried out, a few rows at a time."""

    def __init__(
        self, unit_of_work, scope, urls, store, *, rows=3, letters=None, mailer=None, besides=()
    ):
        self.holder = Holder()
        holders = Holders(lambda: self.registry.personal)
        eraser = Eraser(SIGNER, kept_in_backups, holders, rows_at_once=rows)
        parts = (eraser, ExportWriter(store), *besides)
        self.registry = Registry(
            (*event_handlers(), *_all(parts, "handlers")),
            (*jobs(), *_all(parts, "jobs"), *Sweeper(store, letters).jobs),
            plugins=(notify, webhooks, self.holder),
        )
        deliverer = Deliverer(self.registry, unit_of_work, mailer or Postbox(), PACE)
        self.way = Road(self.registry, unit_of_work, scope, urls, deliverer)

    async def use_crm(self):
        """Switch the plugin on that keeps copies elsewhere."""
        async with self.way.unit_of_work(self.way.scope) as uow:
            await enable(uow, self.registry, Holder.name)

    async def ask(self, contact_id, **more):
        """Ask for the erasure of a caller."""
        async with self.way.unit_of_work(self.way.scope) as uow:
            return await erasure.erase_contact(uow, erasure.NewErasure(contact_id, **more))

    async def work(self, times=8):
        """Let workers go on until nothing is due, now and a little later."""
        for _ in range(times):
            while await self.way.travel():
                pass
            self.way.wait(PACE.grace * 6)

    async def look(self, id):
        async with self.way.unit_of_work(self.way.scope) as uow:
            return await Erasures(uow).get(id)

    async def certificates(self):
        """What the tenant's certificates say, in order."""
        return [read(file, SIGNER.public_key).statement for file in await self.files()]

    async def files(self):
        async with self.way.unit_of_work(self.way.scope) as uow:
            found = ErasureCertificates(uow)
            return [each.file for each in await found.page(found.all().order_by("number"))]

    async def everything(self):
        """Everything in the tenant's tables, as text."""
        async with self.way.unit_of_work(self.way.scope) as uow:
            tables = await uow.connection.execute_query_dict(
                "SELECT table_name AS name FROM information_schema.columns"
                " WHERE column_name = 'tenant_id' AND table_schema = 'public'"
            )
            found = {}
            for table in tables:
                rows = await uow.connection.execute_query_dict(
                    f'SELECT to_jsonb(t) AS row FROM "{table["name"]}" AS t WHERE tenant_id = $1',
                    [uow.tenant_id],
                )
                found[table["name"]] = [
                    json.loads(row["row"]) if isinstance(row["row"], str) else row["row"]
                    for row in rows
                ]
        return found


def erasing(road, store):
    """The same road, with workers who carry out erasures, and every built-in plugin."""
    registry = None
    holders = Holders(lambda: registry.personal)
    eraser = Eraser(SIGNER, kept_in_backups, holders, rows_at_once=100)
    sweeper = Sweeper(store, None)
    registry = Registry(
        (*event_handlers(), *eraser.handlers), (*jobs(), *eraser.jobs, *sweeper.jobs)
    )
    deliverer = replace(road.deliverer, registry=registry)
    return Road(registry, road.unit_of_work, road.scope, road.urls, deliverer)


def _all(parts, kind):
    return [each for part in parts for each in getattr(part, kind)]

"""The owner fetches the sealed file by a link, and opens it with a key that nobody else has."""

from dataclasses import replace

import httpx
import pytest
from starlette.applications import Starlette

from api import problems
from api.recordings import whoever_may
from api.training import LASTS, TrainingFiles, TrainingLinks
from domain import audit, conversations
from domain.conversations.models import Speaker
from domain.errors import Forbidden
from domain.training import service as training
from domain.training.repository import TrainingExports
from domain.training.writer import TrainingWriter
from tenants.policy import service as policies
from tenants.policy.service import Draft
from tenants.service import job_scope
from tests.api.conftest import PUBLIC_URL, SECRET
from tests.api.deeds import do, listed
from tests.factories import callers
from tests.factories.calls import Delivery
from tests.factories.exports import store_in
from tests.factories.policies import PEOPLE
from tests.fakes.key_holder import KeyHolder

FIELDS = "state conversations bytes url"


async def promise(unit_of_work, scope, **changes):
    async with unit_of_work(scope) as uow:
        await policies.adopt(uow, Draft(PEOPLE | changes))


@pytest.fixture
async def school(unit_of_work, scope, clock):
    """A business that opted in, with a key and one conversation that waits."""
    holder = KeyHolder.new()
    await promise(unit_of_work, scope, training=True)
    caller = await callers.ring(unit_of_work, scope)
    there = await job_scope(scope.tenant_id, "tests")
    async with unit_of_work(there) as uow:
        await training.name_key(uow, holder.public)
        said = conversations.Said(0, Speaker.CALLER, "A cleaning, please", clock.now(), 0)
        await conversations.add_turns(uow, caller.conversation_id, [said])
        await training.queue(uow, caller.conversation_id)
    return holder


@pytest.fixture
async def web(unit_of_work, tmp_path, clock):
    """Whoever follows links."""
    links = TrainingLinks(SECRET.decode(), clock=clock, public_url=PUBLIC_URL)
    store = store_in(tmp_path)
    routes = TrainingFiles(unit_of_work, store, links, whoever_may(unit_of_work)).routes()
    app = Starlette(routes=routes, exception_handlers=problems.HANDLERS)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=PUBLIC_URL) as http:
        yield http


@pytest.fixture
async def written(owner, school, unit_of_work, scope, tmp_path):
    """The file, as the owner sees it."""
    started = await do(owner, "trainingExportStart", f"export {{ {FIELDS} }}")
    assert started["export"]["url"] is None
    there = await job_scope(scope.tenant_id, "tests")
    async with unit_of_work(there) as uow:
        [row] = await TrainingExports(uow).page(TrainingExports(uow).all())
    delivery = Delivery(unit_of_work, there)
    await TrainingWriter(store_in(tmp_path)).write({"training_export_id": str(row.id)}, delivery)
    [file] = await listed(owner, "trainingExports", FIELDS)
    return file


@pytest.mark.promise("P099")
async def test_the_owner_takes_a_file_that_only_they_can_open(written, web, school):
    answer = await web.get(written["url"])
    assert answer.status_code == 200
    assert len(answer.content) == written["bytes"]
    assert b"cleaning" not in answer.content
    assert b"A cleaning, please" in school.open(answer.content)


async def test_a_file_that_is_taken_is_on_record(written, web, unit_of_work, scope):
    await web.get(written["url"])
    async with unit_of_work(scope, read_only=True) as uow:
        taken = audit.find(uow, audit.Search(action=training.DOWNLOADED))
        assert await taken.count() == 1


@pytest.mark.promise("P100")
async def test_who_opted_out_since_gets_no_file(written, web, unit_of_work, scope):
    await promise(unit_of_work, scope, training=False)
    answer = await web.get(written["url"])
    assert (answer.status_code, answer.json()["code"]) == (409, "TRAINING_BARRED")


async def test_a_link_ends(written, web, clock):
    clock.advance(LASTS)
    assert (await web.get(written["url"])).status_code == 401


async def test_a_link_opens_nothing_for_whoever_may_no_longer(written, web, unit_of_work, scope):
    reader = replace(scope, permissions=frozenset({training.READ}))
    async with unit_of_work(reader, read_only=True) as uow:
        [row] = await TrainingExports(uow).page(TrainingExports(uow).all())
        with pytest.raises(Forbidden):
            await training.download(uow, row.id)

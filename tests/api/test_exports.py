"""Exports are asked for, watched and downloaded; every download is on record."""

from datetime import timedelta

import httpx
import pytest
from starlette.applications import Starlette

from api import problems
from api.exports import LASTS, Downloads, ExportLinks
from api.graphql.ids import write_id
from api.recordings import whoever_may
from domain import audit, contacts
from domain.audit.repository import AuditEntries
from domain.exports.models import ExportFormat
from domain.personal import Source
from tenants.api_keys import service as api_keys
from tests.api.conftest import PUBLIC_URL, SECRET, Browser, browse
from tests.api.deeds import do, listed, refuse
from tests.factories.callers import ring
from tests.factories.exports import Desk, store_in
from tests.factories.members import key_of

START = "export { id state syncedUntil files { kind rows bytes url } }"


@pytest.fixture
def desk(unit_of_work, scope, database, tmp_path):
    return Desk(unit_of_work, scope, database, store_in(tmp_path))


@pytest.fixture
async def web(unit_of_work, desk, clock):
    """Whoever follows links."""
    links = ExportLinks(SECRET.decode(), clock=clock, public_url=PUBLIC_URL)
    routes = Downloads(unit_of_work, desk.writer, links, whoever_may(unit_of_work)).routes()
    app = Starlette(routes=routes, exception_handlers=problems.HANDLERS)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=PUBLIC_URL) as http:
        yield http


@pytest.fixture
async def eve(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        return await contacts.add(uow, contacts.Details(name="Eve"), source=Source.OWNER)


async def files(browser: Browser):
    [export] = await listed(browser, "bulkExports", "state files { kind rows bytes url }")
    return export


async def test_an_export_is_started_watched_and_downloaded(owner, desk, web, eve):
    made = await do(owner, "bulkExportStart", START, kinds=["CONTACT"])
    assert made["export"]["state"] == "RUNNING"
    assert made["export"]["files"] == [{"kind": "CONTACT", "rows": 0, "bytes": 0, "url": None}]
    await desk.write()
    [file] = (await files(owner))["files"]
    assert file["rows"] == 1
    answer = await web.get(file["url"])
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/jsonl"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="contact.jsonl"'
    assert int(answer.headers["Content-Length"]) == file["bytes"] == len(answer.content)
    assert answer.json()["name"] == "Eve"
    assert answer.json()["id"] == write_id("Contact", eve.id)


async def test_a_download_is_on_record_before_it_leaves(owner, desk, web, eve, unit_of_work, scope):
    await do(owner, "bulkExportStart", START, kinds=["CONTACT"])
    await desk.write()
    [file] = (await files(owner))["files"]

    async def taken():
        async with unit_of_work(scope, read_only=True) as uow:
            return await audit.find(uow, audit.Search(action="export.downloaded")).count()

    await web.head(file["url"])
    before = await taken()
    await web.get(file["url"])
    assert await taken() == before + 1
    async with unit_of_work(scope, read_only=True) as uow:
        search = audit.Search(action="export.*")
        rows = await AuditEntries(uow).page(audit.find(uow, search).order_by("id"))
    assert rows[0].action == "export.started"
    assert rows[-1].discloses
    assert rows[-1].via == "link"


async def test_a_link_is_good_for_a_quarter_of_an_hour(owner, desk, web, eve, clock):
    await do(owner, "bulkExportStart", START, kinds=["CONTACT"])
    await desk.write()
    [file] = (await files(owner))["files"]
    clock.advance(LASTS - timedelta(seconds=1))
    assert (await web.get(file["url"])).status_code == 200
    clock.advance(timedelta(seconds=1))
    refused = await web.get(file["url"])
    assert (refused.status_code, refused.json()["code"]) == (401, "LINK_EXPIRED")


@pytest.mark.parametrize("token", ["x", "eyJhbGciOiJub25lIn0.e30."])
async def test_what_is_no_link_opens_nothing(web, token):
    refused = await web.get(f"/exports/{token}")
    assert (refused.status_code, refused.json()["code"]) == (401, "LINK_INVALID")


async def test_a_link_ends_with_the_key_that_asked_for_it(app, desk, web, unit_of_work, scope, eve):
    issued = await key_of(unit_of_work, scope, "exports:read", "data:export", "contacts:read")
    async with browse(app) as program:
        program.headers["Authorization"] = f"Bearer {issued.token}"
        await do(program, "bulkExportStart", START, kinds=["CONTACT"], format="CSV")
        await desk.write()
        [file] = (await files(program))["files"]
    answer = await web.get(file["url"])
    assert answer.headers["Content-Type"].startswith("text/csv")
    async with unit_of_work(scope) as uow:
        await api_keys.revoke(uow, issued.key.id)
    assert (await web.get(file["url"])).status_code == 403


async def test_whoever_may_not_read_what_is_in_it_gets_no_link(app, desk, unit_of_work, scope, eve):
    await desk.start("contact", format=ExportFormat.CSV)
    await desk.write()
    issued = await key_of(unit_of_work, scope, "exports:read")
    async with browse(app) as program:
        program.headers["Authorization"] = f"Bearer {issued.token}"
        query = "{ tenant { bulkExports { edges { node { files { rows url } } } } } }"
        assert await program.fail(query) == "FORBIDDEN"


async def test_what_is_cancelled_cannot_be_downloaded(owner, desk, web, eve):
    made = await do(owner, "bulkExportStart", START, kinds=["CONTACT"])
    assert await refuse(owner, "bulkExportStart", kinds=["LEAD"]) == "ExportRunningError"
    await desk.write()
    [file] = (await files(owner))["files"]
    await do(owner, "bulkExportCancel", "export { state }", id=made["export"]["id"])
    assert (await files(owner))["files"][0]["url"] is None
    refused = await web.get(file["url"])
    assert (refused.status_code, refused.json()["code"]) == (409, "EXPORT_NOT_READY")
    assert await refuse(owner, "bulkExportStart", kinds=[]) == "InvalidInputError"


@pytest.fixture
def account(owner):
    """How often a download is in the account of a person."""

    async def account(contact_id):
        query = (
            "query ($id: ID!) { node(id: $id) { ... on Contact {"
            " disclosures { edges { node { action objects } } } } } }"
        )
        told = (await owner.ask(query, id=write_id("Contact", contact_id)))["node"]
        entries = [edge["node"] for edge in told["disclosures"]["edges"]]
        return [entry["objects"] for entry in entries if entry["action"] == "export.downloaded"]

    return account


async def test_a_download_is_in_the_account_of_everybody_in_it(
    desk, eve, account, clock, unit_of_work, scope
):
    caller = await ring(unit_of_work, scope)
    id = await desk.start("contact", "conversation")
    await desk.write()
    clock.advance(timedelta(minutes=1))
    later = await ring(unit_of_work, scope)
    assert await account(eve.id) == []
    await desk.text(id, "conversation")
    # Eve held no conversation: she was in the other file alone.
    assert (await account(eve.id), len(await account(caller.contact_id))) == ([], 1)
    await desk.text(id, "contact")
    assert await account(eve.id) == [[write_id("BulkExport", id)]]
    assert len(await account(caller.contact_id)) == 2
    assert await account(later.contact_id) == []


async def test_who_did_not_change_is_in_no_file_of_changes(
    desk, eve, account, clock, unit_of_work, scope
):
    clock.advance(timedelta(minutes=1))
    since = clock.now()
    caller = await ring(unit_of_work, scope)
    id = await desk.start("contact", since=since)
    await desk.write()
    await desk.text(id, "contact")
    assert await account(eve.id) == []
    assert len(await account(caller.contact_id)) == 1


async def test_another_business_has_its_own_account(desk, account, eve, unit_of_work, other_scope):
    theirs = Desk(unit_of_work, other_scope, desk.way.urls, desk.writer.store)
    async with unit_of_work(other_scope) as uow:
        await contacts.add(uow, contacts.Details(name="Bea"), source=Source.OWNER)
    id = await theirs.start("contact")
    await theirs.write()
    await theirs.text(id, "contact")
    assert await account(eve.id) == []

"""The public door of the rights desk answers everybody alike, and tells nobody who is known."""

import io
import zipfile

import httpx
import pytest
from starlette.applications import Starlette

from api import problems
from api.privacy.routes import WISHES_FOR_AN_ADDRESS, PublicDesk
from domain import archives, rights
from domain.rates import Taken
from domain.rights.kinds import Intake, RequestState
from domain.rights.repository import PrivacyRequests
from tests.api.conftest import PUBLIC_URL
from tests.factories.callers import ring
from tests.factories.exports import store_in
from tests.factories.rights import RightsDesk


class Counter:
    """A limiter that never fills its buckets again."""

    def __init__(self):
        self.taken = {}

    async def take(self, buckets, points=1):
        for bucket in buckets:
            self.taken[bucket.name] = self.taken.get(bucket.name, 0) + points
        full = any(self.taken[bucket.name] > bucket.points for bucket in buckets)
        return Taken(not full, 0, 60.0 if full else 0.0)


@pytest.fixture
def desk(unit_of_work, scope, database, tmp_path):
    return RightsDesk(unit_of_work, scope, database, store_in(tmp_path))


@pytest.fixture
def limiter():
    return Counter()


@pytest.fixture
async def web(unit_of_work, desk, limiter):
    routes = PublicDesk(unit_of_work, desk.packer, limiter).routes()
    app = Starlette(routes=routes, exception_handlers=problems.HANDLERS)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=PUBLIC_URL) as http:
        yield http


@pytest.fixture
async def anna(unit_of_work, scope):
    return await ring(unit_of_work, scope, name="Anna Lee")


@pytest.fixture
def asked(unit_of_work, scope):
    async def look():
        async with unit_of_work(scope) as uow:
            rows = PrivacyRequests(uow)
            return await rows.page(rows.all().order_by("id"))

    return look


def mailed(anna):
    return f"{anna.phone[1:]}@example.com"


@pytest.mark.promise("P081", "P082")
@pytest.mark.law("L22")
async def test_a_wish_is_taken_down_proved_and_answered(web, desk, anna, scope, asked):
    at = f"/privacy/{scope.tenant.slug}"
    answer = await web.post(f"{at}/requests", json={"kind": "access", "email": mailed(anna)})
    assert (answer.status_code, answer.json()) == (202, {"received": True})
    await desk.work()
    [request] = await asked()
    assert (request.intake, request.contact_id) == (Intake.FORM, anna.contact_id)
    assert f"{at}#request={request.id}" in desk.letter("Confirm").text
    proof = {"request": str(request.id), "code": desk.code()}
    answer = await web.post(f"{at}/proof", json=proof)
    assert (answer.status_code, answer.json()) == (200, {"verified": True})
    assert (await asked())[0].state is RequestState.OPEN


async def test_nobody_learns_who_is_known(web, desk, anna, scope):
    answers = []
    for slug, email in (
        (scope.tenant.slug, mailed(anna)),
        (scope.tenant.slug, "stranger@example.org"),
        ("no-such-business", mailed(anna)),
    ):
        wish = {"kind": "deletion", "email": email}
        answer = await web.post(f"/privacy/{slug}/requests", json=wish)
        page = await web.get(f"/privacy/{slug}")
        answers.append((answer.status_code, answer.content, page.status_code, page.content))
    assert len(set(answers)) == 1


@pytest.mark.law("L22")
async def test_nobody_learns_what_is_wrong_with_a_code(web, desk, anna, scope, asked):
    await desk.ask("deletion", Intake.FORM, email=mailed(anna))
    [request] = await asked()
    refused = []
    for slug, id in (
        (scope.tenant.slug, request.id),
        (scope.tenant.slug, anna.contact_id),
        ("no-such-business", request.id),
    ):
        proof = {"request": str(id), "code": "nope"}
        answer = await web.post(f"/privacy/{slug}/proof", json=proof)
        refused.append((answer.status_code, answer.json()["code"], answer.json()["title"]))
    assert set(refused) == {refused[0]}
    assert refused[0][:2] == (409, "VERIFICATION_REFUSED")


async def test_an_address_is_not_pestered(web, desk, anna, scope, asked):
    at = f"/privacy/{scope.tenant.slug}/requests"
    for _ in range(WISHES_FOR_AN_ADDRESS + 2):
        answer = await web.post(at, json={"kind": "access", "email": mailed(anna)})
        assert answer.status_code == 202
    assert len(await asked()) == WISHES_FOR_AN_ADDRESS


async def test_a_network_that_asks_too_often_waits(web, scope):
    at = f"/privacy/{scope.tenant.slug}/requests"
    codes = [
        (await web.post(at, json={"kind": "access", "email": f"a{n}@example.org"})).status_code
        for n in range(12)
    ]
    assert codes == [202] * 10 + [429] * 2


@pytest.mark.parametrize(
    "wish",
    [
        {},
        {"kind": "access"},
        {"kind": "everything", "email": "a@example.org"},
        {"kind": "access", "email": "a@example.org\nBcc: b@example.org"},
        {"kind": "access", "email": "a@example.org, b@example.org"},
        {"kind": "access", "phone": "call me"},
        {"kind": "access", "email": "a@example.org", "place": "Atlantis"},
        {"kind": "access", "email": "a@example.org", "admin": True},
    ],
)
async def test_what_is_no_wish_is_refused(web, scope, wish, asked):
    answer = await web.post(f"/privacy/{scope.tenant.slug}/requests", json=wish)
    assert answer.status_code == 422
    assert await asked() == []


async def test_a_form_of_another_site_is_refused(web, scope, asked):
    at = f"/privacy/{scope.tenant.slug}/requests"
    answer = await web.post(at, data={"kind": "access", "email": "a@example.org"})
    assert answer.status_code == 400
    assert await asked() == []


@pytest.mark.promise("P071")
async def test_a_copy_is_taken_once_and_only_by_pressing_a_button(web, desk, anna):
    request = await desk.opened("access", phone=anna.phone)
    await desk.do(rights.fulfil, request.id)
    await desk.work()
    token = desk.letter("fulfilled").text.partition("/my-copy#")[2].split()[0]
    assert (await web.get("/my-copy")).status_code == 200
    answer = await web.post("/my-copy", json={"token": token})
    assert answer.headers["Content-Type"] == "application/zip"
    assert "data/contact.json" in zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    for spent in (token, token[:-1] + "x", f"{'0' * 32}.{token.partition('.')[2]}"):
        refused = await web.post("/my-copy", json={"token": spent})
        assert (refused.status_code, refused.json()["code"]) == (409, "LINK_SPENT")


async def test_a_link_of_the_portal_works_too(web, desk, anna, scope):
    archive = await desk.do(archives.start_for_contact, anna.contact_id)
    await desk.work()
    secret = await desk.do(archives.make_link, archive.id)
    token = f"{scope.tenant_id.hex}.{archive.id.hex}.{secret}"
    assert (await web.post("/my-copy", json={"token": token})).status_code == 200

"""News go to account holders who agreed, until one click; callers are never among them."""

import ast
import inspect
from uuid import UUID, uuid4

import pytest

from domain import contacts
from domain.contacts.models import Contact
from domain.errors import NotFound
from domain.personal import Source
from integrations.smtp.letter import compose
from tenants.members.repository import Invitations
from tenants.records import marketing
from tenants.records.marketing import service
from tenants.records.marketing.links import UnsubscribeLinks
from tenants.records.marketing.service import AccountHolder, Leaflet
from tests.architecture.source import written
from tests.conftest import NOW

LINKS = UnsubscribeLinks("https://desk.test", b"secret")
LEAFLET = Leaflet("News", "Here is what is new.")


async def audience(unit_of_work, scope):
    async with unit_of_work(scope, read_only=True) as uow:
        return [holder.email for holder in await marketing.audience(uow)]


@pytest.mark.promise("P049", "P095")
async def test_nobody_hears_of_news_who_did_not_agree(unit_of_work, scope):
    assert await audience(unit_of_work, scope) == []
    async with unit_of_work(scope) as uow:
        await marketing.agree(uow, "Send me news about once a month.")
    assert await audience(unit_of_work, scope) == [f"owner@{scope.tenant.slug}.test"]


@pytest.mark.promise("P078")
async def test_one_click_stops_them(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        await marketing.agree(uow, "Send me news about once a month.")
        [holder] = await marketing.audience(uow)
    token = LEAFLET.to(holder, LINKS, "1@mail").unsubscribe.rpartition("/")[2]
    tenant_id, user_id = LINKS.read(token)
    assert (tenant_id, user_id) == (scope.tenant_id, UUID(scope.actor.id))
    async with unit_of_work(scope) as uow:
        await marketing.unsubscribe(uow, user_id)
    assert await audience(unit_of_work, scope) == []


@pytest.mark.promise("P078")
async def test_agreeing_again_is_another_consent(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        first = await marketing.agree(uow, "News")
        assert (await marketing.agree(uow, "News")).id == first.id
        await service.stop(uow)
        assert (await marketing.agree(uow, "News")).id != first.id


@pytest.mark.promise("P078")
def test_a_leaflet_can_be_stopped_by_one_click_of_a_mail_program():
    holder = AccountHolder(uuid4(), uuid4(), "Olive", "olive@example.com")
    sent = compose(LEAFLET.to(holder, LINKS, "1@mail"), "Desk <desk@example.com>", NOW)
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent["List-Unsubscribe"].startswith("<https://desk.test/unsubscribe/")


@pytest.mark.parametrize("token", ["", "x", "A" * 64, "é"])
def test_a_link_that_was_made_up_opens_nothing(token):
    with pytest.raises(NotFound):
        LINKS.read(token)


def test_a_link_of_another_secret_opens_nothing():
    token = UnsubscribeLinks("", b"other").url(uuid4(), uuid4()).rpartition("/")[2]
    with pytest.raises(NotFound):
        LINKS.read(token)


@pytest.mark.promise("P052")
async def test_a_caller_with_the_same_address_is_not_in_the_audience(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        details = contacts.Details(name="Anna", phone="+12125550177", email="anna@example.com")
        await contacts.add(uow, details, source=Source.CALLER)
        await marketing.agree(uow, "News")
    assert await audience(unit_of_work, scope) == [f"owner@{scope.tenant.slug}.test"]


@pytest.mark.promise("P052")
async def test_the_audience_is_asked_for_without_a_look_at_contacts(unit_of_work, scope, caplog):
    async with unit_of_work(scope) as uow:
        await marketing.agree(uow, "News")
    caplog.clear()
    with caplog.at_level("DEBUG", logger="tortoise.db_client"):
        await audience(unit_of_work, scope)
    asked = [record.getMessage() for record in caplog.records if "SELECT" in record.getMessage()]
    assert any('"marketing_consent"' in each for each in asked)
    tables = {"contact", "conversation", "call", "lead", "message", "appointment"}
    assert not [each for each in asked for table in tables if f'"{table}"' in each]


@pytest.mark.promise("P052")
def test_marketing_knows_nothing_of_callers():
    of_marketing = [
        source for source in written() if "tenants/records/marketing" in str(source.path)
    ]
    imported = {
        node.module for source in of_marketing for node in source.of(ast.ImportFrom) if node.module
    }
    assert len(of_marketing) >= 4
    allowed = {
        "domain.errors",
        "domain.events",
        "domain.marks",
        "domain.messages.ports",
        "domain.personal",
        "domain.repository",
        "domain.scope",
        "domain.tenancy",
        "domain.words",
        "domain.work",
    }
    assert {name for name in imported if name.startswith("domain")} <= allowed


@pytest.mark.promise("P052")
def test_a_leaflet_takes_nobody_but_an_account_holder():
    assert inspect.signature(Leaflet.to).parameters["holder"].annotation is AccountHolder
    made = {
        str(source.path).rpartition("tenants/")[2]
        for source in written()
        for call in source.of(ast.Call)
        if isinstance(call.func, ast.Name) and call.func.id in {"AccountHolder", "Leaflet"}
    }
    assert made <= {"records/marketing/service.py"}
    assert not issubclass(Contact, AccountHolder)
    assert Invitations.model is not Contact

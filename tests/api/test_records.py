"""What is on record, as a business sees it over GraphQL, and the click that ends its news."""

from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest
from starlette.applications import Starlette

from api import problems
from api.unsubscribe import Unsubscribing
from domain.personal import DataClass
from domain.privacy.purposes import Purpose
from domain.privacy.recipients import Recipient, TransferBasis
from integrations.smtp.letter import compose
from tenants.records import marketing
from tenants.records.marketing.links import UnsubscribeLinks
from tenants.records.marketing.service import Leaflet
from tests.api.conftest import Browser, browse, build_app, owner_of
from tests.api.deeds import do, listed, refuse
from tests.conftest import NOW
from tests.tenants.records.conftest import MAIL as LETTERS

LINKS = UnsubscribeLinks("https://desk.test", b"secret")
MACHINES = Recipient(
    "Hosting GmbH",
    "computers",
    frozenset(DataClass),
    Purpose.SERVICE,
    country="DE",
    transfer=TransferBasis.NOT_NEEDED,
    task_only=True,
)
MAIL = replace(LETTERS, no_training=True)
REGISTER = """
{ tenant { dataRecipients {
    name service country transfer taskOnly noTraining inside allowed data purpose
} } }
"""
PROCESSING = "{ tenant { processingRecord { purpose basis kept { dataClass } recipients } } }"
PEOPLE = {
    "privacyContact": {"name": "Paula Privacy", "email": "privacy@example.com"},
    "dataProtectionOfficer": {"name": "Dora Officer", "email": "dpo@example.com"},
}


@pytest.fixture
async def customer(database, unit_of_work, live, scope) -> AsyncIterator[Browser]:
    """The owner, at a deployment with two vendors."""
    app = build_app(unit_of_work, live, vendors=(MACHINES, MAIL))
    async with browse(app) as browser:
        assert (await browser.sign_in(owner_of(scope))).status_code == 200
        yield browser
    await app.state.lookout.settled()


@pytest.fixture
async def reader(unit_of_work) -> AsyncIterator[httpx.AsyncClient]:
    """Whoever opens the link of a letter, without an account."""
    app = Starlette(
        routes=Unsubscribing(unit_of_work, LINKS).routes(), exception_handlers=problems.HANDLERS
    )
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="https://desk.test"
    ) as client:
        yield client


async def audience(unit_of_work, scope):
    async with unit_of_work(scope, read_only=True) as uow:
        return await marketing.audience(uow)


@pytest.mark.promise("P024", "P049", "P078", "P095")
async def test_news_are_agreed_to_and_stopped_by_one_click(owner, reader, unit_of_work, scope):
    assert await audience(unit_of_work, scope) == []
    await do(owner, "marketingChoose", "wanted", wanted=True, disclosure="News, once a month.")
    [holder] = await audience(unit_of_work, scope)
    letter = Leaflet("News", "Here is what is new.").to(holder, LINKS, "1@mail")
    sent = compose(letter, "Desk <desk@example.com>", NOW)
    link = sent["List-Unsubscribe"].strip("<>")
    # Programs that look through letters open links; that stops nothing.
    assert "<button>" in (await reader.get(link)).text
    assert await audience(unit_of_work, scope) == [holder]
    one_click = {"List-Unsubscribe": "One-Click"}
    for _ in range(2):
        assert (await reader.post(link, data=one_click)).status_code == 200
        assert await audience(unit_of_work, scope) == []
    assert (await reader.post(link[:-1])).status_code == 404


@pytest.mark.promise("P049", "P078")
async def test_news_are_stopped_in_ones_own_settings(owner, unit_of_work, scope):
    await do(owner, "marketingChoose", "wanted", wanted=True, disclosure="News, once a month.")
    await do(owner, "marketingChoose", "wanted", wanted=False, disclosure="News, once a month.")
    assert await audience(unit_of_work, scope) == []


@pytest.mark.promise("P117", "P118", "P119", "P123", "P124")
async def test_everybody_who_is_given_data_is_named(customer):
    told = (await customer.ask(REGISTER))["tenant"]["dataRecipients"]
    machines, mail = sorted(told, key=lambda each: each["name"])
    assert (machines["country"], machines["transfer"]) == ("DE", "NOT_NEEDED")
    assert (mail["country"], mail["transfer"]) == ("US", "STANDARD_CLAUSES")
    assert (mail["data"], mail["purpose"]) == (["ACCOUNT"], "SERVICE_MESSAGES")
    assert [each["taskOnly"] for each in told] == [True, True]
    assert (mail["noTraining"], machines["noTraining"]) == (True, False)


@pytest.mark.promise("P123", "P124")
async def test_what_lies_outside_the_region_is_accepted_or_not_allowed(customer):
    async def allowed():
        told = (await customer.ask(REGISTER))["tenant"]["dataRecipients"]
        return {each["name"]: (each["inside"], each["allowed"]) for each in told}

    draft = {"changes": PEOPLE | {"region": "EU"}}
    await do(customer, "policyAdopt", "version { number }", draft=draft, note="to the Union")
    assert await allowed() == {"Hosting GmbH": (True, True), "Mail Inc.": (False, False)}
    fields = "acceptance { id reason country }"
    made = await do(customer, "routeAccept", fields, recipient="Mail Inc.", reason="Standard terms")
    assert made["acceptance"]["country"] == "US"
    assert await allowed() == {"Hosting GmbH": (True, True), "Mail Inc.": (False, True)}
    await do(customer, "routeWithdraw", fields, id=made["acceptance"]["id"])
    assert (await allowed())["Mail Inc."] == (False, False)
    refused = await refuse(customer, "routeAccept", recipient="Nobody", reason="Why not")
    assert refused == "InvalidInputError"


@pytest.mark.promise("P036", "P053", "P093")
@pytest.mark.law("L31")
async def test_every_purpose_is_on_record_with_its_basis(customer):
    told = (await customer.ask(PROCESSING))["tenant"]["processingRecord"]
    record = {each["purpose"]: each for each in told}
    assert record.keys() == {purpose.name for purpose in Purpose}
    bases = {each["basis"] for each in told}
    assert bases == {"CONTRACT", "LEGITIMATE_INTEREST", "CONSENT", "LEGAL_OBLIGATION"}
    assert record["MARKETING"]["basis"] == "CONSENT"
    assert record["LEGAL"]["basis"] == "LEGAL_OBLIGATION"
    assert "Mail Inc." in record["SERVICE_MESSAGES"]["recipients"]


@pytest.mark.promise("P091", "P094")
@pytest.mark.law("L31")
async def test_a_processing_agreement_is_on_record(customer):
    fields = "contract { controller processor subProcessors { name country } objectionDays }"
    given = {"version": "1", "scope": "Answering calls"}
    parties = {"controller": "Bright Smiles", "processor": "Desk Ltd", "objectionDays": 14}
    made = await do(customer, "dataContractConclude", fields, **given, **parties)
    assert made["contract"]["subProcessors"] == [
        {"name": "Hosting GmbH", "country": "DE"},
        {"name": "Mail Inc.", "country": "US"},
    ]
    second = given | {"version": "2"}
    await do(customer, "dataContractConclude", fields, **second, **parties)
    ended = {
        each["version"]: each["endedAt"]
        for each in await listed(customer, "dataContracts", "version endedAt")
    }
    assert ended["1"] is not None
    assert ended["2"] is None

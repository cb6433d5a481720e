"""Services whose accounts have addresses of their own, in data centres of their own."""

import json
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from integrations.oauth import OAuthClient
from plugins.connections import rules
from plugins.connections.accounts import Accounts
from plugins.connections.desk import Came, ConnectionDesk
from plugins.connections.errors import VisitRefused
from plugins.connections.providers import KNOWN, Providers
from plugins.connections.repository import OAuthConnections
from tests.fakes.crm import Answered

EUROPE, API = "https://accounts.zoho.eu", "https://www.zohoapis.eu"
# Zoho says them in letters of its own.
SCOPES = ",".join(KNOWN["zoho"]["scopes"]).replace("READ", "Read")
PERSON = {"ZUID": 42, "Email": "anna@example.com"}


@dataclass
class Service:
    """Gives tokens, and remembers where it was asked and with what."""

    api: str = API
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    async def get(self, url, headers):
        self.asked.append((url, {}))
        return Answered(200, {}, json.dumps(PERSON).encode())

    async def post(self, url, headers, body):
        self.asked.append((url, dict(parse_qsl(body.decode()))))
        given = {"access_token": "token", "refresh_token": "refresh", "expires_in": 3600}
        said = {**given, "api_domain": self.api, "scope": SCOPES}
        return Answered(200, {}, json.dumps(said).encode())


@pytest.fixture
def providers(tmp_path):
    file = tmp_path / "services.json"
    file.write_text(json.dumps({"zoho": {"client_id": "us", "client_secret": "secret"}}))
    return Providers.read(file)


@pytest.fixture
def service():
    return Service()


@pytest.fixture
def desk(unit_of_work, service, providers):
    return ConnectionDesk(unit_of_work, OAuthClient(service), providers, "https://deskbell.test")


@pytest.fixture
def go(desk, scope):
    """Leave for a service; what a browser brings back from one of its data centres."""

    async def go(data_centre="", name="zoho"):
        async with desk.unit_of_work(scope) as uow:
            url = await desk.start(uow, name, None)
        state = parse_qs(urlsplit(url).query)["state"][0]
        return url, Came(state, "code", data_centre=data_centre)

    return go


async def test_tokens_come_from_the_persons_own_data_centre(desk, scope, go, service):
    url, came = await go(EUROPE)
    assert parse_qs(urlsplit(url).query)["access_type"] == ["offline"]
    assert "," in parse_qs(urlsplit(url).query)["scope"][0]
    await desk.finish(scope, "zoho", came)
    (token_url, asked), (account_url, _) = service.asked
    assert token_url == f"{EUROPE}/oauth/v2/token"
    assert (asked["client_id"], asked["client_secret"]) == ("us", "secret")
    assert account_url == f"{EUROPE}/oauth/user/info"


async def test_they_are_renewed_there_and_the_account_is_asked_at_its_address(
    desk, scope, go, service
):
    _, came = await go(EUROPE)
    await desk.finish(scope, "zoho", came)
    service.asked.clear()
    service.api = "https://moved.zohoapis.eu"
    open = partial(desk.unit_of_work, scope)
    accounts = Accounts(desk.renewing)
    entrance = await accounts.enter(open, "zoho")
    assert (entrance.token, entrance.api) == ("token", API)
    await accounts.enter(open, "zoho", refused="token")
    assert [url for url, _ in service.asked] == [f"{EUROPE}/oauth/v2/token"]
    assert (await accounts.enter(open, "zoho")).api == "https://moved.zohoapis.eu"


async def test_our_secret_goes_to_no_address_that_a_browser_names(desk, scope, go, service):
    _, came = await go("https://accounts.zoho.evil")
    with pytest.raises(VisitRefused) as refused:
        await desk.finish(scope, "zoho", came)
    assert refused.value.reason == "data_centre_unknown"
    assert service.asked == []


async def test_the_same_account_is_connected_once(desk, scope, go):
    for data_centre in (EUROPE, EUROPE):
        _, came = await go(data_centre)
        await desk.finish(scope, "zoho", came)
    async with desk.unit_of_work(scope) as uow:
        [row] = await OAuthConnections(uow).listed()
    assert (row.account, row.data_centre) == ("anna@example.com", EUROPE)


def test_scopes_are_the_same_in_other_letters():
    assert rules.missing(["AaaServer.profile.READ"], ["AaaServer.profile.Read"]) == []
    assert rules.missing(["contacts:full"], ["base"]) == ["contacts:full"]

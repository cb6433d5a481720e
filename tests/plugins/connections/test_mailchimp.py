"""An account at Mailchimp: asked where it lives, by a token that does not end, without scopes."""

import json
from functools import partial
from urllib.parse import parse_qs, urlsplit

import pytest

from integrations.oauth import OAuthClient
from plugins.connections.accounts import Accounts
from plugins.connections.desk import Came, ConnectionDesk
from plugins.connections.errors import NeedsConsent
from plugins.connections.providers import Providers
from plugins.connections.repository import OAuthConnections
from tests.fakes.crm import Answered

HOME = "https://us6.api.mailchimp.com"
SAID = {"dc": "us6", "user_id": 424, "accountname": "Letters Ltd", "api_endpoint": HOME}


class Service:
    """Gives a token, and says whose it is to who shows it in its own way."""

    async def get(self, url, headers):
        assert url == "https://login.mailchimp.com/oauth2/metadata"
        known = headers["Authorization"] == "OAuth token"
        return Answered(200 if known else 401, {}, json.dumps(SAID if known else {}).encode())

    async def post(self, url, headers, body):
        assert url == "https://login.mailchimp.com/oauth2/token"
        said = parse_qs(body.decode())
        assert (said["client_id"], said["client_secret"]) == (["us"], ["secret"])
        given = {"access_token": "token", "expires_in": 0, "scope": None}
        return Answered(200, {}, json.dumps(given).encode())


@pytest.fixture
def desk(unit_of_work, tmp_path):
    file = tmp_path / "services.json"
    file.write_text(json.dumps({"mailchimp": {"client_id": "us", "client_secret": "secret"}}))
    client = OAuthClient(Service())
    return ConnectionDesk(unit_of_work, client, Providers.read(file), "https://deskbell.test")


async def connect(desk, scope):
    async with desk.unit_of_work(scope) as uow:
        address = await desk.start(uow, "mailchimp", None)
    asked = parse_qs(urlsplit(address).query)
    assert "scope" not in asked
    await desk.finish(scope, "mailchimp", Came(asked["state"][0], "code"))


async def test_an_account_is_asked_in_its_own_data_centre(desk, scope, unit_of_work):
    await connect(desk, scope)
    async with unit_of_work(scope) as uow:
        [row] = await OAuthConnections(uow).listed()
    assert (row.account, row.api_url, row.expires_at) == ("Letters Ltd", HOME, None)
    await connect(desk, scope)
    async with unit_of_work(scope) as uow:
        assert len(await OAuthConnections(uow).listed()) == 1


async def test_a_token_that_is_refused_cannot_be_renewed(desk, scope, unit_of_work):
    await connect(desk, scope)
    enter = partial(Accounts(desk.renewing).enter, partial(unit_of_work, scope), "mailchimp")
    entrance = await enter()
    assert (entrance.token, entrance.api) == ("token", HOME)
    with pytest.raises(NeedsConsent):
        await enter(refused="token")

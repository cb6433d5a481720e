"""A business with each CRM in turn."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from integrations.oauth import Provider, Tokens
from plugins.connections.providers import KNOWN
from tests.fakes.crm import FakeCrm
from tests.fakes.pipedrive import FakePipedrive
from tests.fakes.salesforce import FakeSalesforce
from tests.fakes.serving import free_port, serving
from tests.fakes.zoho import FakeZoho
from tests.plugins.offices import Office, open_office

FAKES = {"pipedrive": FakePipedrive, "salesforce": FakeSalesforce, "zoho": FakeZoho}


@pytest.fixture(params=sorted(FAKES))
def name(request: Any) -> str:
    return str(request.param)


@pytest.fixture
def crm(name: str) -> FakeCrm:
    return FAKES[name]()


@pytest.fixture
async def api(crm: FakeCrm) -> AsyncIterator[str]:
    async with serving(crm.app(), free_port()) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
async def office(road: Any, name: str, crm: FakeCrm, api: str, unit_of_work: Any) -> Office:
    """It is asked at the address that came with its tokens, not at the service's."""
    there = Provider(
        name=name,
        title=str(KNOWN[name]["title"]),
        authorize_url=f"{api}/oauth/authorize",
        token_url=f"{api}/oauth/token",
        client_id="deskbell",
        client_secret="secret",
        scopes=("contacts",),
        api_url="https://nobody.invalid",
        secret_in_body=bool(KNOWN[name].get("secret_in_body")),
    )
    given = Tokens("token", "refresh", 1800, subject="42", account="42", api_url=api)
    return await open_office(road, crm, there, given, unit_of_work)

"""A business with a HubSpot of its own."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from integrations.hubspot.fake import FakeHubSpot
from integrations.oauth import Provider, Tokens
from tests.fakes.serving import free_port, serving
from tests.plugins.offices import Office, open_office

NAME = "hubspot"


@pytest.fixture
async def hubspot() -> FakeHubSpot:
    return FakeHubSpot()


@pytest.fixture
async def api(hubspot: FakeHubSpot) -> AsyncIterator[str]:
    async with serving(hubspot.app(), free_port()) as port:
        yield f"http://127.0.0.1:{port}"


def service_at(api: str) -> Provider:
    return Provider(
        name=NAME,
        title="HubSpot",
        authorize_url=f"{api}/oauth/authorize",
        token_url=f"{api}/oauth/v1/token",
        client_id="deskbell",
        client_secret="secret",
        scopes=("crm.objects.contacts.read",),
        api_url=api,
    )


@pytest.fixture
async def office(road: Any, hubspot: FakeHubSpot, api: str, unit_of_work: Any) -> Office:
    given = Tokens("token", "refresh", 1800, subject="42", account="hub 42")
    return await open_office(road, hubspot, service_at(api), given, unit_of_work)

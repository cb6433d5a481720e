"""A business with an identity provider, and people who come by it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from domain.clock import FixedClock
from domain.scope import Scope
from domain.work import UnitsOfWork
from integrations.redis_pubsub import Subscriber
from tenants.models import Role
from tenants.repository import Users
from tests.api.conftest import Browser, browse, build_app, outside
from tests.api.deeds import do, listed
from tests.api.people import keep_token
from tests.api.serving import serving
from tests.factories.members import join
from tests.fakes.nameserver import NameServer, naming
from tests.fakes.provider import CLIENT_ID, CLIENT_SECRET, Provider

HTML = {"Accept": "text/html"}


@dataclass
class Company:
    """A business whose provider speaks for one domain."""

    owner: Browser
    provider: Provider
    names: NameServer
    domain: str
    callback: str
    scope: Scope

    def address(self, name: str = "alice") -> str:
        return f"{name}@{self.domain}"

    async def leave(self, browser: Browser, name: str = "alice", **body: Any) -> Any:
        """Ask to sign in; where the browser is sent, if anywhere."""
        body = {"email": self.address(name), **body}
        answer = await browser.http.post("/auth/sso", json=body, headers=browser.headers)
        assert answer.status_code == 200, answer.text
        return answer.json()["redirectUrl"]

    async def arrive(self, browser: Browser, query: str) -> httpx.Response:
        """Come back from the provider."""
        answer = await browser.http.get(f"{self.callback}?{query}")
        keep_token(browser)
        return answer

    async def sign_in(self, browser: Browser, name: str = "alice", **claims: Any) -> httpx.Response:
        """Out and back again."""
        url = await self.leave(browser, name)
        given = {"sub": f"sub-{name}", "email": self.address(name), "name": name.title()}
        return await self.arrive(browser, self.provider.log_in(url, **given | claims))

    async def configure(self, **changes: Any) -> Any:
        """Set the provider up, or change it."""
        given = {
            "issuer": self.provider.issuer,
            "clientId": CLIENT_ID,
            "clientSecret": CLIENT_SECRET,
            "role": "STAFF",
        }
        fields = "provider { enabled required }"
        return await do(self.owner, "ssoConfigure", fields, **given | changes)

    async def prove(self, domain: str) -> str:
        """Name a domain, publish its record, and let it be looked up; its id."""
        made = await do(
            self.owner, "ssoDomainAdd", "domain { id recordName recordValue }", domain=domain
        )
        row = made["domain"]
        self.names.records[row["recordName"]] = [row["recordValue"]]
        await do(self.owner, "ssoDomainVerify", "domain { verifiedAt }", id=row["id"])
        id: str = row["id"]
        return id

    async def refusals(self) -> list[str]:
        """Why somebody was not let in, in the order in which it happened."""
        entries = await listed(self.owner, "audit", "action details", first=100)
        return [e["details"]["reason"] for e in entries[::-1] if e["action"] == "sso.refused"]


@pytest.fixture
async def names() -> AsyncIterator[NameServer]:
    async with naming() as server:
        yield server


@pytest.fixture
async def provider(clock: FixedClock) -> AsyncIterator[Provider]:
    provider = Provider(clock)
    async with serving(provider.app) as authority:
        provider.issuer = f"http://{authority}"
        yield provider


@pytest.fixture
def app(
    database: object, unit_of_work: UnitsOfWork, live: Subscriber, names: NameServer
) -> Starlette:
    asked = outside(unit_of_work, names.address, patience=5.0)
    return build_app(unit_of_work, live, sign_on=asked)


@pytest.fixture
async def browser(app: Starlette) -> AsyncIterator[Browser]:
    """Somebody who comes by the provider."""
    async with browse(app) as browser:
        yield browser


@pytest.fixture
async def company(owner: Browser, provider: Provider, names: NameServer, scope: Scope) -> Company:
    domain = f"{scope.tenant.slug}.test"
    callback = f"/auth/sso/callback/{scope.tenant_id}"
    company = Company(owner, provider, names, domain, callback, scope)
    await company.configure()
    await company.prove(domain)
    return company


@pytest.fixture
async def colleague(company: Company, unit_of_work: UnitsOfWork) -> str:
    """The address of a member of staff who has a password, and has never come by the provider."""
    member = await join(unit_of_work, company.scope, Role.STAFF)
    async with unit_of_work(company.scope, read_only=True) as uow:
        return (await Users(uow).get(member.user_id)).email

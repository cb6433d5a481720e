"""A business with an audience at Mailchimp, and people who ask it for letters."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import pytest

from domain import contacts
from domain.crm import files
from domain.crm.models import CrmFile
from domain.outreach import agreements
from domain.outreach.agreements.models import Form, OutreachConsent, Route
from domain.outreach.agreements.repository import OutreachConsents
from domain.personal import Source
from domain.privacy.purposes import Purpose
from integrations.oauth import Provider, Tokens
from plugins.mailchimp.desk import NAME
from plugins.routes import PluginLinks
from tests.fakes.mailchimp import AUDIENCE, FakeMailchimp
from tests.fakes.serving import free_port, serving
from tests.plugins.offices import Office, open_office

DISCLOSURE = "Yes, send me your offers by e-mail. I can unsubscribe at any time."
LINKS = PluginLinks("https://deskbell.example", b"a secret of the deployment")


@dataclass
class Newsroom(Office):
    """The office, and what people say to it."""

    @property
    def anna(self) -> UUID:
        return self.caller.contact_id

    @property
    def address(self) -> str:
        return f"{self.caller.phone[1:]}@example.com"

    async def meet(self, name: str, email: str) -> UUID:
        async with self.open() as uow:
            details = contacts.Details(name=name, email=email)
            return (await contacts.add(uow, details, source=Source.OWNER)).id

    async def agree(self, contact_id: UUID | None = None, form: Form = Form.WRITTEN) -> None:
        answer = agreements.Answer(
            contact_id or self.anna, Route.EMAIL, Purpose.MARKETING, form, DISCLOSURE, "1"
        )
        async with self.open() as uow:
            await agreements.agree(uow, answer)

    async def leave(self, contact_id: UUID | None = None) -> None:
        async with self.open() as uow:
            ended = (contact_id or self.anna, {Purpose.MARKETING}, Route.EMAIL)
            await agreements.withdraw_all(uow, *ended)

    async def consents(self) -> list[OutreachConsent]:
        async with self.open() as uow:
            return await OutreachConsents(uow).known(self.anna)

    async def file(self) -> CrmFile:
        async with self.open() as uow:
            return await files.known(uow, NAME)

    async def look(self) -> None:
        """The next regular look at the audience, and what follows from it."""
        async with self.open() as uow:
            uow.schedule(f"{NAME}.look", at=uow.now, key="test")
        await self.travel()


@pytest.fixture
def mailchimp() -> FakeMailchimp:
    return FakeMailchimp()


@pytest.fixture
async def bare(road: Any, mailchimp: FakeMailchimp, unit_of_work: Any) -> AsyncIterator[Newsroom]:
    """It is connected and switched on, and no audience is chosen yet."""
    async with serving(mailchimp.app(), free_port()) as port:
        api = f"http://127.0.0.1:{port}"
        there = Provider(
            name=NAME,
            title="Mailchimp",
            authorize_url=f"{api}/oauth2/authorize",
            token_url=f"{api}/oauth/token",
            client_id="deskbell",
            client_secret="secret",
            scopes=(),
            secret_in_body=True,
        )
        given = Tokens("token", subject="42", account="Letters Ltd", api_url=api)
        made = await open_office(road, mailchimp, there, given, unit_of_work)
        made.road.deliverer = replace(made.road.deliverer, links=LINKS)
        yield Newsroom(**vars(made))


@pytest.fixture
async def office(bare: Newsroom) -> Newsroom:
    await bare.configure(audience=AUDIENCE)
    return bare

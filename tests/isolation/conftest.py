"""The whole API as it is served, and two tenants who own one of everything."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import pytest
from starlette.applications import Starlette

from deskbell import embedded
from deskbell.app import api_app
from deskbell.bootstrap import Wiring
from deskbell.deployment import Deployment
from deskbell.home import Home
from deskbell.roles import Databases
from deskbell.settings import Environment, Settings
from domain.clock import FixedClock
from domain.privacy.presets import CUSTOMERS, DEFAULT
from domain.scope import Scope
from domain.work import UnitsOfWork
from integrations.redis_pubsub import Publisher, Subscriber
from tenants.records import policies
from tenants.records.policies.models import Document
from tests.api.conftest import PUBLIC_URL, Browser, browse, owner_of
from tests.api.everything import global_ids, own_everything
from tests.api.test_isolation import MARK
from tests.conftest import as_system
from tests.factories.people import own_account

# Two tests of the same minute may ask for as much as they like.
WITHOUT_LIMITS = {"api_operation_points": 10**9, "api_points_per_minute": 10**9}


@pytest.fixture
async def scope(agency: Scope) -> Scope:
    """An organisation: its owner may do whatever an owner of a business may, and more."""
    return agency


@pytest.fixture
async def other_scope(other_agency: Scope) -> Scope:
    return other_agency


@pytest.fixture
def folder() -> Iterator[Path]:
    with TemporaryDirectory(prefix="deskbell-") as made:
        yield Path(made)


@pytest.fixture
async def wiring(
    database: Databases, servers: embedded.Servers, unit_of_work: UnitsOfWork, folder: Path
) -> AsyncIterator[Wiring]:
    """The parts of a process, over this test's database and clock."""
    settings = Settings(
        environment=Environment.TEST,
        home=folder,
        public_url=PUBLIC_URL,
        _env_file=None,
        **WITHOUT_LIMITS,
    )
    deployment = Deployment(settings, Home(folder), database, servers.redis_url)
    built = Wiring.build(deployment, clock=unit_of_work.clock)
    wiring = replace(built, unit_of_work=replace(unit_of_work, nudge=built.nudger))
    yield wiring
    await wiring._close_queue()


@pytest.fixture
async def live(wiring: Wiring) -> AsyncIterator[Subscriber]:
    subscriber = wiring.live
    yield subscriber
    await subscriber.close()


@pytest.fixture
def whole_app(wiring: Wiring) -> Starlette:
    return api_app(wiring)


@pytest.fixture
async def edition(
    database: Databases, unit_of_work: UnitsOfWork, scope: Scope, clock: FixedClock
) -> None:
    """A privacy policy of the operator's, which everybody may read; only one stands."""
    new = policies.NewEdition(
        Document.PRIVACY_POLICY,
        "isolation",
        "Nothing is new.",
        "All of it.",
        unit_of_work.clock.now(),
    )
    async with as_system(database), unit_of_work(scope) as uow:
        await uow.connection.execute_query("DELETE FROM policy_edition")
        await policies.publish(uow, new, CUSTOMERS[DEFAULT])


@pytest.fixture
async def owned(unit_of_work: UnitsOfWork, scope: Scope, edition: None) -> dict[str, UUID]:
    """One of everything of ours, by its type."""
    account = await own_account(unit_of_work, scope, "ours")
    return await own_everything(unit_of_work, scope, "ours") | account


@pytest.fixture
async def theirs(unit_of_work: UnitsOfWork, other_scope: Scope) -> dict[str, UUID]:
    """The same of another tenant, every word of it marked."""
    account = await own_account(unit_of_work, other_scope, MARK)
    return await own_everything(unit_of_work, other_scope, MARK) | account


@pytest.fixture
def own(owned: dict[str, UUID]) -> dict[str, str]:
    return global_ids(owned)


@pytest.fixture
async def insider(whole_app: Starlette, scope: Scope) -> AsyncIterator[Browser]:
    """Our owner, signed in to the whole API: whoever may do most may leak most."""
    async with browse(whole_app) as browser:
        assert (await browser.sign_in(owner_of(scope))).status_code == 200
        yield browser


@pytest.fixture
def publisher(wiring: Wiring) -> Publisher:
    return Publisher(wiring.redis)

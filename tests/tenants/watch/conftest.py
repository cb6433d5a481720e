from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest

from domain.scope import Scope
from domain.work import UnitsOfWork
from plugins.delivery import Deliverer
from plugins.registry import Registry
from plugins.webhooks.events import WebhookRotated
from tenants import sessions
from tenants.devices import Origin
from tenants.events import UserSignedIn
from tenants.models import Session
from tenants.watch.handlers import Watch
from tenants.watch.letters import WatchLetters
from tenants.watch.models import SecurityAlert
from tenants.watch.repository import Alerts
from tenants.watch.rounds import Rounds
from tests.conftest import as_system
from tests.fakes.mailer import Postbox
from tests.plugins.conftest import PACE, Road

OPERATOR = "security@operator.test"
HOME, NEAR, FAR = "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"
LAPTOP = "Firefox on Linux"


@dataclass
class Globe:
    """Distances between networks, as a test has them."""

    kilometres: dict[frozenset[str], float] = field(default_factory=dict)

    def apart(self, one: str, other: str) -> float | None:
        return 0.0 if one == other else self.kilometres.get(frozenset((one, other)))


@dataclass
class Watched:
    """A tenant that is watched over, from its events to the letters."""

    road: Any
    postbox: Postbox
    rounds: Rounds

    @property
    def clock(self) -> Any:
        return self.road.unit_of_work.clock

    async def settle(self) -> list[SecurityAlert]:
        """Let the system go its round and everything be delivered; the alerts there are."""
        async with as_system(self.road.urls):
            await self.rounds.look()
        # What is delivered leads to more, such as letters.
        while await self.road.travel():
            pass
        return await self.alerts()

    async def alerts(self) -> list[SecurityAlert]:
        async with self.road.unit_of_work(self.road.scope, read_only=True) as uow:
            return await Alerts(uow).page(Alerts(uow).all().order_by("raised_at", "id"))

    @property
    def subjects(self) -> list[str]:
        return [letter.subject for letter in self.postbox.letters]


@pytest.fixture
def globe() -> Globe:
    return Globe({frozenset((HOME, FAR)): 6000.0, frozenset((HOME, NEAR)): 300.0})


@pytest.fixture
def watched(globe: Globe, unit_of_work: UnitsOfWork, scope: Scope, database: Any) -> Watched:
    """The tenant of the scope, watched over."""
    postbox, watch = Postbox(), Watch(globe)
    letters = WatchLetters("https://desk.test", OPERATOR)
    handlers = (*watch.handlers, (WebhookRotated, watch.secret_rotated), *letters.handlers)
    registry = Registry(handlers, watch.jobs, plugins=())
    rounds = Rounds(None, unit_of_work.clock, unit_of_work.ids)
    deliverer = Deliverer(registry, unit_of_work, postbox, PACE)
    return Watched(Road(registry, unit_of_work, scope, database, deliverer), postbox, rounds)


async def sign_in(
    work: UnitsOfWork,
    scope: Scope,
    network: str = HOME,
    *,
    device: str = LAPTOP,
    new_device: bool = False,
) -> Session:
    """A sign-in of whoever a scope is of."""
    user_id = UUID(scope.actor.id)
    async with work(scope) as uow:
        _, session = await sessions.add(
            uow, user_id, Origin(device, network), expires_at=uow.now.replace(year=2027)
        )
        uow.record(UserSignedIn(user_id=user_id, session_id=session.id, new_device=new_device))
    return session

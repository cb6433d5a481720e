"""What a deployment does for watching: the system's rounds, and the handlers that are wired."""

import pytest

from deskbell.bootstrap import Wiring
from deskbell.checkup import _places
from deskbell.deployment import Deployment
from deskbell.home import Home
from deskbell.roles import Databases
from deskbell.settings import Settings
from deskbell.worker import Chores, Connections, Role, build_worker
from tenants.watch.handlers import LOOK, TRAIL_BROKEN


@pytest.fixture
def wiring(tmp_path):
    settings = Settings(home=tmp_path, security_mail="ops@desk.test", _env_file=None)
    deployment = Deployment(settings, Home(tmp_path), Databases(*[""] * 6), "redis://127.0.0.1:1")
    return Wiring.build(deployment)


async def test_the_system_goes_its_rounds_every_minute_and_walks_the_trails_by_night(wiring):
    connections = Connections("", "", "redis://127.0.0.1:1")
    made = build_worker(
        Role.SYSTEM, connections, wiring.deliverer, None, Chores(rounds=wiring.rounds)
    )
    rounds = {each.name: each for each in made.cron_jobs}
    assert (rounds["watch"].minute, rounds["watch"].second) == (None, 5)
    assert (rounds["verify"].hour, rounds["verify"].minute) == (3, 40)


async def test_tenant_workers_go_no_rounds(wiring):
    connections = Connections("", "", "redis://127.0.0.1:1")
    made = build_worker(
        Role.TENANT, connections, wiring.deliverer, None, Chores(rounds=wiring.rounds)
    )
    assert not made.cron_jobs


@pytest.mark.promise("P108")
@pytest.mark.parametrize(
    "event",
    [
        "alert.raised",
        "api_key.moved",
        "member.joined",
        "member.role_changed",
        "ownership.transferred",
        "session.moved",
        "user.mfa_changed",
        "user.signed_in",
        "webhook.rotated",
    ],
)
def test_a_deployment_watches_each_of_these(wiring, event):
    names = [handler.name for handler in wiring.registry.subscribers(event)]
    assert any(name.startswith("core:watch.") for name in names)


@pytest.mark.parametrize("job", [LOOK, TRAIL_BROKEN])
def test_what_the_system_asks_for_is_known(wiring, job):
    assert job in wiring.registry.handler(f"job:{job}").name
    assert wiring.registry.handler(f"job:{job}").function.__name__ == job.partition(".")[2]


async def test_the_doctor_says_whether_places_are_known(wiring):
    finding = await _places(wiring.deployment)
    assert (finding.well, finding.version.partition(" ")[0]) == (True, "iptocc")

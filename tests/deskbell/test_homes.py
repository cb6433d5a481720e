"""Several deployments on one machine, and roles that an operator makes by hand."""

from urllib.parse import urlsplit

import asyncpg
import pytest

from deskbell import embedded
from deskbell.database import OWNER
from deskbell.roles import as_role, role_passwords

pytestmark = pytest.mark.long


def ports(house):
    deployment = house.deployment()
    urls = (deployment.databases.runtime, deployment.redis_url)
    return {urlsplit(url).port for url in urls}


def test_two_homes_share_no_port(house, neighbour):
    assert not ports(house) & ports(neighbour)


def test_two_homes_share_no_secret(house, neighbour):
    assert role_passwords(house.home) != role_passwords(neighbour.home)
    assert house.deployment().secret("links") != neighbour.deployment().secret("links")


def test_a_business_of_one_home_is_unknown_in_the_other(house, neighbour):
    opening = ("tenant", "create", "Twin", "--slug", "twin", "--email", "o@twin.test")
    assert house.json(*opening)["id"] != neighbour.json(*opening)["id"]


def test_stopping_one_home_leaves_the_other(house, neighbour):
    house.deployment()
    assert neighbour.say("stop").exit_code == 0
    assert embedded.status(neighbour.home / "servers").postgres is None
    assert embedded.status(house.home / "servers").postgres is not None


@pytest.fixture
async def by_hand(house):
    """Settings that name every URL, over two databases that somebody made."""
    deployment = house.deployment()
    connection = await asyncpg.connect(deployment.admin_url)
    for name in ("by_hand", "by_hand_keys"):
        await connection.execute(f"CREATE DATABASE {name} OWNER {OWNER}")
    await connection.close()
    passwords = role_passwords(house.home)
    return {
        f"DESKBELL_{prefix}{kind}_URL": as_role(deployment.admin_url, role, passwords[role], name)
        for prefix, name in (("", "by_hand"), ("KEYRING_", "by_hand_keys"))
        for kind, role in (("OWNER", OWNER), ("RUNTIME", "app_rt"), ("SYSTEM", "app_system"))
    } | {"REDIS_URL": deployment.redis_url}


def test_roles_made_by_hand_are_enough(house, by_hand):
    assert house.run("migrate", **by_hand).returncode == 0
    opening = ("tenant", "create", "Twin", "--slug", "by-hand", "--email", "o@hand.test")
    assert house.json(*opening, **by_hand)["slug"] == "by-hand"
    well = {each["component"]: each["well"] for each in house.json("doctor", **by_hand)}
    assert all(well.values())

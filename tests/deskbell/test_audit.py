"""The audit trail as an operator checks it."""

import json
from time import sleep

import pytest


@pytest.fixture(scope="module")
def sealed(house):
    """The slug of a business whose trail a system worker has sealed."""
    named = ("--slug", "sealed", "--email", "olive@sealed.test")
    opened = house.json("tenant", "create", "Sealed", *named)
    worker = house.start("worker", "--role", "system")
    try:
        while not list(anchors(house, opened["id"])):
            assert worker.poll() is None, worker.stderr.read()
            sleep(0.05)
    finally:
        worker.terminate()
        worker.communicate(timeout=60)
    return "sealed"


def anchors(house, tenant_id):
    """What is kept of a chain outside the database."""
    return (house.home / "recordings" / "audit" / tenant_id).glob("*.json")


def test_a_sealed_trail_is_as_it_was(house, sealed):
    report = house.json("audit", "verify", "--tenant", sealed)[sealed]
    assert (report["faults"], report["anchors"]) == ([], 1)
    assert report["entries"] == report["position"] > 0


def test_every_business_is_looked_at(house, sealed):
    done = house.say("audit", "verify")
    assert (done.exit_code, f"✓ {sealed}: " in done.stdout) == (0, True)


def test_a_fault_is_told_of(house, sealed):
    [anchor] = anchors(house, house.json("audit", "verify", "--tenant", sealed)[sealed]["id"])
    written = anchor.read_bytes()
    anchor.unlink()
    done = house.say("audit", "verify", "--tenant", sealed, "--json")
    told = house.say("audit", "verify", "--tenant", sealed)
    anchor.write_bytes(written)
    assert (done.exit_code, told.exit_code) == (1, 1)
    [fault] = json.loads(done.stdout)[sealed]["faults"]
    assert (fault["kind"], fault["position"]) == ("anchor_missing", int(anchor.stem))
    assert "anchor_missing: The anchor of this seal is not in the store" in told.stdout


def test_a_business_that_is_not_there_is_named(house, sealed):
    done = house.say("audit", "verify", "--tenant", "nobody")
    assert (done.exit_code, done.stderr.strip()) == (1, "There is no business nobody")

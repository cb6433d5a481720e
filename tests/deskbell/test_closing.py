"""Closing and reopening a business from the command line."""

import pytest

SLUG = "short-lived"


@pytest.fixture(scope="module")
def business(house):
    return house.json("tenant", "create", "Short Lived", "--slug", SLUG, "--email", "o@short.test")


def test_a_business_is_closed_and_taken_up_again(house, business):
    assert house.json("tenant", "status", SLUG)["stage"] == "active"
    refused = house.say("tenant", "close", SLUG, "--confirm", "another")
    assert refused.exit_code == 1
    closed = house.json("tenant", "close", SLUG, "--confirm", SLUG, "--reason", "We retire")
    assert (closed["stage"], bool(closed["erase_at"])) == ("closed", True)
    assert house.json("tenant", "status", SLUG)["erase_at"] == closed["erase_at"]
    opened = house.json("tenant", "reopen", SLUG, "--confirm", SLUG)
    assert (opened["stage"], opened["erase_at"]) == ("active", None)


def test_an_unknown_business_has_no_life(house):
    assert house.say("tenant", "status", "nobody").exit_code == 1

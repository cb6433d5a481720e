"""What a service allowed, beside what it was asked for."""

import pytest

from plugins.connections.rules import missing

ASKED = ("openid", "email", "offline_access", "Calendars.ReadWrite")


@pytest.mark.parametrize(
    "given",
    [
        (),
        ("Calendars.ReadWrite",),
        ("email", "https://graph.microsoft.com/Calendars.ReadWrite"),
    ],
)
def test_what_was_allowed_is_known_by_either_name(given):
    assert missing(ASKED, given) == []


def test_what_was_not_allowed_is_missing():
    assert missing(ASKED, ("email", "Calendars.Read")) == ["Calendars.ReadWrite"]

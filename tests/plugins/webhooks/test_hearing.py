"""Which permission opens which family of events; what is not named is told to no app."""

from plugins.catalogue import every_event
from plugins.webhooks.hearing import LOOKS, OWN, may_hear
from tenants.roles import EVERYTHING, FOR_PEOPLE, Permission

# What happens between people of the house, or inside Deskbell: no app's business.
TOLD_TO_NO_APP = {
    *("access", "access_token", "alert", "api_key", "app", "app_grant", "app_webhook", "branding"),
    *("break_glass", "bulk_change", "delivery", "export", "house", "incident", "invitation"),
    *("letter", "member", "organization", "ownership", "password", "role", "session", "sso"),
    *("sandbox", "sso_domain", "template", "user", "visit", "watch_rule", "webhook"),
    *("demand", "edition", "legal_process", "marketing", "notifications", "plugin", "push"),
}


def families():
    return {event.name.partition(".")[0] for event in every_event() if "test." not in event.name}


def test_every_family_is_told_by_a_permission_or_to_nobody():
    assert families() == set(LOOKS) | TOLD_TO_NO_APP


def test_every_permission_that_opens_events_is_one_that_an_app_may_hold():
    assert set(LOOKS.values()) <= set(Permission) - FOR_PEOPLE
    assert all(permission.endswith(":read") for permission in LOOKS.values())


def test_without_its_permission_nothing_is_heard():
    for family, permission in LOOKS.items():
        assert may_hear(f"{family}.changed", {permission})
        assert not may_hear(f"{family}.changed", EVERYTHING - {permission})


def test_what_is_not_named_is_heard_by_nobody():
    for family in TOLD_TO_NO_APP:
        assert not may_hear(f"{family}.created", EVERYTHING)
    assert all(not may_hear(name, EVERYTHING) for name in OWN)

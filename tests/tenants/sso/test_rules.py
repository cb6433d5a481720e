"""What single sign-on believes."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidInput
from tenants.models import Role
from tenants.sso import rules
from tenants.sso.ports import Named
from tenants.sso.rules import Refusal

NOW = datetime(2026, 11, 16, 15, 0, tzinfo=UTC)


def named(**values):
    given = {
        "subject": "s",
        "email": "a@b.test",
        "email_verified": True,
        "name": "",
        "auth_time": None,
        "amr": (),
        "acr": "",
        "session": None,
        "claims": {},
    }
    return Named(**given | values)


@given(st.text(max_size=320))
def test_a_path_back_stays_on_our_own_pages(wanted):
    path = rules.path_back(wanted)
    assert path.startswith("/")
    assert not path.startswith(("//", "/\\"))
    assert path.isascii()
    assert path.isprintable()
    assert " " not in path


@pytest.mark.parametrize("path", ["/", "/a/b?c=d&e=%2F#f", "/calls"])
def test_a_path_of_our_own_is_kept(path):
    assert rules.path_back(path) == path


@pytest.mark.parametrize(
    "path", [None, "", "a", "https://x", "//x", "/\\x", "/\tx", "/\n/x", "/x" * 200, "/a\\..\\b"]
)
def test_anything_else_leads_to_the_front_page(path):
    assert rules.path_back(path) == "/"


@given(st.text(max_size=300))
def test_an_address_has_one_domain_and_it_is_plain(email):
    try:
        address = rules.address_in(named(email=email), trust_email=False)
    except Refusal:
        return
    assert address.count("@") == 1
    assert address == address.lower()
    assert address.isascii()
    assert rules.domain_of(address) == address.partition("@")[2]


@given(st.text(max_size=80))
def test_a_domain_is_itself_once_it_is_written_down(written):
    try:
        domain = rules.domain_named(written)
    except InvalidInput:
        return
    assert rules.domain_named(domain) == domain
    assert domain not in rules.PUBLIC_MAIL
    assert domain.isascii()


def test_a_domain_in_any_script_is_one():
    assert rules.domain_named(" Bücher.Example. ") == "xn--bcher-kva.example"


def test_a_name_is_made_of_what_there_is():
    assert rules.name_in(named(name="  Zoë\x00 \u202eNode "), "a@b.test") == "Zoë Node"
    assert rules.name_in(named(), "anna@b.test") == "anna"
    assert len(rules.name_in(named(name="x" * 500), "a@b.test")) == 100


@pytest.mark.parametrize(
    ("values", "vouched"),
    [
        ({}, False),
        ({"amr": ("pwd", "otp")}, False),
        ({"amr": ("pwd", "mfa")}, True),
        ({"acr": "phr"}, True),
        ({"acr": "0"}, False),
    ],
)
def test_a_second_factor_is_one_that_the_provider_names(values, vouched):
    assert rules.is_vouched(named(**values)) is vouched


def test_nobody_proves_themselves_in_the_future():
    assert rules.proved_at(named(auth_time=NOW + timedelta(hours=1)), NOW) == NOW
    assert rules.proved_at(named(), NOW) is None


@pytest.mark.parametrize(
    ("value", "role"),
    [
        ("desk", Role.STAFF),
        (["x", "desk"], Role.STAFF),
        (["desk", "boss"], Role.ADMIN),
        ("DESK", None),
        ({"desk": 1}, None),
        ([["desk"]], None),
        (None, None),
    ],
)
def test_the_first_value_that_fits_says_the_role(value, role):
    roles = {"boss": "admin", "desk": "staff"}
    assert rules.role_in(named(claims={"groups": value}), "groups", roles) is role


def test_without_a_claim_there_is_no_role():
    assert rules.role_in(named(claims={"": "boss"}), "", {"boss": "admin"}) is None

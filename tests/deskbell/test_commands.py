"""The command line as an operator uses it, on servers of its own."""

import json
from time import sleep

import httpx
import pytest

from deskbell import embedded
from deskbell.stack import free_port

# Port 9 is "discard": nobody listens there.
NOWHERE = "postgres://postgres:hidden@127.0.0.1:9/postgres"
BUSINESS = ("tenant", "create", "Bright Smile")


@pytest.fixture(scope="module")
def opened(house):
    return house.json(*BUSINESS, "--slug", "bright-smile", "--email", "Olive@bright.test")


@pytest.fixture(scope="module")
def api(house):
    """The address of the API of the house, on a port of its own."""
    port = free_port(0)
    server = house.start("serve", DESKBELL_PORT=str(port))
    url = f"http://127.0.0.1:{port}"
    with httpx.Client(base_url=url, trust_env=False) as http:
        while not answers(http):
            assert server.poll() is None, server.stderr.read()
            sleep(0.05)
    yield url
    server.terminate()
    server.communicate(timeout=60)


@pytest.fixture
def http(api):
    """A browser that nobody has signed in with."""
    with httpx.Client(base_url=api, trust_env=False) as http:
        yield http


def answers(http):
    try:
        return http.get("/health/ready").is_success
    except httpx.HTTPError:
        return False


def test_migrating_twice_changes_nothing(house):
    again = house.say("migrate")
    assert (again.exit_code, again.stdout) == (0, "The databases are up to date.\n")


def test_a_new_business_gets_a_password_once(opened):
    assert set(opened) == {"id", "slug", "email", "password"}
    assert len(opened["password"]) >= 16


def test_its_owner_signs_in_with_that_password(http, opened):
    given = {"email": opened["email"], "password": opened["password"]}
    refused = http.post("/auth/sign-in", json=given | {"password": "guessed"})
    signed_in = http.post("/auth/sign-in", json=given)
    token = signed_in.json()["csrfToken"]
    query = {"query": "{ tenant { slug } }"}
    answer = http.post("/graphql", json=query, headers={"X-CSRF-Token": token})
    assert (signed_in.status_code, refused.status_code) == (200, 401)
    assert answer.json()["data"] == {"tenant": {"slug": "bright-smile"}}


def test_there_is_one_operator_and_it_wants_two_factors(house, http):
    made = house.json("operator", "create", "Desk Ltd", "--email", "op@desk.test")
    assert made["slug"] == "operator"
    again = house.say("operator", "create", "Else", "--slug", "else", "--email", "x@desk.test")
    assert (again.exit_code, again.stderr.strip()) == (1, "There is an operator already")
    given = {"email": made["email"], "password": made["password"]}
    signed_in = http.post("/auth/sign-in", json=given)
    assert signed_in.json()["mfaEnrolmentRequired"]


def test_an_organization_is_opened_like_a_business(house, http):
    given = ("--slug", "dental-group", "--email", "o@group.test", "--kind", "organization")
    made = house.json("tenant", "create", "Dental Group", *given)
    signed_in = http.post(
        "/auth/sign-in", json={"email": made["email"], "password": made["password"]}
    )
    token = signed_in.json()["csrfToken"]
    query = {"query": "{ tenant { kind organization { __typename } } }"}
    answer = http.post("/graphql", json=query, headers={"X-CSRF-Token": token})
    tenant = {"kind": "ORGANIZATION", "organization": {"__typename": "Organization"}}
    assert answer.json()["data"] == {"tenant": tenant}


def test_a_short_name_is_given_once(house, opened):
    again = house.say(*BUSINESS, "--slug", "bright-smile", "--email", "else@bright.test", "--json")
    assert (again.exit_code, again.stdout) == (1, "")
    assert again.stderr.strip() == "The short name 'bright-smile' is taken"


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (("--slug", "Bright Smile", "--email", "o@b.test"), "small letters"),
        (("--slug", "dull-smile", "--email", "nobody"), "not an e-mail address"),
        (("--slug", "dull-smile", "--email", "o@b.test", "--timezone", "Mars"), "No time zone"),
        (("--slug", "dull-smile", "--email", "olive@bright.test"), "signs in with this address"),
    ],
)
def test_a_business_that_cannot_be_is_refused(house, opened, options, complaint):
    done = house.say(*BUSINESS, *options)
    assert done.exit_code == 1
    assert complaint in done.stderr
    assert "Traceback" not in done.stderr


def test_the_doctor_finds_everything_well(house):
    findings = house.json("doctor")
    assert all(finding["well"] and not finding["advice"] for finding in findings)
    names = [finding["component"] for finding in findings]
    assert names == [
        *("Deskbell", "Python", "PostgreSQL", "Migrations", "Valkey", "Recordings"),
        *("Encryption", "Public address", "Places", "Speech"),
    ]
    assert all(finding["version"] for finding in findings)


def test_the_doctor_says_what_to_do_about_a_silent_database(house):
    done = house.say("doctor", "--json", DATABASE_URL=NOWHERE)
    assert done.exit_code == 1
    ill = {each["component"]: each["advice"] for each in json.loads(done.stdout) if each["advice"]}
    assert set(ill) == {"PostgreSQL", "Migrations"}
    assert "DATABASE_URL" in ill["PostgreSQL"]
    # What does not answer has not been looked at: nothing is known to be missing.
    assert "to apply" not in ill["Migrations"]
    assert "hidden" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    "words", [("migrate",), (*BUSINESS, "--slug", "nowhere", "--email", "o@n.test")]
)
def test_a_silent_database_is_told_in_a_line(house, words):
    done = house.say(*words, DATABASE_URL=NOWHERE)
    assert done.exit_code == 1
    assert "deskbell doctor" in done.stderr
    assert len(done.stderr.splitlines()) <= 3
    assert "hidden" not in done.stderr


def test_plugins_say_what_they_read(house):
    [notify] = [plugin for plugin in house.json("plugins", "list") if plugin["name"] == "notify"]
    what_it_is = {"name", "title", "version", "category", "data"}
    assert set(notify) == what_it_is | {"requires", "conflicts", "stores_personal_data"}
    assert "transcript" in notify["data"]


@pytest.mark.parametrize(
    "words", ["worker --role tenant", pytest.param("serve --media", marks=pytest.mark.long)]
)
def test_every_process_reports_to_sentry(house, words):
    # It is set up before anything that could fail, so a bad address ends the process.
    done = house.run(*words.split(), DESKBELL_SENTRY_DSN="nonsense")
    assert done.returncode == 1
    assert "BadDsn" in done.stderr


def test_workers_are_for_telephone_calls(house):
    done = house.say("serve", "--workers", "2")
    assert done.exit_code == 2
    assert "--workers goes with --media" in done.stderr


def test_there_is_one_worker_at_least(house):
    assert house.say("serve", "--media", "--workers", "0").exit_code == 2


def test_stopping_keeps_what_the_servers_hold(house, opened):
    assert house.say("stop").exit_code == 0
    assert embedded.status(house.home / "servers") == embedded.Status(None, None)
    assert house.say("stop").exit_code == 0
    again = house.say(*BUSINESS, "--slug", opened["slug"], "--email", "else@bright.test")
    assert "is taken" in again.stderr

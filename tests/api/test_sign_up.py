"""Opening an account, proving an address, replacing a password: and telling strangers nothing."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tenants import passwords
from tenants.models import AccountLetter, Tenant, User
from tests.api.conftest import browse, build_app, owner_of
from tests.conftest import as_system
from tests.factories.letters import letters_of, token_in
from tests.factories.tenants import PASSWORD

OTHER_PASSWORD = "a horse of another colour"
ME = "{ viewer { email } tenant { name mfaRequired } }"


def application(email, name, password=PASSWORD):
    return {
        "business": {"name": name, "timeZone": "Europe/London", "region": "GB"},
        "owner": {"email": email, "name": "Anna Lee", "password": password},
    }


@pytest.fixture
def email():
    return f"anna@{uuid4().hex}.test"


@pytest.fixture
async def tenant_of(database):
    """The tenant with a name, as the operator sees it."""

    async def find(name):
        async with as_system(database):
            return await Tenant.filter(name=name).first()

    return find


@pytest.fixture
async def applied(stranger, email, tenant_of):
    """A business that has been applied for."""
    response = await stranger.http.post("/auth/sign-up", json=application(email, email))
    assert (response.status_code, response.json()) == (202, {"sent": True})
    return await tenant_of(email)


async def verify(stranger, token, password=PASSWORD):
    body = {"token": token, "password": password}
    return await stranger.http.post("/auth/verify-email", json=body)


async def ask_for_reset(stranger, email):
    return await stranger.http.post("/auth/password-reset", json={"email": email})


async def reset(stranger, token, password=OTHER_PASSWORD):
    body = {"token": token, "password": password}
    return await stranger.http.post("/auth/password-reset/finish", json=body)


def code_of(response):
    return response.status_code, response.json().get("code")


async def test_whoever_signs_up_proves_the_address_and_is_in(
    stranger, email, applied, unit_of_work
):
    assert code_of(await stranger.sign_in(email)) == (401, "EMAIL_UNVERIFIED")
    letter = (await letters_of(unit_of_work, applied.id))[-1]
    assert letter.to == (email,)
    token = token_in(letter, "verify_email")
    assert (await verify(stranger, token)).json() == {"verified": True}
    assert (await stranger.sign_in(email)).status_code == 200
    seen = await stranger.ask(ME)
    assert seen["viewer"] == {"email": email}
    assert seen["tenant"]["name"] == email


async def test_a_wrong_password_learns_nothing_of_the_address(stranger, email, applied):
    assert code_of(await stranger.sign_in(email, "wrong horse battery")) == (
        401,
        "WRONG_CREDENTIALS",
    )


async def test_an_address_is_proved_by_who_chose_the_password(
    stranger, email, applied, unit_of_work
):
    """A stranger opens an account in my name, and I follow the link: it must open nothing."""
    token = token_in((await letters_of(unit_of_work, applied.id))[-1], "verify_email")
    assert code_of(await verify(stranger, token, "not what they chose")) == (
        401,
        "WRONG_CREDENTIALS",
    )
    assert code_of(await stranger.sign_in(email)) == (401, "EMAIL_UNVERIFIED")


async def test_a_letter_works_once_and_not_for_ever(stranger, email, applied, unit_of_work, clock):
    token = token_in((await letters_of(unit_of_work, applied.id))[-1], "verify_email")
    clock.advance(timedelta(days=2))
    assert code_of(await verify(stranger, token)) == (401, "TOKEN_INVALID")
    await stranger.sign_in(email)
    token = token_in((await letters_of(unit_of_work, applied.id))[-1], "verify_email")
    assert (await verify(stranger, token)).status_code == 200
    assert code_of(await verify(stranger, token)) == (401, "TOKEN_INVALID")


async def test_no_token_is_stored(stranger, applied, unit_of_work, database):
    token = token_in((await letters_of(unit_of_work, applied.id))[-1], "verify_email")
    async with as_system(database):
        rows = await AccountLetter.filter(tenant_id=applied.id).values()
    assert token not in repr(rows)


async def test_signing_up_with_a_known_address_tells_its_owner_alone(
    stranger, scope, unit_of_work, tenant_of, email
):
    known = await stranger.http.post("/auth/sign-up", json=application(owner_of(scope), "A"))
    unknown = await stranger.http.post("/auth/sign-up", json=application(email, email))
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    assert {name: value for name, value in known.headers.items() if name != "x-request-id"} == {
        name: value for name, value in unknown.headers.items() if name != "x-request-id"
    }
    assert await tenant_of("A") is None
    [letter] = await letters_of(unit_of_work, scope.tenant_id)
    token = token_in(letter, "already_known")
    assert (await reset(stranger, token)).status_code == 200
    assert (await stranger.sign_in(owner_of(scope), OTHER_PASSWORD)).status_code == 200


async def test_trying_again_tells_nothing_either(stranger, scope, email):
    """Neither a name that is taken nor a second attempt gives an address away."""
    answers = []
    for address in (owner_of(scope), email):
        for _ in range(2):
            answer = await stranger.http.post("/auth/sign-up", json=application(address, "Twice"))
            answers.append((answer.status_code, answer.content))
    assert len(set(answers)) == 1


@pytest.fixture
def hashings(monkeypatch):
    """How often a password was hashed or verified: what takes all the time there is."""
    counted = []
    hasher = passwords._hasher

    class Counting:
        def hash(self, password):
            counted.append("hash")
            return hasher.hash(password)

        def verify_and_update(self, password, stored):
            counted.append("verify")
            return hasher.verify_and_update(password, stored)

    monkeypatch.setattr(passwords, "_hasher", Counting())
    return counted


async def test_the_same_work_is_done_for_known_and_unknown_addresses(
    stranger, scope, email, hashings
):
    def taken():
        done = list(hashings)
        hashings.clear()
        return done

    work = {}
    for address in (owner_of(scope), email):
        await stranger.http.post("/auth/sign-up", json=application(address, address))
        signing_up = taken()
        await ask_for_reset(stranger, address)
        asking = taken()
        await stranger.sign_in(address, "wrong horse battery")
        work[address] = (signing_up, asking, taken())
    assert work[owner_of(scope)] == work[email] == (["hash"], [], ["verify"])


async def test_asking_for_another_password_tells_nothing(stranger, scope):
    known = await ask_for_reset(stranger, owner_of(scope))
    unknown = await ask_for_reset(stranger, "nobody@example.com")
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    assert known.status_code == 202


async def test_a_new_password_ends_every_session(owner, stranger, scope, unit_of_work):
    await ask_for_reset(stranger, owner_of(scope).upper())
    [letter] = await letters_of(unit_of_work, scope.tenant_id)
    token = token_in(letter, "reset_password")
    assert (await reset(stranger, token)).json() == {"changed": True}
    assert code_of(await reset(stranger, token, "yet another password")) == (401, "TOKEN_INVALID")
    assert await owner.fail("{ tenant { name } }") == "SESSION_ENDED"
    assert code_of(await stranger.sign_in(owner_of(scope))) == (401, "WRONG_CREDENTIALS")
    assert (await stranger.sign_in(owner_of(scope), OTHER_PASSWORD)).status_code == 200


async def test_a_weak_new_password_leaves_the_letter_good(stranger, scope, unit_of_work):
    await ask_for_reset(stranger, owner_of(scope))
    [letter] = await letters_of(unit_of_work, scope.tenant_id)
    token = token_in(letter, "reset_password")
    refused = await reset(stranger, token, "password1234")
    assert code_of(refused) == (422, "INVALID_INPUT")
    assert {field["code"] for field in refused.json()["fields"]} == {"TOO_COMMON"}
    assert (await reset(stranger, token)).status_code == 200


async def test_only_the_newest_letter_works(stranger, scope, unit_of_work):
    await ask_for_reset(stranger, owner_of(scope))
    [first] = await letters_of(unit_of_work, scope.tenant_id)
    await ask_for_reset(stranger, owner_of(scope))
    [second] = await letters_of(unit_of_work, scope.tenant_id)
    old = await reset(stranger, token_in(first, "reset_password"))
    assert code_of(old) == (401, "TOKEN_INVALID")
    assert (await reset(stranger, token_in(second, "reset_password"))).status_code == 200


async def test_a_token_of_one_kind_does_nothing_else(stranger, scope, unit_of_work):
    await ask_for_reset(stranger, owner_of(scope))
    [letter] = await letters_of(unit_of_work, scope.tenant_id)
    verified = await verify(stranger, token_in(letter, "reset_password"))
    assert code_of(verified) == (401, "TOKEN_INVALID")


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"owner": {"email": "x@y", "name": "A", "password": "short"}}, "password"),
        ({"owner": {"email": "no address", "name": "A", "password": PASSWORD}}, "email"),
        ({"business": {"name": "A", "timeZone": "Mars/Olympus"}}, "timezone"),
        ({"business": {"name": "A"}}, "business.timeZone"),
        ({"extra": 1}, "extra"),
    ],
)
async def test_a_bad_application_names_the_field(stranger, email, change, path):
    response = await stranger.http.post("/auth/sign-up", json=application(email, "A") | change)
    assert code_of(response) == (422, "INVALID_INPUT")
    assert path in {field["path"] for field in response.json()["fields"]}


@pytest.mark.parametrize("body", ["", "[]", '{"email": "a\\u0000b@c.d"}', "{", '{"email": 1}'])
@pytest.mark.parametrize(
    "route", ["sign-up", "verify-email", "password-reset", "password-reset/finish", "mfa"]
)
async def test_garbage_is_a_problem_and_no_fault(stranger, route, body):
    headers = {"Content-Type": "application/json"}
    response = await stranger.http.post(f"/auth/{route}", content=body, headers=headers)
    assert response.status_code in {400, 422}
    assert response.headers["Content-Type"] == "application/problem+json"


async def test_where_sign_up_is_closed_nobody_signs_up(unit_of_work, live, database, email):
    async with browse(build_app(unit_of_work, live, sign_up=False)) as stranger:
        response = await stranger.http.post("/auth/sign-up", json=application(email, email))
        assert code_of(response) == (403, "SIGN_UP_CLOSED")
    async with as_system(database):
        assert await User.filter(email=email).count() == 0


async def test_a_disabled_user_gets_no_letter(stranger, scope, database, unit_of_work, clock):
    async with as_system(database):
        await User.filter(id=scope.actor.id).update(disabled_at=clock.now())
    assert (await ask_for_reset(stranger, owner_of(scope))).status_code == 202
    assert await letters_of(unit_of_work, scope.tenant_id) == []

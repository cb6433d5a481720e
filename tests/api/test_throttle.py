"""Whoever guesses is slowed down; whoever owns the account is not locked out by it."""

import asyncio
from uuid import uuid4

import pytest
from redis.asyncio import Redis

from api.proxies import BehindProxies
from domain.errors import Unavailable
from integrations.redis_bucket import BucketsInRedis
from tenants.throttle import TRIES_ANYWHERE, TRIES_HERE
from tests.api.conftest import browse, build_app, owner_of
from tests.api.people import code_of, enrol_app, half_in, post
from tests.factories.letters import letters_of
from tests.factories.outbox import payloads
from tests.factories.tenants import PASSWORD

WRONG = "wrong horse battery"


class Away:
    """A limiter that cannot be reached."""

    async def take(self, buckets, points=1):
        raise Unavailable("It cannot be told how often this was done")


def at_the_end(app):
    """The application behind one proxy of its own."""
    return BehindProxies(app, count=1)


@pytest.fixture
def place():
    """A network that no other test has."""
    block = uuid4().bytes

    def address(number):
        return f"10.{block[0]}.{number}.{block[1]}"

    return address


@pytest.fixture
async def town(unit_of_work, live, redis: Redis):
    """The application, counting, seen from many addresses."""
    return at_the_end(build_app(unit_of_work, live, limiter=BucketsInRedis(redis, patience=5)))


async def guess(browser, email, address, password=WRONG):
    body = {"email": email, "password": password}
    headers = {"X-Forwarded-For": address}
    return await browser.http.post("/auth/sign-in", json=body, headers=headers)


@pytest.mark.promise("P116")
async def test_after_ten_wrong_passwords_one_waits(town, scope, place):
    async with browse(town) as stranger:
        for email in (owner_of(scope), f"nobody@{uuid4().hex}.test"):
            answers = [await guess(stranger, email, place(1)) for _ in range(TRIES_HERE + 1)]
            assert [each.status_code for each in answers] == [401] * TRIES_HERE + [429]
            refused = answers[-1]
            assert refused.json()["code"] == "RATE_LIMITED"
            assert refused.headers["Content-Type"] == "application/problem+json"
            assert 1 <= int(refused.headers["Retry-After"]) <= 60


async def test_the_right_password_waits_too(town, scope, place):
    """Otherwise a guesser would learn the password although they are not let in."""
    async with browse(town) as stranger:
        for _ in range(TRIES_HERE):
            await guess(stranger, owner_of(scope), place(2))
        assert (await guess(stranger, owner_of(scope), place(2), PASSWORD)).status_code == 429


async def test_a_guesser_elsewhere_does_not_lock_the_owner_out(town, scope, place):
    async with browse(town) as owner, browse(town) as stranger:
        assert (await guess(owner, owner_of(scope), place(3), PASSWORD)).status_code == 200
        owner.http.cookies.clear()
        guesses = [
            guess(stranger, owner_of(scope), place(100 + number % 20))
            for number in range(TRIES_ANYWHERE + 5)
        ]
        answers = await asyncio.gather(*guesses)
        assert 429 in {each.status_code for each in answers}
        # Somebody new is refused, whoever was here before is not.
        assert (await guess(stranger, owner_of(scope), place(99), PASSWORD)).status_code == 429
        assert (await guess(owner, owner_of(scope), place(3), PASSWORD)).status_code == 200


async def test_codes_are_counted_for_their_person(town, scope, clock, place):
    async with browse(town) as owner, browse(town) as stranger:
        await owner.sign_in(owner_of(scope))
        await enrol_app(owner, clock)
        half = await half_in(stranger, owner_of(scope))
        answers = [
            await post(stranger, "mfa", pendingToken=half["pendingToken"], code=f"{n:06}")
            for n in range(6)
        ]
    # One of five points went to the enrolment.
    assert [code_of(each)[0] for each in answers] == [401] * 4 + [429] * 2


async def test_letters_stop_and_the_answer_does_not_say_so(town, scope, unit_of_work, place):
    async with browse(town) as stranger:
        statuses = []
        for _ in range(5):
            headers = {"X-Forwarded-For": place(4)}
            body = {"email": owner_of(scope)}
            asked = await stranger.http.post("/auth/password-reset", json=body, headers=headers)
            statuses.append((asked.status_code, asked.content))
    assert len(set(statuses)) == 1
    assert len(await payloads(unit_of_work, scope, "letter.requested")) == 3
    assert len(await letters_of(unit_of_work, scope.tenant_id)) == 1


async def test_without_valkey_people_still_sign_in(unit_of_work, live, scope, caplog):
    async with browse(build_app(unit_of_work, live, limiter=Away())) as browser:
        assert (await browser.sign_in(owner_of(scope), WRONG)).status_code == 401
        assert (await browser.sign_in(owner_of(scope))).status_code == 200
    assert "nobody is limited" in caplog.text


@pytest.mark.parametrize(
    ("count", "forwarded", "seen"),
    [
        (0, "203.0.113.9", "127.0.0.0/24"),
        (1, "203.0.113.9", "203.0.113.0/24"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.0/24"),
        (2, "198.51.100.1, 203.0.113.9", "198.51.100.0/24"),
        (2, "203.0.113.9", "127.0.0.0/24"),
        (1, "not an address", ""),
    ],
)
async def test_only_our_own_proxies_are_believed(unit_of_work, live, scope, count, forwarded, seen):
    app = BehindProxies(build_app(unit_of_work, live), count=count)
    async with browse(app) as browser:
        browser.http.headers["X-Forwarded-For"] = forwarded
        await browser.sign_in(owner_of(scope))
        [session] = (await browser.ask("{ viewer { sessions { network } } }"))["viewer"]["sessions"]
    assert session["network"] == seen

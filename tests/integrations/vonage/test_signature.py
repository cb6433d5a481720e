"""Signed webhooks: only fresh, intact and new ones pass."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import jwt
import pytest

from deskbell.testing.board import RememberedOnce
from domain.clock import FixedClock
from domain.errors import Unauthenticated
from integrations.vonage.fake import FakeCarrier
from integrations.vonage.signature import WebhookSignature
from tests.fakes.voice import SECRET

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
BODY = b'{"from":"15550142"}'


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def signature(clock: FixedClock) -> WebhookSignature:
    return WebhookSignature(SECRET, seen=RememberedOnce(), clock=clock)


@pytest.fixture
def carrier(clock: FixedClock) -> FakeCarrier:
    return FakeCarrier("", SECRET, clock)


def signed(**changes: object) -> str:
    claims: dict[str, object] = {"iat": int(NOW.timestamp()), "jti": "one"}
    claims["payload_hash"] = sha256(BODY).hexdigest()
    claims |= changes
    kept = {name: value for name, value in claims.items() if value is not None}
    return "Bearer " + jwt.encode(kept, SECRET, "HS256")


async def test_genuine_webhook_passes(signature: WebhookSignature, carrier: FakeCarrier) -> None:
    claims = await signature.verify(carrier.sign(BODY), BODY)
    assert claims["api_key"] == "abcd1234"


async def test_forged_signature_is_refused(signature: WebhookSignature, clock: FixedClock) -> None:
    forger = FakeCarrier("", "another secret of thirty-two bytes", clock)
    with pytest.raises(Unauthenticated):
        await signature.verify(forger.sign(BODY), BODY)


async def test_changed_body_is_refused(signature: WebhookSignature, carrier: FakeCarrier) -> None:
    with pytest.raises(Unauthenticated):
        await signature.verify(carrier.sign(BODY), BODY + b" ")


async def test_replayed_webhook_is_refused(
    signature: WebhookSignature, carrier: FakeCarrier
) -> None:
    header = carrier.sign(BODY)
    await signature.verify(header, BODY)
    with pytest.raises(Unauthenticated):
        await signature.verify(header, BODY)


@pytest.mark.parametrize("age", [timedelta(minutes=6), timedelta(minutes=-1)])
async def test_untimely_webhook_is_refused(
    signature: WebhookSignature, carrier: FakeCarrier, age: timedelta
) -> None:
    with pytest.raises(Unauthenticated):
        await signature.verify(carrier.sign(BODY, at=NOW - age), BODY)


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Basic abc",
        "Bearer not.a.token",
        signed(jti=None),
        signed(iat=None),
        signed(iat="now"),
        signed(payload_hash=None),
        signed(payload_hash=7),
        "Bearer " + jwt.encode({"iat": NOW.timestamp(), "jti": "x"}, None, "none"),
        "Bearer " + jwt.encode({"iat": 1, "jti": "x"}, SECRET * 2, "HS512"),
    ],
)
async def test_malformed_webhook_is_refused(
    signature: WebhookSignature, header: str | None
) -> None:
    with pytest.raises(Unauthenticated):
        await signature.verify(header, BODY)


async def test_refused_webhook_does_not_burn_its_id(signature: WebhookSignature) -> None:
    header = signed()
    with pytest.raises(Unauthenticated):
        await signature.verify(header, b"tampered")
    assert (await signature.verify(header, BODY))["jti"] == "one"

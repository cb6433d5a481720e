"""Call tokens: short-lived, for one call, once."""

from datetime import UTC, datetime, timedelta

import jwt
import pytest

from api.voice.dialogue import Call, Line
from api.voice.token import CallTokens, TokenExpired, TokenInvalid, TokenUsed
from deskbell.testing.board import RememberedOnce
from domain.clock import FixedClock
from tests.fakes.voice import NUMBER, SECRET, TENANT

CALL = Call("leg-1", Line(TENANT, NUMBER), "CON-1", "15550142")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 3, 1, tzinfo=UTC))


@pytest.fixture
def tokens(clock: FixedClock) -> CallTokens:
    return CallTokens(SECRET, seen=RememberedOnce(), clock=clock)


async def test_token_names_tenant_and_call(tokens: CallTokens) -> None:
    assert await tokens.redeem(tokens.issue(CALL)) == (TENANT, "leg-1")


async def test_token_works_once(tokens: CallTokens) -> None:
    token = tokens.issue(CALL)
    await tokens.redeem(token)
    with pytest.raises(TokenUsed):
        await tokens.redeem(token)


async def test_token_expires_after_a_minute(tokens: CallTokens, clock: FixedClock) -> None:
    token = tokens.issue(CALL)
    clock.advance(timedelta(seconds=61))
    with pytest.raises(TokenExpired):
        await tokens.redeem(token)


@pytest.mark.parametrize("forgery", ["", "abc", jwt.encode({"aud": "voice"}, SECRET, "HS256")])
async def test_forged_token_is_refused(tokens: CallTokens, forgery: str) -> None:
    with pytest.raises(TokenInvalid):
        await tokens.redeem(forgery)


async def test_other_deployments_token_is_refused(tokens: CallTokens, clock: FixedClock) -> None:
    other = CallTokens(SECRET[::-1], seen=RememberedOnce(), clock=clock)
    with pytest.raises(TokenInvalid):
        await tokens.redeem(other.issue(CALL))

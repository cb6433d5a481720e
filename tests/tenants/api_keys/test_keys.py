"""API keys: what is kept of them, what they may do, and when they are good no more."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from domain.errors import Forbidden, InvalidInput, NotFound
from domain.scope import ActorKind, TenantStatus
from tenants.api_keys import service
from tenants.api_keys.errors import KeyOver, KeyRefused
from tenants.api_keys.repository import ApiKeys
from tenants.members.errors import BeyondOwnRights
from tenants.models import Tenant
from tenants.roles import FOR_PEOPLE
from tests.conftest import as_system
from tests.factories.members import key_of
from tests.factories.outbox import events, payloads

HERE = "192.0.2.7"


async def resume(unit_of_work, issued, address=HERE):
    return await service.resume(unit_of_work, issued.token, address)


async def refused(unit_of_work, token, address=HERE):
    with pytest.raises(KeyRefused) as refusal:
        await service.resume(unit_of_work, token, address)
    return refusal.value.message


async def rotate(unit_of_work, scope, id, overlap):
    async with unit_of_work(scope) as uow:
        return await service.rotate(uow, id, overlap)


async def revoke(unit_of_work, scope, id):
    async with unit_of_work(scope) as uow:
        return await service.revoke(uow, id)


async def kept(unit_of_work, scope, id):
    async with unit_of_work(scope) as uow:
        return await ApiKeys(uow).get(id)


async def test_a_key_acts_for_its_business_as_it_was_allowed(unit_of_work, scope):
    issued = await key_of(unit_of_work, scope, "calls:read", rate_per_minute=60)
    standing = await resume(unit_of_work, issued)
    assert standing.scope.tenant == scope.tenant
    assert standing.scope.permissions == {"calls:read", "tenant:read"}
    assert standing.scope.actor.kind is ActorKind.KEY
    assert standing.scope.actor.id == str(issued.key.id)
    assert standing.rate_per_minute == 60


async def test_a_token_says_which_key_it_is_of(unit_of_work, scope):
    issued = await key_of(unit_of_work, scope)
    assert issued.token.startswith(f"dbk_live_{issued.key.id.hex}_")
    assert len(issued.token.rpartition("_")[2]) == 64


@pytest.mark.promise("P115")
async def test_only_the_hash_of_a_token_is_stored(unit_of_work, scope):
    issued = await key_of(unit_of_work, scope)
    row = await kept(unit_of_work, scope, issued.key.id)
    assert issued.token.rpartition("_")[2] not in repr(vars(row))


async def test_nobody_makes_a_key_above_themselves(unit_of_work, scope):
    limited = replace(scope, permissions=scope.permissions - {"calls:read"})
    with pytest.raises(BeyondOwnRights):
        await key_of(unit_of_work, limited, "calls:read")


@pytest.mark.parametrize("permission", sorted(FOR_PEOPLE))
async def test_a_program_gives_no_rights_to_others(unit_of_work, scope, permission):
    with pytest.raises(InvalidInput) as refusal:
        await key_of(unit_of_work, scope, permission)
    assert refusal.value.problems[0].code == "FOR_PEOPLE_ONLY"


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"addresses": ("10.0.0.0/33",)}, "addresses"),
        ({"addresses": ("10.0.0.1/8",)}, "addresses"),
        ({"addresses": ("example.com",)}, "addresses"),
        ({"addresses": ("10.0.0.1",) * 101}, "addresses"),
        ({"rate_per_minute": 0}, "rate_per_minute"),
    ],
)
async def test_what_makes_no_sense_is_refused(unit_of_work, scope, given, path):
    with pytest.raises(InvalidInput) as refusal:
        await key_of(unit_of_work, scope, **given)
    assert refusal.value.problems[0].path == path


async def test_a_key_ends_in_the_future(unit_of_work, scope, clock):
    with pytest.raises(InvalidInput):
        await key_of(unit_of_work, scope, expires_at=clock.now())


async def test_a_key_ends_when_it_was_to(unit_of_work, scope, clock):
    issued = await key_of(unit_of_work, scope, expires_at=clock.now() + timedelta(hours=1))
    clock.advance(timedelta(minutes=59))
    await resume(unit_of_work, issued)
    clock.advance(timedelta(minutes=1))
    await refused(unit_of_work, issued.token)


async def test_every_refusal_says_the_same(unit_of_work, scope, clock):
    soon = clock.now() + timedelta(seconds=1)
    expired = await key_of(unit_of_work, scope, expires_at=soon)
    elsewhere = await key_of(unit_of_work, scope, addresses=("198.51.100.0/24",))
    revoked = await key_of(unit_of_work, scope)
    await revoke(unit_of_work, scope, revoked.key.id)
    clock.advance(timedelta(minutes=1))
    unknown = f"dbk_live_{revoked.key.id.hex}_{'0' * 64}"
    tokens = [expired.token, elsewhere.token, revoked.token, unknown, "", "x", "ü" * 1000]
    assert {await refused(unit_of_work, token) for token in tokens} == {"This key is not good here"}


async def test_every_refusal_costs_the_same_question(unit_of_work, scope, caplog):
    elsewhere = await key_of(unit_of_work, scope, addresses=("198.51.100.0/24",))
    revoked = await key_of(unit_of_work, scope)
    await revoke(unit_of_work, scope, revoked.key.id)
    caplog.set_level("DEBUG", logger="tortoise.db_client")
    asked = set()
    for token in (elsewhere.token, revoked.token, "garbage"):
        caplog.clear()
        await refused(unit_of_work, token)
        asked.add(tuple(r.args[0] for r in caplog.records if r.name == "tortoise.db_client"))
    assert asked == {("SELECT * FROM api_key_by_hash($1, $2, $3::text::inet)",)}


@pytest.mark.parametrize(
    ("network", "address", "good"),
    [
        ("192.0.2.0/24", "192.0.2.7", True),
        ("192.0.2.7", "192.0.2.7", True),
        ("192.0.2.0/24", "::ffff:192.0.2.7", True),
        ("192.0.2.0/24", "192.0.3.7", False),
        ("192.0.2.0/24", "2001:db8::1", False),
        ("2001:db8::/32", "2001:db8::1", True),
        ("192.0.2.0/24", "", False),
        ("192.0.2.0/24", "testclient", False),
    ],
)
async def test_a_key_is_good_from_where_it_was_to_be(unit_of_work, scope, network, address, good):
    issued = await key_of(unit_of_work, scope, addresses=("203.0.113.1/32", network))
    if good:
        await resume(unit_of_work, issued, address)
    else:
        await refused(unit_of_work, issued.token, address)


async def test_without_a_list_a_key_is_good_from_anywhere(unit_of_work, scope):
    await resume(unit_of_work, await key_of(unit_of_work, scope), "no address at all")


async def test_both_tokens_are_good_while_they_overlap(unit_of_work, scope, clock):
    first = await key_of(unit_of_work, scope)
    second = await rotate(unit_of_work, scope, first.key.id, timedelta(hours=1))
    assert second.token != first.token
    await resume(unit_of_work, first)
    await resume(unit_of_work, second)
    clock.advance(timedelta(hours=1))
    await refused(unit_of_work, first.token)
    await resume(unit_of_work, second)
    [told] = await payloads(unit_of_work, scope, "api_key.rotated")
    assert told["api_key_id"] == str(first.key.id)


async def test_only_the_last_token_overlaps(unit_of_work, scope):
    first = await key_of(unit_of_work, scope)
    await rotate(unit_of_work, scope, first.key.id, timedelta(hours=1))
    await rotate(unit_of_work, scope, first.key.id, timedelta(0))
    await refused(unit_of_work, first.token)


@pytest.mark.parametrize("overlap", [timedelta(seconds=-1), timedelta(days=31)])
async def test_an_overlap_is_bounded(unit_of_work, scope, overlap):
    issued = await key_of(unit_of_work, scope)
    with pytest.raises(InvalidInput):
        await rotate(unit_of_work, scope, issued.key.id, overlap)


async def test_nobody_takes_a_token_of_a_key_above_themselves(unit_of_work, scope):
    issued = await key_of(unit_of_work, scope, "recordings:listen")
    limited = replace(scope, permissions=scope.permissions - {"recordings:listen"})
    with pytest.raises(BeyondOwnRights):
        await rotate(unit_of_work, limited, issued.key.id, timedelta(0))


async def test_a_revoked_key_is_over_at_once_and_for_good(unit_of_work, scope):
    issued = await key_of(unit_of_work, scope)
    await rotate(unit_of_work, scope, issued.key.id, timedelta(hours=1))
    await revoke(unit_of_work, scope, issued.key.id)
    await revoke(unit_of_work, scope, issued.key.id)
    await refused(unit_of_work, issued.token)
    with pytest.raises(KeyOver):
        await rotate(unit_of_work, scope, issued.key.id, timedelta(0))
    told = await events(unit_of_work, scope, "api_key.")
    assert told == ["api_key.created", "api_key.rotated", "api_key.revoked"]


async def test_its_use_is_noted_once_a_minute(unit_of_work, scope, clock):
    issued = await key_of(unit_of_work, scope)
    noted = []
    for _ in range(3):
        await resume(unit_of_work, issued)
        noted.append((await kept(unit_of_work, scope, issued.key.id)).last_used_at)
        clock.advance(timedelta(seconds=40))
    assert noted == [noted[0], noted[0], noted[0] + timedelta(seconds=80)]


async def test_a_key_of_a_suspended_business_writes_nothing(unit_of_work, scope, database):
    issued = await key_of(unit_of_work, scope, "contacts:write", "calls:read")
    async with as_system(database):
        await Tenant.filter(id=scope.tenant_id).update(status=TenantStatus.SUSPENDED)
    held = (await resume(unit_of_work, issued)).scope
    held.require("calls:read")
    with pytest.raises(Forbidden):
        held.require("contacts:write")


async def test_keys_of_another_business_are_not_there(unit_of_work, scope, other_scope):
    theirs = await key_of(unit_of_work, other_scope)
    for deed in (revoke, lambda *given: rotate(*given, timedelta(0))):
        with pytest.raises(NotFound):
            await deed(unit_of_work, scope, theirs.key.id)
    assert (await resume(unit_of_work, theirs)).scope.tenant_id == other_scope.tenant_id
    assert isinstance(theirs.key.id, UUID)


async def test_only_whoever_may_makes_keys(unit_of_work, scope):
    powerless = replace(scope, permissions=scope.permissions - {"keys:write"})
    with pytest.raises(Forbidden):
        await key_of(unit_of_work, powerless)

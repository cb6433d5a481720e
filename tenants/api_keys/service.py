"""Making, rotating and revoking API keys, and telling who is behind one.

A key is `dbk_live_<id>_<secret>`, and `dbk_test_…` in a sandbox: the id says which one it is, in
lists and in logs; the secret (256 bits) is what only its holder knows. The hash of the whole is
what is kept.
"""

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from uuid import UUID

from domain.errors import FieldProblem, InvalidInput
from domain.scope import Actor, ActorKind, Scope, TenantFacts
from domain.words import fitting
from domain.work import UnitOfWork, UnitsOfWork
from tenants.api_keys.errors import KeyOver, KeyRefused
from tenants.api_keys.events import ApiKeyCreated, ApiKeyMoved, ApiKeyRevoked, ApiKeyRotated
from tenants.api_keys.models import ApiKey
from tenants.api_keys.repository import ApiKeys
from tenants.devices import network_of
from tenants.members.custom_roles import checked
from tenants.members.rights import within_own
from tenants.roles import FOR_PEOPLE, known, meaningful
from tenants.service import tenant_facts
from tenants.tokens import hashed

PREFIX, TEST_PREFIX = "dbk_live_", "dbk_test_"
SECRET_BYTES = 32
LONGEST_NAME = 100
MOST_ADDRESSES = 100
LONGEST_OVERLAP = timedelta(days=30)
# A busy key would otherwise cost a write with every request.
NOTED_EVERY = timedelta(minutes=1)
# One that comes from more is at home everywhere, and has an event for each further one.
MOST_NETWORKS = 50
WRITTEN = re.compile(rf"{PREFIX}([0-9a-f]{{32}})_[0-9a-f]*")


@dataclass(frozen=True)
class NewKey:
    """A key to be made; no addresses means that it is good from anywhere."""

    name: str
    permissions: tuple[str, ...]
    expires_at: datetime | None = None
    addresses: tuple[str, ...] = ()
    rate_per_minute: int | None = None


@dataclass(frozen=True)
class Issued:
    """A key with its token, which is shown here and never again."""

    key: ApiKey
    token: str


@dataclass(frozen=True)
class KeyStanding:
    """A key that is good at this moment, and how often it may ask; None if nothing is said."""

    id: UUID
    scope: Scope
    rate_per_minute: int | None


async def create(uow: UnitOfWork, new: NewKey) -> Issued:
    """Make a key that may do no more than its maker.

    Raises `InvalidInput` and `BeyondOwnRights`.
    """
    uow.require("keys:write")
    allowed = _for_programs(new.permissions)
    within_own(uow, allowed)
    if new.expires_at is not None and new.expires_at <= uow.now:
        raise InvalidInput.at("expires_at", "That moment has gone by")
    id = uow.new_id()
    token = _token(uow.scope.tenant, id)
    key = await ApiKeys(uow).add(
        id=id,
        name=fitting("name", new.name, LONGEST_NAME),
        key_hash=hashed(token),
        permissions=sorted(allowed),
        addresses=_networks(new.addresses),
        rate_per_minute=_rate(new.rate_per_minute),
        created_by=str(uow.scope.actor),
        created_at=uow.now,
        expires_at=new.expires_at,
    )
    uow.record(ApiKeyCreated(api_key_id=id, permissions=tuple(sorted(allowed))))
    return Issued(key, token)


async def rotate(uow: UnitOfWork, id: UUID, overlap: timedelta) -> Issued:
    """Give a key a new secret; the one before it stays good for the overlap, and no other does.

    Raises `InvalidInput`, `KeyOver`, and `BeyondOwnRights` for a key that may do more.
    """
    uow.require("keys:write")
    if not timedelta(0) <= overlap <= LONGEST_OVERLAP:
        raise InvalidInput.at("overlap", f"Use 0 to {LONGEST_OVERLAP.days} days")
    keys = ApiKeys(uow)
    key = await keys.lock(id)
    within_own(uow, known(key.permissions))
    if key.revoked_at or (key.expires_at and key.expires_at <= uow.now):
        raise KeyOver
    token, until = _token(uow.scope.tenant, id), uow.now + overlap
    earlier = {"previous_hash": key.key_hash, "previous_until": until}
    await keys.save(key, key_hash=hashed(token), **earlier)
    uow.record(ApiKeyRotated(api_key_id=id, previous_until=until))
    return Issued(key, token)


async def revoke(uow: UnitOfWork, id: UUID) -> ApiKey:
    """End a key for good, at once; a second time changes nothing."""
    uow.require("keys:write", ends_access=True)
    keys = ApiKeys(uow)
    key = await keys.lock(id)
    if key.revoked_at is None:
        await keys.save(key, revoked_at=uow.now)
        uow.record(ApiKeyRevoked(api_key_id=id))
    return key


async def resume(unit_of_work: UnitsOfWork, token: str, address: str) -> KeyStanding:
    """Who is behind a token, as its key may act at this moment. Raises `KeyRefused`.

    Malformed, unknown, expired, revoked, and from the wrong address: one look-up each, one answer.
    """
    now = unit_of_work.clock.now()
    found = await ApiKeys.by_hash(hashed(token), now, plain_address(address))
    key = await ApiKeys.look_up(found.tenant_id, found.key_id, now) if found else None
    if key is None:
        raise KeyRefused
    standing = await _standing(key)
    if not token.startswith(prefix_at(standing.scope.tenant)):
        raise KeyRefused
    network = network_of(address)
    elsewhere = bool(network) and network not in key.networks
    if elsewhere or key.last_used_at is None or key.last_used_at <= now - NOTED_EVERY:
        async with unit_of_work(standing.scope) as uow:
            await ApiKeys(uow).touch(key.id, NOTED_EVERY)
            if elsewhere:
                await _came_from(uow, key.id, network)
    return standing


async def _came_from(uow: UnitOfWork, id: UUID, network: str) -> None:
    """Remember a network from which a key was not used before."""
    keys = ApiKeys(uow)
    key = await keys.lock(id)
    if network in key.networks:
        return
    uow.record(ApiKeyMoved(api_key_id=id, first=not key.networks))
    await keys.save(key, networks=[*key.networks, network][-MOST_NETWORKS:])


async def by_id(tenant_id: UUID, id: UUID, now: datetime) -> KeyStanding | None:
    """A key as it may act at this moment; None if it is over, or never was."""
    key = await ApiKeys.look_up(tenant_id, id, now)
    return await _standing(key) if key else None


async def _standing(key: ApiKey) -> KeyStanding:
    actor = Actor(ActorKind.KEY, str(key.id))
    facts = await tenant_facts(key.tenant_id)
    allowed = meaningful(known(key.permissions) - FOR_PEOPLE, facts.kind)
    scope = Scope(key.tenant_id, actor, facts, allowed)
    return KeyStanding(key.id, scope, key.rate_per_minute)


def id_in(token: str) -> UUID | None:
    """Which key a token claims to be, whether or not it is."""
    written = WRITTEN.fullmatch(token)
    return UUID(written[1]) if written else None


def plain_address(address: str) -> str | None:
    """An address as rules are written for it: IPv4 also where it came wrapped in IPv6."""
    try:
        known_address = ip_address(address)
    except ValueError:
        return None
    if isinstance(known_address, IPv6Address) and known_address.ipv4_mapped:
        known_address = known_address.ipv4_mapped
    return str(known_address).partition("%")[0]


def prefix_at(tenant: TenantFacts) -> str:
    """How the keys of a tenant begin: those of a sandbox can be told from real ones."""
    return TEST_PREFIX if tenant.sandbox else PREFIX


def _token(tenant: TenantFacts, id: UUID) -> str:
    return f"{prefix_at(tenant)}{id.hex}_{secrets.token_hex(SECRET_BYTES)}"


def _for_programs(permissions: Iterable[str]) -> frozenset[str]:
    given = frozenset(permissions)
    if reserved := sorted(given & FOR_PEOPLE):
        problems = [FieldProblem("permissions", each, "FOR_PEOPLE_ONLY") for each in reserved]
        raise InvalidInput(f"Only people may hold {', '.join(reserved)}", *problems)
    return checked(given) - FOR_PEOPLE


def _networks(addresses: tuple[str, ...]) -> list[str]:
    """Networks in CIDR; a single address is a network of one. Raises `InvalidInput`."""
    if len(addresses) > MOST_ADDRESSES:
        raise InvalidInput.at("addresses", f"Use at most {MOST_ADDRESSES}")
    try:
        return [str(ip_network(address.strip())) for address in addresses]
    except ValueError as wrong:
        raise InvalidInput.at("addresses", str(wrong)) from wrong


def _rate(per_minute: int | None) -> int | None:
    if per_minute is not None and per_minute < 1:
        raise InvalidInput.at("rate_per_minute", "Use at least 1")
    return per_minute

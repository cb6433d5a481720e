"""Deciding what a tenant promises, now or from some day on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.errors import FieldProblem, InvalidInput
from domain.privacy.bounds import Bound, check
from domain.privacy.policy import Profile
from domain.words import within
from domain.work import UnitOfWork
from tenants.policy.conditions import ALWAYS, Condition
from tenants.policy.errors import PolicyApplies
from tenants.policy.events import PolicyAdopted, PolicyApplied, PolicyWithdrawn
from tenants.policy.models import PolicyVersion
from tenants.policy.preview import Effect, effects
from tenants.policy.profiles import changed, stored
from tenants.policy.repository import PolicyVersions
from tenants.repository import Tenants

READ, WRITE = "privacy:read", "privacy:write"
TAKE_EFFECT = "policy.take_effect"
LONGEST_NOTE = 300
TIMER = "policy"


@dataclass(frozen=True)
class Draft:
    """Another policy: what changes, from when, and whether for what is there already."""

    changes: dict[str, Any] = field(default_factory=dict)
    applies_from: datetime | None = None
    to_existing: bool = False
    note: str = ""


@dataclass(frozen=True)
class Preview:
    """What a draft would mean."""

    profile: Profile
    applies_from: datetime
    effects: Sequence[Effect]


async def current(uow: UnitOfWork) -> Profile:
    """What the tenant promises now."""
    uow.require(READ)
    version = await PolicyVersions(uow).in_force()
    return stored(uow.scope.tenant.kind, version.profile if version else None)


async def preview(uow: UnitOfWork, draft: Draft, bounds: Sequence[Bound] = ()) -> Preview:
    """What a draft would do; nothing changes. Raises `InvalidInput`."""
    before = await current(uow)
    after = _drafted(before, draft, bounds)
    at = _moment(uow, draft)
    found = await effects(uow, before, after, at, to_existing=draft.to_existing)
    return Preview(after, at, found)


async def adopt(
    uow: UnitOfWork,
    draft: Draft,
    bounds: Sequence[Bound] = (),
    conditions: Sequence[Condition] = (),
) -> PolicyVersion:
    """Promise it from now on, or from a day ahead; what was to come before is taken back.

    Raises `InvalidInput`: for periods against law or plan, and where nobody answers for privacy;
    and whatever a condition raises.
    """
    uow.require(WRITE)
    before = await current(uow)
    profile = _drafted(before, draft, bounds)
    _answered_for(profile)
    for condition in (*ALWAYS, *conditions):
        await condition(uow, before, profile)
    versions = PolicyVersions(uow)
    # One after the other: the tenant's row is the turnstile.
    await Tenants(uow).lock(uow.tenant_id)
    newest, ahead = await versions.newest(), await versions.ahead()
    if ahead is not None:
        await _take_back(uow, ahead)
    version = await versions.add(
        number=newest.number + 1 if newest else 1,
        preset=profile.preset,
        profile=profile.model_dump(mode="json"),
        applies_from=_moment(uow, draft),
        to_existing=draft.to_existing,
        note=within("note", draft.note, LONGEST_NOTE),
        adopted_by=uow.scope.actor.id,
        created_at=uow.now,
    )
    uow.record(
        PolicyAdopted(
            policy_version_id=version.id,
            number=version.number,
            applies_from=version.applies_from,
            to_existing=version.to_existing,
        )
    )
    await _apply_in_time(uow, version)
    return version


async def withdraw(uow: UnitOfWork, id: UUID) -> PolicyVersion:
    """Take back a version before it applies. Raises `PolicyApplies`."""
    uow.require(WRITE)
    version = await PolicyVersions(uow).lock(id)
    if version.withdrawn_at is not None:
        return version
    if version.applies_from <= uow.now:
        raise PolicyApplies
    await _take_back(uow, version)
    uow.cancel(TIMER)
    return version


async def put_in_force(uow: UnitOfWork) -> None:
    """Let the version that applies by now govern whatever begins from here on."""
    version = await PolicyVersions(uow).in_force()
    tenant = await Tenants(uow).lock(uow.tenant_id)
    if version is None or tenant.policy == version.profile:
        return
    await Tenants(uow).save(tenant, policy=version.profile)
    uow.record(PolicyApplied(policy_version_id=version.id, number=version.number))


async def _apply_in_time(uow: UnitOfWork, version: PolicyVersion) -> None:
    if version.applies_from <= uow.now:
        uow.cancel(TIMER)
        await put_in_force(uow)
    else:
        uow.schedule(TAKE_EFFECT, at=version.applies_from, key=TIMER)


async def _take_back(uow: UnitOfWork, version: PolicyVersion) -> None:
    await PolicyVersions(uow).save(version, withdrawn_at=uow.now)
    uow.record(PolicyWithdrawn(policy_version_id=version.id, number=version.number))


def _drafted(before: Profile, draft: Draft, bounds: Sequence[Bound]) -> Profile:
    after = changed(before, draft.changes)
    check(after, bounds)
    return after


def _moment(uow: UnitOfWork, draft: Draft) -> datetime:
    at = draft.applies_from or uow.now
    if at < uow.now:
        raise InvalidInput.at("applies_from", "Nothing can be promised for the past")
    return at


def _answered_for(profile: Profile) -> None:
    """Somebody answers for privacy, by name: a promise without them is none (P086, P087)."""
    people = ("privacy_contact", "data_protection_officer")
    missing = [
        FieldProblem(name, "Name somebody, and their e-mail address", "REQUIRED")
        for name in people
        if not getattr(profile, name).is_reachable
    ]
    if missing:
        raise InvalidInput("Say who answers for privacy", *missing)

"""Making a sandbox, copying the business profile into it, resetting and deleting it."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from domain.errors import InvalidInput
from domain.repository import Repository
from domain.retention import holds
from domain.scope import ActorKind, Scope, TenantStatus
from domain.work import UnitOfWork, UnitsOfWork
from tenants.models import Role, Tenant
from tenants.repository import Memberships, Tenants
from tenants.sandbox.errors import NoSandbox, OnlyInSandbox, SandboxExists
from tenants.sandbox.events import SandboxCreated, SandboxDeleted, SandboxRenewed
from tenants.sandbox.repository import bring_forward, profile_rows, sandbox_of, wipe
from tenants.service import tenant_facts

READ, WRITE = "sandbox:read", "sandbox:write"
LONGEST_STEP = timedelta(days=366)

Rows = Sequence[tuple[type[Repository[Any]], list[dict[str, Any]]]]


async def create(work: UnitsOfWork, scope: Scope) -> Scope:
    """Make the sandbox of a business, with a copy of its profile; returns the scope in it.

    Raises `SandboxExists` and, from within one, `NoSandbox`.
    """
    rows = await _profile(work, scope)
    if await sandbox_of(scope.tenant_id) is not None:
        raise SandboxExists
    id = work.ids.new(work.clock.now())
    opening = replace(scope, tenant_id=id, tenant=replace(scope.tenant, sandbox=True))
    async with work(opening) as uow:
        await _open(uow, scope)
        await _write(uow, rows)
    async with work(scope) as uow:
        uow.record(SandboxCreated(sandbox_id=id))
    return await enter(scope)


async def enter(scope: Scope) -> Scope:
    """The same person or program in the sandbox of their business. Raises `NoSandbox`."""
    if scope.tenant.sandbox:
        raise NoSandbox
    id = await sandbox_of(scope.tenant_id)
    if id is None:
        raise NoSandbox
    return replace(scope, tenant_id=id, tenant=await tenant_facts(id))


async def reset(work: UnitsOfWork, scope: Scope) -> Scope:
    """Forget all that was tried out, and copy the profile anew; keys and webhooks stay.

    Raises `NoSandbox`.
    """
    scope.require(WRITE)
    within = await enter(scope)
    rows = await _profile(work, scope)
    async with work(within) as uow:
        uow.require(WRITE)
        await _clear(uow, everything=False)
        await Tenants(uow).save(await Tenants(uow).lock(uow.tenant_id), clock_ahead_s=0)
        await _write(uow, rows)
    async with work(scope) as uow:
        uow.record(SandboxRenewed(sandbox_id=within.tenant_id))
    return await enter(scope)


async def delete(work: UnitsOfWork, scope: Scope) -> UUID:
    """Delete the sandbox with everything in it and its keys. Raises `NoSandbox`."""
    scope.require(WRITE)
    within = await enter(scope)
    async with work(within) as uow:
        uow.require(WRITE)
        await _clear(uow, everything=True)
        tenant = await Tenants(uow).lock(uow.tenant_id)
        # What was done in it stays on record, under a tenant that nobody can enter.
        await Tenants(uow).save(tenant, status=TenantStatus.CLOSING)
    async with work(scope) as uow:
        uow.record(SandboxDeleted(sandbox_id=within.tenant_id))
    return within.tenant_id


async def advance(uow: UnitOfWork, by: timedelta) -> Tenant:
    """Let so much time pass in a sandbox: what is due by then is due now.

    Raises `OnlyInSandbox` and `InvalidInput`.
    """
    uow.require(WRITE)
    only_here(uow.scope)
    if not timedelta(0) < by <= LONGEST_STEP:
        raise InvalidInput.at("by", f"Let a second to {LONGEST_STEP.days} days pass")
    tenants = Tenants(uow)
    tenant = await tenants.lock(uow.tenant_id)
    seconds = int(by.total_seconds())
    await bring_forward(uow, seconds)
    return await tenants.save(tenant, clock_ahead_s=tenant.clock_ahead_s + seconds)


def only_here(scope: Scope) -> None:
    """Raise `OnlyInSandbox` anywhere else."""
    if not scope.tenant.sandbox:
        raise OnlyInSandbox


async def _profile(work: UnitsOfWork, scope: Scope) -> Rows:
    if scope.tenant.sandbox:
        raise NoSandbox
    async with work(scope, read_only=True) as uow:
        uow.require(WRITE)
        uow.require("business:read")
        uow.require("knowledge:read")
        return await profile_rows(uow)


async def _clear(uow: UnitOfWork, *, everything: bool) -> None:
    """Delete what was tried out, and with it the legal holds that were: they held nothing real."""
    only_here(uow.scope)
    await holds.release_all(uow)
    await wipe(uow, everything=everything)


async def _open(uow: UnitOfWork, parent: Scope) -> None:
    tenants, facts = Tenants(uow), parent.tenant
    async with tenants.refusing(tenant_sandbox_of_key=SandboxExists()):
        await tenants.insert(
            id=uow.tenant_id,
            name=facts.name,
            slug=f"{facts.slug[:40]}-sandbox-{secrets.token_hex(4)}",
            timezone=facts.timezone,
            locale=facts.locale,
            region=facts.region,
            currency=facts.currency,
            status=TenantStatus.ACTIVE,
            sandbox_of=parent.tenant_id,
            created_at=uow.now,
        )
    if parent.actor.kind is ActorKind.MEMBER:
        # They can switch to it as to any business they work for.
        user_id = UUID(parent.actor.id)
        await Memberships(uow).add(user_id=user_id, role=Role.OWNER, created_at=uow.now)


async def _write(uow: UnitOfWork, rows: Rows) -> None:
    """Write a profile again, under new ids."""
    known: dict[UUID, UUID] = {}
    for kind, values in rows:
        for value in values:
            known[value["id"]] = _new_id(uow, kind, value)
        await kind(uow).add_all(_renamed(kind, value, known) for value in values)


def _new_id(uow: UnitOfWork, kind: type[Repository[Any]], value: dict[str, Any]) -> UUID:
    # The one row of rules has the id of its tenant.
    return uow.tenant_id if value["id"] == value["tenant_id"] else uow.new_id()


def _renamed(
    kind: type[Repository[Any]], value: dict[str, Any], known: dict[UUID, UUID]
) -> dict[str, Any]:
    referring = {"id", *kind.model.references}
    stamped = {"tenant_id"} | ({"updated_at"} if kind.model.synced else set())
    return {
        name: known.get(each, each) if name in referring else each
        for name, each in value.items()
        if name not in stamped
    }

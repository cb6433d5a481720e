"""Setting up a tenant's identity provider, and switching it off."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from domain.errors import InvalidInput
from domain.sealed import Sealed
from domain.words import fitting
from domain.work import UnitOfWork
from tenants import factors
from tenants.errors import MfaNotEnrolled
from tenants.members.rights import Assigned, may_give
from tenants.models import Role
from tenants.repository import Memberships
from tenants.sso.errors import SsoNotConfigured
from tenants.sso.events import SsoConfigured, SsoDisabled
from tenants.sso.models import SsoConnection
from tenants.sso.ports import Client
from tenants.sso.repository import SsoConnections, SsoSessions

LONGEST_ISSUER = 500
LONGEST_ID = 255
LONGEST_SECRET = 1000
LONGEST_CLAIM = 200
MOST_ROLES = 50
CALLBACK = "/auth/sso/callback/{tenant_id}"
LOGOUT = "/auth/sso/logout/{tenant_id}"


@dataclass(frozen=True)
class Setup:
    """A provider as it is to be; without a secret the one that is there stays."""

    issuer: str
    client_id: str
    client_secret: str | None = field(default=None, repr=False)
    assigned: Assigned = field(default_factory=lambda: Assigned(Role.VIEWER))
    """What a newcomer becomes."""
    role_claim: str = ""
    role_map: Mapping[str, Role] = field(default_factory=dict)
    """Values of the claim, and the built-in role that each stands for."""
    required: bool = False
    trust_email: bool = False
    trust_mfa: bool = False


@dataclass(frozen=True)
class Trial:
    """A provider that is tried before it is set up."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)


async def current(uow: UnitOfWork) -> SsoConnection | None:
    """The tenant's identity provider, for those who may see who works here."""
    uow.require("members:read")
    return await SsoConnections(uow).own()


async def configure(uow: UnitOfWork, setup: Setup) -> SsoConnection:
    """Set a provider up, or change it, and switch it on.

    Another issuer ends every session that the one before it vouched for. Raises `InvalidInput`,
    `BeyondOwnRights`, `StepUpRequired`, and `MfaNotEnrolled` if it is to be the only way in and
    an owner has no second factor to come in without it.
    """
    uow.require("security:write")
    values = _checked(setup)
    await _may_assign(uow, setup)
    if setup.required:
        await _owners_have_a_way_in(uow)
    before = await SsoConnections(uow).own(lock=True)
    return await (_add(uow, values) if before is None else _change(uow, before, values))


async def disable(uow: UnitOfWork) -> SsoConnection:
    """Let nobody in by the provider any more; whoever came by it leaves at once.

    Raises `SsoNotConfigured` and `StepUpRequired`.
    """
    uow.require("security:write")
    row = await SsoConnections(uow).own(lock=True)
    if row is None:
        raise SsoNotConfigured
    if row.enabled:
        await SsoConnections(uow).save(row, enabled=False, updated_at=uow.now)
        await SsoSessions(uow).end()
        uow.record(SsoDisabled(connection_id=row.id))
    return row


async def to_examine(uow: UnitOfWork, trial: Trial | None = None) -> Client:
    """What to try a provider with: the one that is set up, or one that might be.

    Raises `SsoNotConfigured`, `InvalidInput` and `StepUpRequired`.
    """
    uow.require("security:write")
    if trial is not None:
        return Client(_issuer(trial.issuer), trial.client_id, trial.client_secret)
    row = await SsoConnections(uow).own()
    if row is None:
        raise SsoNotConfigured
    return client_of(row)


def client_of(row: SsoConnection, public_url: str = "") -> Client:
    """What we are at a tenant's provider."""
    return Client(
        issuer=row.issuer,
        client_id=row.client_id,
        client_secret=row.client_secret.read(),
        redirect_uri=redirect_uri(row.tenant_id, public_url),
    )


def redirect_uri(tenant_id: UUID, public_url: str) -> str:
    """Where a provider sends browsers back to: each tenant has an address of its own.

    Otherwise one tenant's provider could have another's send its codes to us, and from us get
    them (RFC 9700, section 4.4).
    """
    return public_url + CALLBACK.format(tenant_id=tenant_id)


def logout_uri(tenant_id: UUID, public_url: str) -> str:
    """Where a provider may tell of those who have signed out there."""
    return public_url + LOGOUT.format(tenant_id=tenant_id)


async def _add(uow: UnitOfWork, values: dict[str, Any]) -> SsoConnection:
    if "client_secret" not in values:
        raise InvalidInput.at("client_secret", "Send the client's secret", "MISSING")
    moments = {"created_at": uow.now, "updated_at": uow.now}
    row = await SsoConnections(uow).add(enabled=True, **moments, **values)
    uow.record(SsoConfigured(connection_id=row.id, changed=tuple(sorted(values))))
    return row


async def _change(uow: UnitOfWork, row: SsoConnection, values: dict[str, Any]) -> SsoConnection:
    values = {**values, "enabled": True}
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    elsewhere = "issuer" in changed
    if elsewhere and "client_secret" not in values:
        # A secret is not shown to whomever the tenant names next.
        raise InvalidInput.at("client_secret", "Send the secret of this issuer's", "MISSING")
    if changed:
        await SsoConnections(uow).save(row, updated_at=uow.now, **changed)
        uow.record(SsoConfigured(connection_id=row.id, changed=tuple(sorted(changed))))
    if elsewhere:
        await SsoSessions(uow).end()
    return row


def _checked(setup: Setup) -> dict[str, Any]:
    values: dict[str, Any] = {
        "issuer": _issuer(setup.issuer),
        "client_id": fitting("client_id", setup.client_id, LONGEST_ID),
        "role": setup.assigned.role,
        "custom_role_id": setup.assigned.custom_role_id,
        "role_claim": setup.role_claim.strip(),
        "role_map": {value: Role(role).value for value, role in setup.role_map.items()},
        "required": setup.required,
        "trust_email": setup.trust_email,
        "trust_mfa": setup.trust_mfa,
    }
    if len(values["role_claim"]) > LONGEST_CLAIM or len(setup.role_map) > MOST_ROLES:
        raise InvalidInput.at("role_map", f"Use a shorter claim, and at most {MOST_ROLES} values")
    if any(not value or len(value) > LONGEST_CLAIM for value in setup.role_map):
        raise InvalidInput.at("role_map", f"Use values of 1 to {LONGEST_CLAIM} characters")
    if setup.client_secret is not None:
        secret = fitting("client_secret", setup.client_secret, LONGEST_SECRET)
        values["client_secret"] = Sealed.text(secret)
    return values


def _issuer(written: str) -> str:
    """An issuer's address as its provider writes it: compared letter by letter later on."""
    issuer = fitting("issuer", written, LONGEST_ISSUER)
    parts = urlsplit(issuer)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise InvalidInput.at("issuer", "Write it as https://provider.example/path")
    return issuer


async def _may_assign(uow: UnitOfWork, setup: Setup) -> None:
    """Nobody lets others have more than they hold, and no provider makes an owner."""
    given = [setup.assigned, *(Assigned(Role(role)) for role in setup.role_map.values())]
    for assigned in given:
        if assigned.role is Role.OWNER:
            raise InvalidInput.at("role", "No provider makes somebody an owner", "NOT_AN_OWNER")
        await may_give(uow, assigned)


async def _owners_have_a_way_in(uow: UnitOfWork) -> None:
    members = Memberships(uow)
    for owner in await members.page(members.all().filter(role=Role.OWNER)):
        if not (await factors.of(uow, owner.user_id)).enrolled:
            raise MfaNotEnrolled

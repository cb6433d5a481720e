"""One's own account: where one is signed in and works, and what one proves oneself with."""

from datetime import datetime

import strawberry

from api.graphql.context import Info
from api.graphql.enums import SignInMethod, TenantStatus
from api.graphql.ids import write_id
from plugins.graphql_kit import Needs
from tenants import account, factors, models, sessions

READ = "account:read"


@strawberry.type
class Session:
    """A browser in which one is signed in."""

    id: strawberry.ID
    current: bool = strawberry.field(description="Whether this is the one that asks.")
    tenant_name: str
    method: SignInMethod
    device: str
    network: str = strawberry.field(description="The network it came from, not its address.")
    created_at: datetime
    last_seen_at: datetime = strawberry.field(description="To the minute.")
    expires_at: datetime = strawberry.field(description="When it ends if nobody uses it.")

    @classmethod
    def of(cls, seen: sessions.Seen, *, current: bool) -> "Session":
        """The session of a row."""
        return cls(
            id=write_id("Session", seen.session_id),
            current=current,
            tenant_name=seen.tenant_name,
            method=SignInMethod(seen.method),
            device=seen.device,
            network=seen.network,
            created_at=seen.created_at,
            last_seen_at=seen.seen_at,
            expires_at=seen.expires_at,
        )


@strawberry.type
class Passkey:
    """A key pair in one of one's devices."""

    id: strawberry.ID
    name: str
    created_at: datetime
    last_used_at: datetime | None

    @classmethod
    def of(cls, row: models.Passkey) -> "Passkey":
        """The passkey of a row."""
        return cls(
            id=write_id("Passkey", row.id),
            name=row.name,
            created_at=row.created_at,
            last_used_at=row.used_at,
        )


@strawberry.type
class Mfa:
    """What one proves oneself with beside a password."""

    enrolled: bool
    required: bool = strawberry.field(description="Whether this business demands it.")
    totp_since: datetime | None = strawberry.field(description="Since when there is an app.")
    passkeys: list[Passkey]
    recovery_codes_left: int

    @classmethod
    def of(cls, there: factors.Factors, *, required: bool) -> "Mfa":
        """The second factors of a person."""
        return cls(
            enrolled=there.enrolled,
            required=required,
            totp_since=there.app_since,
            passkeys=[Passkey.of(row) for row in there.passkeys],
            recovery_codes_left=there.recovery_codes,
        )


@strawberry.type
class Workplace:
    """A business that one works for; `POST /auth/switch` goes there."""

    id: strawberry.ID
    name: str
    slug: str
    status: TenantStatus
    current: bool


@strawberry.type
class AccountFields:
    """One's own account."""

    @strawberry.field(extensions=[Needs(READ)])
    async def sessions(self, info: Info) -> list[Session]:
        """Where one is signed in, the newest in front; at most a hundred."""
        proof = info.context.scope.proof
        current = proof.session_id if proof else None
        seen = await sessions.own(await info.context.read(READ))
        return [Session.of(each, current=each.session_id == current) for each in seen]

    @strawberry.field(extensions=[Needs(READ)])
    async def mfa(self, info: Info) -> Mfa:
        """What one proves oneself with beside a password."""
        there = await account.state(await info.context.read(READ))
        return Mfa.of(there, required=info.context.scope.tenant.mfa_required)

    @strawberry.field(extensions=[Needs(READ)])
    async def tenants(self, info: Info) -> list[Workplace]:
        """The businesses that one works for, in the order one joined them."""
        here = info.context.scope.tenant_id
        found = await account.workplaces(await info.context.read(READ))
        return [
            Workplace(
                id=write_id("Tenant", each.tenant_id),
                name=each.name,
                slug=each.slug,
                status=TenantStatus(each.status),
                current=each.tenant_id == here,
            )
            for each in found
        ]

"""The business's identity provider, and the domains that it speaks for."""

from datetime import datetime
from uuid import UUID

import strawberry

from api.graphql.context import Info
from api.graphql.enums import Role
from api.graphql.ids import Node, write_id
from api.graphql.members import CustomRole, custom_role_of
from plugins.graphql_kit import Needs
from tenants.sso import domains, models, rules, service

READ = "members:read"


@strawberry.type
class SsoDomain(Node):
    """A domain of the business's; its addresses come in by the provider once it is verified."""

    domain: str
    record_name: str = strawberry.field(description="Where DNS must hold the TXT record.")
    record_value: str = strawberry.field(description="What it must hold.")
    verified_at: datetime | None
    checked_at: datetime | None
    missing_since: datetime | None = strawberry.field(
        description="Since when the record is gone; after three days the domain counts no more."
    )

    @classmethod
    def of(cls, row: models.SsoDomain) -> "SsoDomain":
        """The domain of a row."""
        return cls(
            id=write_id("SsoDomain", row.id),
            domain=row.domain,
            record_name=rules.record_of(row.domain),
            record_value=row.challenge,
            verified_at=row.verified_at,
            checked_at=row.checked_at,
            missing_since=row.missing_since,
        )


@strawberry.type
class SsoRoleRule:
    """A value of the role claim, and the role that it stands for."""

    value: str
    role: Role


@strawberry.type
class IdentityProvider:
    """Who says who the members are."""

    custom_role_key: strawberry.Private[UUID | None]
    issuer: str
    client_id: str
    enabled: bool
    required: bool = strawberry.field(
        description="Whether members with an address in a verified domain must come by it."
    )
    role: Role = strawberry.field(description="What a newcomer becomes.")
    role_claim: str
    role_rules: list[SsoRoleRule]
    trust_email: bool = strawberry.field(
        description="Whether an address counts that the provider does not call verified."
    )
    trust_mfa: bool = strawberry.field(
        description="Whether a second factor that the provider asked for counts."
    )
    updated_at: datetime

    @classmethod
    def of(cls, row: models.SsoConnection) -> "IdentityProvider":
        """The provider of a row; its secret is not shown."""
        return cls(
            custom_role_key=row.custom_role_id,
            issuer=row.issuer,
            client_id=row.client_id,
            enabled=row.enabled,
            required=row.required,
            role=row.role,
            role_claim=row.role_claim,
            role_rules=[
                SsoRoleRule(value=value, role=Role(role)) for value, role in row.role_map.items()
            ],
            trust_email=row.trust_email,
            trust_mfa=row.trust_mfa,
            updated_at=row.updated_at,
        )

    @strawberry.field(extensions=[Needs(READ)])
    async def custom_role(self, info: Info) -> CustomRole | None:
        """What a newcomer becomes, if it is a role of the business's own."""
        return await custom_role_of(info, self.custom_role_key)


@strawberry.type
class SingleSignOn:
    """How members come in by the business's own identity provider."""

    redirect_uri: str = strawberry.field(description="To be allowed at the provider, as it is.")
    logout_uri: str = strawberry.field(description="Where it may tell of those who have left.")

    @strawberry.field(extensions=[Needs(READ)])
    async def provider(self, info: Info) -> IdentityProvider | None:
        """The provider; null if none is set up."""
        row = await service.current(await info.context.read(READ))
        return IdentityProvider.of(row) if row else None

    @strawberry.field(extensions=[Needs(READ)])
    async def domains(self, info: Info) -> list[SsoDomain]:
        """Domains, verified or not, in the order of their names."""
        return [SsoDomain.of(row) for row in await domains.listed(await info.context.read(READ))]


@strawberry.type
class SingleSignOnFields:
    """Single sign-on of a tenant."""

    @strawberry.field(extensions=[Needs(READ)])
    async def single_sign_on(self, info: Info) -> SingleSignOn:
        """How members come in by the business's own identity provider."""
        uow = await info.context.read(READ)
        public_url = info.context.sign_on.public_url
        return SingleSignOn(
            redirect_uri=service.redirect_uri(uow.tenant_id, public_url),
            logout_uri=service.logout_uri(uow.tenant_id, public_url),
        )

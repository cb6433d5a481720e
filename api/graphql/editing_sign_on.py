"""Setting single sign-on up, trying it, and switching it off. All of it wants a recent proof."""

from typing import Annotated

import strawberry

from api.graphql.context import Info
from api.graphql.enums import Role
from api.graphql.errors import InvalidInputError
from api.graphql.ids import maybe_read_id, read_id, write_id
from api.graphql.people_errors import BeyondOwnRightsError, MfaNotEnrolledError
from api.graphql.scalars import Url
from api.graphql.single_sign_on import IdentityProvider, SsoDomain
from api.graphql.sso_errors import (
    DomainListedError,
    DomainNotProvedError,
    DomainTakenError,
    SsoNotConfiguredError,
    TooManyDomainsError,
)
from domain.errors import InvalidInput
from plugins.graphql_kit import InUnitOfWork, Needs
from tenants.members.rights import Assigned
from tenants.sso import domains, service
from tenants.sso.errors import DomainNotProved
from tenants.sso.ports import NoNameServer
from tenants.sso.service import Setup, Trial

WRITE = "security:write"
KIND = "SsoDomain"


@strawberry.input
class SsoRoleRuleInput:
    """A value of the role claim, and the built-in role that it stands for."""

    value: str
    role: Role


@strawberry.input
class SsoConfigureInput:
    """The provider as it is to be; what is left out is at its default, but for the secret."""

    issuer: Url
    client_id: str
    client_secret: str | None = strawberry.field(
        default=None, description="Left out, the one that is there stays, for the same issuer."
    )
    role: Role = strawberry.field(default=Role.VIEWER, description="What a newcomer becomes.")
    custom_role_id: strawberry.ID | None = None
    role_claim: str = ""
    role_rules: list[SsoRoleRuleInput] = strawberry.field(default_factory=list)
    required: bool = False
    trust_email: bool = False
    trust_mfa: bool = False


@strawberry.type
class SsoConfigurePayload:
    """The provider as it is now."""

    provider: IdentityProvider


SsoConfigureResult = Annotated[
    SsoConfigurePayload | InvalidInputError | BeyondOwnRightsError | MfaNotEnrolledError,
    strawberry.union("SsoConfigureResult"),
]


@strawberry.input
class SsoDisableInput:
    """That nobody is to come in by the provider any more; whoever did leaves at once."""

    confirm: bool


@strawberry.type
class SsoDisablePayload:
    """The provider as it is now."""

    provider: IdentityProvider


SsoDisableResult = Annotated[
    SsoDisablePayload | InvalidInputError | SsoNotConfiguredError,
    strawberry.union("SsoDisableResult"),
]


@strawberry.input
class SsoTestInput:
    """Nothing, to try the provider that is set up; or all three, to try another one first."""

    issuer: Url | None = None
    client_id: str | None = None
    client_secret: str | None = None


@strawberry.type
class SsoFinding:
    """One thing that was tried, and what is wrong with it, in a word."""

    check: str = strawberry.field(description="discovery, keys or credentials")
    ok: bool
    detail: str


@strawberry.type
class SsoTestPayload:
    """What was found out without a person; only signing in shows the rest."""

    ok: bool
    findings: list[SsoFinding]


SsoTestResult = Annotated[
    SsoTestPayload | InvalidInputError | SsoNotConfiguredError, strawberry.union("SsoTestResult")
]


@strawberry.input
class SsoDomainAddInput:
    """A domain of the business's own."""

    domain: str


@strawberry.type
class SsoDomainAddPayload:
    """The domain, and the record that proves it."""

    domain: SsoDomain


SsoDomainAddResult = Annotated[
    SsoDomainAddPayload | InvalidInputError | DomainListedError | TooManyDomainsError,
    strawberry.union("SsoDomainAddResult"),
]


@strawberry.input
class SsoDomainVerifyInput:
    """A domain whose record can be looked up now."""

    id: strawberry.ID


@strawberry.type
class SsoDomainVerifyPayload:
    """The domain, which counts from now on."""

    domain: SsoDomain


SsoDomainVerifyResult = Annotated[
    SsoDomainVerifyPayload | DomainNotProvedError | DomainTakenError,
    strawberry.union("SsoDomainVerifyResult"),
]


@strawberry.input
class SsoDomainRemoveInput:
    """A domain to take off the list; whoever came by the provider with it leaves at once."""

    id: strawberry.ID


@strawberry.type
class SsoDomainRemovePayload:
    """The id that was the domain's."""

    removed_id: strawberry.ID


SsoDomainRemoveResult = Annotated[SsoDomainRemovePayload, strawberry.union("SsoDomainRemoveResult")]


@strawberry.type
class SingleSignOnMutations:
    """Deeds around single sign-on; only people may do them."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def sso_configure(self, info: Info, input: SsoConfigureInput) -> SsoConfigureResult:
        """Set the identity provider up, or change it, and switch it on."""
        row = await service.configure(info.context.uow, _setup(input))
        return SsoConfigurePayload(provider=IdentityProvider.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def sso_disable(self, info: Info, input: SsoDisableInput) -> SsoDisableResult:
        """Switch single sign-on off."""
        if not input.confirm:
            raise InvalidInput.at("confirm", "Say true if you mean it")
        return SsoDisablePayload(
            provider=IdentityProvider.of(await service.disable(info.context.uow))
        )

    @strawberry.mutation(extensions=[Needs(WRITE)])
    async def sso_test(self, info: Info, input: SsoTestInput) -> SsoTestResult:
        """Try a provider: what it publishes, and whether it takes the client's secret."""
        context, trial = info.context, _trial(input)
        client = await context.write(lambda: service.to_examine(context.uow, trial))
        found = await context.sign_on.examine(context.scope.tenant_id, client)
        findings = [SsoFinding(check=f.check, ok=f.ok, detail=f.detail) for f in found]
        return SsoTestPayload(ok=all(f.ok for f in found), findings=findings)

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def sso_domain_add(self, info: Info, input: SsoDomainAddInput) -> SsoDomainAddResult:
        """Name a domain; it counts when it is verified."""
        row = await domains.add(info.context.uow, input.domain)
        return SsoDomainAddPayload(domain=SsoDomain.of(row))

    @strawberry.mutation(extensions=[Needs(WRITE)])
    async def sso_domain_verify(
        self, info: Info, input: SsoDomainVerifyInput
    ) -> SsoDomainVerifyResult:
        """Look a domain's record up, and let it count."""
        context, id = info.context, read_id(KIND, input.id)
        row = await context.write(lambda: domains.to_verify(context.uow, id))
        try:
            proved = await domains.is_proved(context.sign_on.resolver, row)
        except NoNameServer as away:
            raise DomainNotProved(asked=False) from away
        row = await context.write(lambda: domains.verify(context.uow, id, proved=proved))
        return SsoDomainVerifyPayload(domain=SsoDomain.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def sso_domain_remove(
        self, info: Info, input: SsoDomainRemoveInput
    ) -> SsoDomainRemoveResult:
        """Take a domain off the list."""
        await domains.remove(info.context.uow, id := read_id(KIND, input.id))
        return SsoDomainRemovePayload(removed_id=write_id(KIND, id))


def _setup(input: SsoConfigureInput) -> Setup:
    return Setup(
        issuer=input.issuer,
        client_id=input.client_id,
        client_secret=input.client_secret,
        assigned=Assigned(input.role, maybe_read_id("CustomRole", input.custom_role_id)),
        role_claim=input.role_claim,
        role_map={rule.value: rule.role for rule in input.role_rules},
        required=input.required,
        trust_email=input.trust_email,
        trust_mfa=input.trust_mfa,
    )


def _trial(input: SsoTestInput) -> Trial | None:
    given = (input.issuer, input.client_id, input.client_secret)
    if all(each is None for each in given):
        return None
    if input.issuer is None or input.client_id is None or input.client_secret is None:
        raise InvalidInput.at("issuer", "Send all three, or none of them")
    return Trial(input.issuer, input.client_id, input.client_secret)

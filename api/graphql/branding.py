"""How an organisation appears to the people of its tenants."""

from typing import Annotated

import strawberry

from api.graphql.context import Info
from api.graphql.errors import InvalidInputError
from api.graphql.organizations import READ, WRITE
from plugins.graphql_kit import InUnitOfWork, Needs
from tenants import brand
from tenants.organizations import branding, models
from tenants.organizations.repository import Brands


@strawberry.type
class BrandColour:
    """A colour, by what it is for."""

    name: str = strawberry.field(description="`primary`, `accent`, `background` or `text`.")
    value: str = strawberry.field(description="As `#rrggbb`.")


@strawberry.type
class Branding:
    """A name, a look, and where to write to."""

    name: str
    logo_url: str
    colours: list[BrandColour]
    support_email: str
    reply_to: str
    domain: str

    @classmethod
    def of(cls, shown: models.Branding | brand.Brand) -> "Branding":
        """The branding of a row, or the one that a tenant inherits."""
        colours = sorted((shown.colours or {}).items())
        return cls(
            name=shown.name,
            logo_url=shown.logo_url,
            colours=[BrandColour(name=name, value=value) for name, value in colours],
            support_email=shown.support_email,
            reply_to=shown.reply_to,
            domain=shown.domain,
        )


@strawberry.type
class BrandingFields:
    """How an organisation appears."""

    @strawberry.field(extensions=[Needs(READ)])
    async def branding(self, info: Info) -> Branding | None:
        """How it appears to its tenants; null if nothing was said."""
        brands = Brands(await info.context.read(READ))
        row = await brands.maybe(brands.all())
        return Branding.of(row) if row else None


@strawberry.type
class InheritedBrandFields:
    """Under whose brand a tenant is looked after."""

    @strawberry.field(extensions=[Needs("tenant:read")])
    async def brand(self, info: Info) -> Branding | None:
        """The brand of the organisation that has looked after it for longest; null if none does."""
        inherited = await brand.inherited(await info.context.read("tenant:read"))
        return Branding.of(inherited) if inherited else None


@strawberry.input
class BrandColourInput:
    """A colour, by what it is for: `primary`, `accent`, `background` or `text`."""

    name: str
    value: str


@strawberry.input
class OrganizationBrandingUpdateInput:
    """What to change; what is left out stays, and what is empty is cleared."""

    name: str | None = None
    logo_url: str | None = None
    colours: list[BrandColourInput] | None = None
    support_email: str | None = None
    reply_to: str | None = None
    domain: str | None = None


@strawberry.type
class OrganizationBrandingUpdatePayload:
    """The branding as it is now."""

    branding: Branding


OrganizationBrandingUpdateResult = Annotated[
    OrganizationBrandingUpdatePayload | InvalidInputError,
    strawberry.union("OrganizationBrandingUpdateResult"),
]


@strawberry.type
class BrandingMutations:
    """Deeds around branding."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def organization_branding_update(
        self, info: Info, input: OrganizationBrandingUpdateInput
    ) -> OrganizationBrandingUpdateResult:
        """Let the tenants of the organisation see it so."""
        colours = input.colours
        wanted = branding.Appearance(
            name=input.name,
            logo_url=input.logo_url,
            colours=None if colours is None else {each.name: each.value for each in colours},
            support_email=input.support_email,
            reply_to=input.reply_to,
            domain=input.domain,
        )
        row = await branding.update(info.context.uow, wanted)
        return OrganizationBrandingUpdatePayload(branding=Branding.of(row))

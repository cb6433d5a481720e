"""Saving templates, and changing tenants by them: one at once, or many in the background."""

from typing import Annotated

import strawberry
from strawberry.scalars import JSON

from api.graphql.context import Context, Info
from api.graphql.errors import IdempotencyKeyReusedError, InvalidInputError, RequestInProgressError
from api.graphql.house_errors import (
    TemplateSavedMeanwhileError,
    TooManyTenantsError,
    WrongStageError,
)
from api.graphql.ids import read_id
from api.graphql.organizations import WRITE
from api.graphql.templates import BulkChange, TenantTemplate
from domain.errors import InvalidInput
from plugins.graphql_kit import InUnitOfWork, Needs, once
from plugins.setting_up import TemplatePlugins
from tenants.organizations import bulk, models, setup, templates
from tenants.organizations.repository import BulkChanges


@strawberry.input
class TenantTemplateSaveInput:
    """The name of a template, and what its next version holds (docs/organizations.md)."""

    name: str
    content: JSON


@strawberry.type
class TenantTemplateSavePayload:
    """The version that was made."""

    tenant_template: TenantTemplate


TenantTemplateSaveResult = Annotated[
    TenantTemplateSavePayload | InvalidInputError | TemplateSavedMeanwhileError,
    strawberry.union("TenantTemplateSaveResult"),
]


@strawberry.input
class TenantTemplateApplyInput:
    """A version of a template, and the short name of the tenant to be set up by it."""

    id: strawberry.ID
    tenant: str


@strawberry.type
class TenantTemplateApplyPayload:
    """What had to be done; nothing, if all of it was so already."""

    changes: list[str]


TenantTemplateApplyResult = Annotated[
    TenantTemplateApplyPayload | InvalidInputError, strawberry.union("TenantTemplateApplyResult")
]


@strawberry.input
class BulkChangePreviewInput:
    """A template or a content of its own; and which tenants, or all that let the house in."""

    tenant_template_id: strawberry.ID | None = None
    content: JSON | None = None
    tenants: list[str] | None = strawberry.field(default=None, description="Their short names.")
    idempotency_key: str | None = None


@strawberry.type
class BulkChangePreviewPayload:
    """The change, which is being looked at in the background."""

    bulk_change: BulkChange


BulkChangePreviewResult = Annotated[
    BulkChangePreviewPayload
    | InvalidInputError
    | TooManyTenantsError
    | IdempotencyKeyReusedError
    | RequestInProgressError,
    strawberry.union("BulkChangePreviewResult"),
]


@strawberry.input
class BulkChangeApplyInput:
    """A change that was looked at."""

    id: strawberry.ID


@strawberry.type
class BulkChangeApplyPayload:
    """The change, which is being made in the background."""

    bulk_change: BulkChange


BulkChangeApplyResult = Annotated[
    BulkChangeApplyPayload | WrongStageError, strawberry.union("BulkChangeApplyResult")
]


@strawberry.input
class BulkChangeCancelInput:
    """A change that is to go no further."""

    id: strawberry.ID


@strawberry.type
class BulkChangeCancelPayload:
    """The change as it stands; what was made stays."""

    bulk_change: BulkChange


BulkChangeCancelResult = Annotated[
    BulkChangeCancelPayload | WrongStageError, strawberry.union("BulkChangeCancelResult")
]


@strawberry.type
class TemplateMutations:
    """Deeds around templates and changes of many tenants."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def tenant_template_save(
        self, info: Info, input: TenantTemplateSaveInput
    ) -> TenantTemplateSaveResult:
        """Keep a setup under a name, as its next version."""
        row = await templates.save(info.context.uow, input.name, input.content)
        return TenantTemplateSavePayload(tenant_template=TenantTemplate.of(row))

    @strawberry.mutation(extensions=[Needs("tenants:reach")])
    async def tenant_template_apply(
        self, info: Info, input: TenantTemplateApplyInput
    ) -> TenantTemplateApplyResult:
        """Set one tenant up by a template, as far as it lends that."""
        context, id = info.context, read_id("TenantTemplate", input.id)
        await context.close()
        done = await templates.apply(
            context.unit_of_work, context.scope, id, input.tenant, plugins_of(context)
        )
        return TenantTemplateApplyPayload(changes=done)

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def bulk_change_preview(
        self, info: Info, input: BulkChangePreviewInput
    ) -> BulkChangePreviewResult:
        """Look at what a change would do at many tenants, in the background."""
        change = await once(info, input, BulkChanges, lambda: _begin(info, input))
        return BulkChangePreviewPayload(bulk_change=BulkChange.of(change))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def bulk_change_apply(
        self, info: Info, input: BulkChangeApplyInput
    ) -> BulkChangeApplyResult:
        """Make a change that was looked at, in the background."""
        change = await bulk.apply(info.context.uow, read_id("BulkChange", input.id))
        return BulkChangeApplyPayload(bulk_change=BulkChange.of(change))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def bulk_change_cancel(
        self, info: Info, input: BulkChangeCancelInput
    ) -> BulkChangeCancelResult:
        """Go no further with a change; what was made stays."""
        change = await bulk.cancel(info.context.uow, read_id("BulkChange", input.id))
        return BulkChangeCancelPayload(bulk_change=BulkChange.of(change))


def plugins_of(context: Context) -> TemplatePlugins:
    """What sets plugins up."""
    return TemplatePlugins(lambda: context.registry)


async def _begin(info: Info, input: BulkChangePreviewInput) -> models.BulkChange:
    uow = info.context.uow
    uow.require(WRITE)
    if input.tenant_template_id is not None:
        id = read_id("TenantTemplate", input.tenant_template_id)
        wanted = await bulk.template_setup(uow, id)
    elif input.content is not None:
        wanted = setup.read(input.content)
    else:
        raise InvalidInput.at("content", "Name a template, or say what is to be so", "MISSING")
    return await bulk.begin(uow, wanted, input.tenants)

"""Changing what can be booked, and who provides it."""

from typing import Annotated, Any

import strawberry

from api.graphql.context import Info
from api.graphql.errors import (
    IdempotencyKeyReusedError,
    InvalidInputError,
    NameTakenError,
    RequestInProgressError,
    StillNeededError,
)
from api.graphql.ids import read_id
from api.graphql.inputs import said
from api.graphql.places import Service
from domain import business
from domain.business.repository import Services
from domain.errors import InvalidInput
from plugins.graphql_kit import InUnitOfWork, Needs, once


@strawberry.input
class MoneyInput:
    """An amount in whole minor units of the tenant's own currency."""

    amount_minor: int
    currency: str


@strawberry.input
class ServiceAddInput:
    """Something that callers can book."""

    name: str
    duration_minutes: int
    description: str = ""
    buffer_before_minutes: int = 0
    buffer_after_minutes: int = 0
    price: MoneyInput | None = None
    for_new_callers: bool = True
    for_returning_callers: bool = True
    bookable: bool = True
    aliases: list[str] = strawberry.field(default_factory=list)
    idempotency_key: str | None = None


@strawberry.type
class ServiceAddPayload:
    """The service that is offered."""

    service: Service


ServiceAddResult = Annotated[
    ServiceAddPayload
    | NameTakenError
    | InvalidInputError
    | IdempotencyKeyReusedError
    | RequestInProgressError,
    strawberry.union("ServiceAddResult"),
]


@strawberry.input
class ServiceUpdateInput:
    """What to change of a service; what is left out stays, a null price is not named."""

    id: strawberry.ID
    name: strawberry.Maybe[str]
    duration_minutes: strawberry.Maybe[int]
    description: strawberry.Maybe[str]
    buffer_before_minutes: strawberry.Maybe[int]
    buffer_after_minutes: strawberry.Maybe[int]
    price: strawberry.Maybe[MoneyInput | None]
    for_new_callers: strawberry.Maybe[bool]
    for_returning_callers: strawberry.Maybe[bool]
    bookable: strawberry.Maybe[bool]
    aliases: strawberry.Maybe[list[str]]


@strawberry.type
class ServiceUpdatePayload:
    """The service as it is now."""

    service: Service


ServiceUpdateResult = Annotated[
    ServiceUpdatePayload | NameTakenError | InvalidInputError,
    strawberry.union("ServiceUpdateResult"),
]


@strawberry.input
class ServiceAssignInput:
    """Who and what can provide a service: these, and no others."""

    id: strawberry.ID
    resource_ids: list[strawberry.ID]


@strawberry.type
class ServiceAssignPayload:
    """The service with those who provide it."""

    service: Service


ServiceAssignResult = Annotated[ServiceAssignPayload, strawberry.union("ServiceAssignResult")]


@strawberry.input
class ServiceRemoveInput:
    """A service to offer no longer."""

    id: strawberry.ID


@strawberry.type
class ServiceRemovePayload:
    """The id of what is no longer there."""

    id: strawberry.ID


ServiceRemoveResult = Annotated[
    ServiceRemovePayload | StillNeededError, strawberry.union("ServiceRemoveResult")
]


@strawberry.type
class ServiceMutations:
    """Deeds around services."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("business:write")])
    async def service_add(self, info: Info, input: ServiceAddInput) -> ServiceAddResult:
        """Offer a service."""
        uow = info.context.uow
        row = await once(
            info,
            input,
            Services,
            lambda: business.add_service(
                uow,
                input.name,
                input.duration_minutes,
                description=input.description,
                buffer_before_minutes=input.buffer_before_minutes,
                buffer_after_minutes=input.buffer_after_minutes,
                price_minor=_minor(info, input.price),
                for_new_callers=input.for_new_callers,
                for_returning_callers=input.for_returning_callers,
                bookable=input.bookable,
                aliases=input.aliases,
            ),
        )
        return ServiceAddPayload(service=Service.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("business:write")])
    async def service_update(self, info: Info, input: ServiceUpdateInput) -> ServiceUpdateResult:
        """Say something else of a service."""
        id = read_id("Service", input.id)
        row = await business.change_service(info.context.uow, id, **_changes(info, input))
        return ServiceUpdatePayload(service=Service.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("business:write")])
    async def service_assign(self, info: Info, input: ServiceAssignInput) -> ServiceAssignResult:
        """Say who and what can provide a service."""
        uow, id = info.context.uow, read_id("Service", input.id)
        await business.assign(uow, id, [read_id("Resource", one) for one in input.resource_ids])
        return ServiceAssignPayload(service=Service.of(await Services(uow).get(id)))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("business:write")])
    async def service_remove(self, info: Info, input: ServiceRemoveInput) -> ServiceRemoveResult:
        """Offer a service no longer; one with bookings can be made not bookable instead."""
        await business.remove_service(info.context.uow, read_id("Service", input.id))
        return ServiceRemovePayload(id=input.id)


def _changes(info: Info, input: ServiceUpdateInput) -> dict[str, Any]:
    changes = said(
        name=input.name,
        duration_minutes=input.duration_minutes,
        description=input.description,
        buffer_before_minutes=input.buffer_before_minutes,
        buffer_after_minutes=input.buffer_after_minutes,
        for_new_callers=input.for_new_callers,
        for_returning_callers=input.for_returning_callers,
        bookable=input.bookable,
        aliases=input.aliases,
    )
    if input.price is not None:
        changes["price_minor"] = _minor(info, input.price.value)
    return changes


def _minor(info: Info, price: MoneyInput | None) -> int | None:
    if price is None:
        return None
    own = info.context.scope.tenant.currency
    if price.currency != own:
        raise InvalidInput.at("price", f"Prices are in {own} here", "OTHER_CURRENCY")
    return price.amount_minor

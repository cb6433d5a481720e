"""The browsers in which one wants pushes."""

from datetime import datetime
from typing import Annotated

import strawberry

from api.graphql.context import Info
from api.graphql.errors import InvalidInputError
from api.graphql.ids import read_id, write_id
from integrations.web_push import Device
from plugins import push
from plugins.graphql_kit import InUnitOfWork, Needs
from tenants.notifications import models

READ, WRITE = "account:read", "account:write"


@strawberry.type
class PushDevice:
    """A browser in which pushes arrive."""

    id: strawberry.ID
    label: str
    subscribed_at: datetime
    last_told_at: datetime | None = strawberry.field(
        description="When its service last took a push."
    )
    problem: str | None = strawberry.field(
        description="Why its service refused the last push: `HTTP_403`, or `ADDRESS` for one that"
        " may not be called."
    )

    @classmethod
    def of(cls, row: models.PushDevice) -> "PushDevice":
        """The device of a row."""
        return cls(
            id=write_id("PushDevice", row.id),
            label=row.label,
            subscribed_at=row.subscribed_at,
            last_told_at=row.told_at,
            problem=row.problem or None,
        )


@strawberry.type
class PushDeviceFields:
    """The devices of the person who is signed in."""

    @strawberry.field(extensions=[Needs(READ)])
    async def push_devices(self, info: Info) -> list[PushDevice]:
        """The browsers in which one wants pushes, the oldest in front; at most twenty."""
        rows = await push.own(await info.context.read(READ))
        return [PushDevice.of(row) for row in rows]


@strawberry.input
class PushSubscribeInput:
    """A subscription as the browser made it (`PushSubscription.toJSON()`)."""

    endpoint: str
    p256dh: str = strawberry.field(description="`keys.p256dh`")
    auth: str = strawberry.field(description="`keys.auth`")
    label: str = strawberry.field(description="How one calls the device.")
    opens: str = strawberry.field(
        default="",
        description="What a tap opens: an address with https, in which {id} becomes that of the"
        " conversation or visit. Without one the page that subscribed is opened.",
    )


@strawberry.type
class PushSubscribePayload:
    """The device as it stands."""

    push_device: PushDevice


PushSubscribeResult = Annotated[
    PushSubscribePayload | InvalidInputError, strawberry.union("PushSubscribeResult")
]


@strawberry.input
class PushUnsubscribeInput:
    """A device of one's own to be pushed to no more."""

    id: strawberry.ID


@strawberry.type
class PushUnsubscribePayload:
    """The device that is pushed to no more."""

    id: strawberry.ID


PushUnsubscribeResult = Annotated[PushUnsubscribePayload, strawberry.union("PushUnsubscribeResult")]


@strawberry.input
class PushTestInput:
    """A device of one's own to try out."""

    id: strawberry.ID


@strawberry.type
class PushTestPayload:
    """The device to which a push is on its way; `problem` tells soon if it was refused."""

    push_device: PushDevice


PushTestResult = Annotated[PushTestPayload, strawberry.union("PushTestResult")]


@strawberry.type
class PushDeviceMutations:
    """Deeds around one's devices."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def push_subscribe(self, info: Info, input: PushSubscribeInput) -> PushSubscribeResult:
        """Have pushes sent to a browser; one that is known is described anew."""
        new = push.NewDevice(
            Device(input.endpoint, input.p256dh, input.auth), input.label, input.opens
        )
        row = await push.subscribe(info.context.uow, new, info.context.reach)
        return PushSubscribePayload(push_device=PushDevice.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def push_unsubscribe(
        self, info: Info, input: PushUnsubscribeInput
    ) -> PushUnsubscribeResult:
        """Push to a browser no more."""
        await push.unsubscribe(info.context.uow, read_id("PushDevice", input.id))
        return PushUnsubscribePayload(id=input.id)

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def push_test(self, info: Info, input: PushTestInput) -> PushTestResult:
        """Have a push sent to a browser, to see that it arrives."""
        row = await push.try_out(info.context.uow, read_id("PushDevice", input.id))
        return PushTestPayload(push_device=PushDevice.of(row))

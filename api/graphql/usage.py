"""What was used, and how the business is doing."""

import datetime

import strawberry

from api.graphql.context import Info
from api.graphql.enums import Disposition
from api.graphql.scalars import BigInt
from domain import overview, usage
from domain.appointments.times import Interval
from domain.calls.repository import Ended
from domain.overview.service import CallNumbers
from plugins.graphql_kit import Needs

READ = "usage:read"


@strawberry.type
class UsageTotal:
    """How much of one thing was used on one day of the business's own calendar."""

    date: datetime.date
    name: str = strawberry.field(description="What was used, such as `voice.seconds`.")
    unit: str
    quantity: BigInt

    @classmethod
    def of(cls, total: usage.Total) -> "UsageTotal":
        """The total as it was added up."""
        return cls(
            date=total.day, name=total.name, unit=total.unit, quantity=BigInt(total.quantity)
        )


@strawberry.type
class DispositionTotal:
    """How many calls ended in one way."""

    disposition: Disposition
    calls: int

    @classmethod
    def of(cls, ended: Ended) -> "DispositionTotal":
        """The calls of one kind; those that go on have none."""
        assert ended.disposition is not None
        return cls(disposition=ended.disposition, calls=ended.calls)


@strawberry.type
class CallOverview:
    """The calls that rang."""

    answered: int = strawberry.field(description="The receptionist took them.")
    missed: int = strawberry.field(
        description="They ended, and neither the receptionist nor anybody of the staff took them."
    )
    seconds: BigInt = strawberry.field(description="How long the answered ones lasted in all.")
    dispositions: list[DispositionTotal] = strawberry.field(
        description="How they ended; calls that still go on are not among them."
    )

    @classmethod
    def of(cls, numbers: CallNumbers) -> "CallOverview":
        """The numbers as they were added up."""
        return cls(
            answered=numbers.answered,
            missed=numbers.missed,
            seconds=BigInt(numbers.seconds),
            dispositions=[DispositionTotal.of(ended) for ended in numbers.ended],
        )


@strawberry.type
class MessageOverview:
    """The messages that were left."""

    left: int
    open: int = strawberry.field(description="Those of them that are not resolved.")


@strawberry.type
class LeadOverview:
    """The leads that were captured."""

    captured: int
    new: int = strawberry.field(description="Those of them that nobody has contacted.")


@strawberry.type
class AppointmentOverview:
    """The appointments that were made, whenever they are."""

    booked: int
    cancelled: int = strawberry.field(description="Those of them that were cancelled since.")


@strawberry.type
class Overview:
    """What came in during some days; null is what the viewer may not see."""

    during: strawberry.Private[Interval]

    @strawberry.field(extensions=[Needs("calls:read")])
    async def calls(self, info: Info) -> CallOverview | None:
        """Calls, by when they rang."""
        uow = await info.context.read("calls:read")
        return CallOverview.of(await overview.calls(uow, self.during))

    @strawberry.field(extensions=[Needs("messages:read")])
    async def messages(self, info: Info) -> MessageOverview | None:
        """Messages, by when they were left."""
        uow = await info.context.read("messages:read")
        return MessageOverview(**vars(await overview.messages(uow, self.during)))

    @strawberry.field(extensions=[Needs("leads:read")])
    async def leads(self, info: Info) -> LeadOverview | None:
        """Leads, by when they were captured."""
        uow = await info.context.read("leads:read")
        return LeadOverview(**vars(await overview.leads(uow, self.during)))

    @strawberry.field(extensions=[Needs("appointments:read")])
    async def appointments(self, info: Info) -> AppointmentOverview | None:
        """Appointments, by when they were made."""
        uow = await info.context.read("appointments:read")
        return AppointmentOverview(**vars(await overview.appointments(uow, self.during)))


@strawberry.type
class UsageFields:
    """What a tenant used, and how it is doing."""

    @strawberry.field(extensions=[Needs("usage:read")])
    async def usage(
        self, info: Info, first: datetime.date, last: datetime.date
    ) -> list[UsageTotal]:
        """What was used from one day to another, both counted, by day and name."""
        uow = await info.context.read(READ)
        return [UsageTotal.of(total) for total in await usage.totals(uow, first, last)]

    @strawberry.field(extensions=[Needs("tenant:read")])
    def overview(self, info: Info, first: datetime.date, last: datetime.date) -> Overview:
        """How the business did from one day to another, both counted, in its time zone."""
        return Overview(during=usage.whole(first, last, info.context.scope.tenant.timezone))

"""The business as its receptionist knows it."""

from uuid import UUID

import strawberry

from api.graphql.context import Info
from api.graphql.enums import HandlingMode, QuestionKind
from api.graphql.ids import Node, write_id
from api.graphql.places import Closure, Hours, Location, Resource, Service, location_of
from api.graphql.scalars import PhoneNumber
from domain.business import models, versions
from domain.business.profile import Question as QuestionInfo
from domain.business.profile import Rules as RulesInfo
from domain.business.profile import TravelRules as TravelInfo
from domain.business.repository import Closures, Intakes, Locations, Resources, Services
from domain.hours import hours_of
from domain.transfers.models import TransferTarget as TransferTargetRow
from domain.transfers.repository import TransferTargets
from plugins.graphql_kit import Needs

READ = "business:read"


@strawberry.type
class TransferTarget(Node):
    """Somebody a caller may be put through to."""

    location_key: strawberry.Private[UUID | None]
    label: str
    number: PhoneNumber
    aliases: list[str]
    hours: list[Hours] | None = strawberry.field(
        description="When they may be rung, by the location's clock; null means at any time."
    )

    @classmethod
    def of(cls, row: TransferTargetRow) -> "TransferTarget":
        """The target of a row."""
        own = None if row.hours is None else [Hours.of(span) for span in hours_of(row.hours)]
        return cls(
            id=write_id("TransferTarget", row.id),
            location_key=row.location_id,
            label=row.label,
            number=PhoneNumber(row.number),
            aliases=list(row.aliases),
            hours=own,
        )

    @strawberry.field(extensions=[Needs("business:read")])
    async def location(self, info: Info) -> Location | None:
        """For whose callers; null means for everybody's."""
        return await location_of(info, self.location_key)


@strawberry.type
class Condition:
    """That an earlier question was answered in a certain way."""

    question: str = strawberry.field(description="The key of the earlier question.")
    answer: str


@strawberry.type
class Question:
    """One question of an intake."""

    key: str
    ask: str
    kind: QuestionKind
    choices: list[str]
    required: bool
    only_if: list[Condition] = strawberry.field(description="Asked only if all of these hold.")

    @classmethod
    def of(cls, question: QuestionInfo) -> "Question":
        """The question of a value of the profile."""
        return cls(
            key=question.key,
            ask=question.ask,
            kind=question.kind,
            choices=list(question.choices),
            required=question.required,
            only_if=[Condition(question=key, answer=a) for key, a in question.only_if.items()],
        )


@strawberry.type
class Intake(Node):
    """Questions the business wants answered."""

    name: str
    questions: list[Question]
    active: bool

    @classmethod
    def of(cls, row: models.Intake) -> "Intake":
        """The intake of a row."""
        stored = [QuestionInfo.model_validate(question) for question in row.questions]
        return cls(
            id=write_id("Intake", row.id),
            name=row.name,
            questions=[Question.of(question) for question in stored],
            active=row.active,
        )


@strawberry.type
class TravelRules:
    """How long the way from one visit to the next is reckoned to take."""

    speed_kmh: int
    detour_percent: int = strawberry.field(
        description="How much longer roads are than the way of a bird."
    )
    fixed_minutes: int = strawberry.field(description="What every way takes, however short.")
    unknown_minutes: int = strawberry.field(
        description="The way from or to a place that is not known."
    )

    @classmethod
    def of(cls, rules: TravelInfo) -> "TravelRules":
        """The rules of the profile."""
        return cls(**rules.model_dump())


@strawberry.type
class BookingRules:
    """What may be booked, when."""

    instant: bool = strawberry.field(description="False: somebody approves each booking.")
    minimum_notice_minutes: int
    horizon_days: int
    daily_limit: int | None
    cancellation_window_minutes: int
    offer_minutes: int
    slot_minutes: int
    travel: TravelRules | None = strawberry.field(
        description="Where people come to their customers; null: nobody travels."
    )
    waitlist: bool = strawberry.field(
        description="Whether callers for whom nothing is free are offered the waiting list."
    )


@strawberry.type
class Rules:
    """How the receptionist answers."""

    greeting: str
    receptionist_name: str
    mode: HandlingMode
    booking: BookingRules
    emergency_number: str
    voice: str
    max_call_minutes: int
    ring_staff_seconds: int

    @classmethod
    def of(cls, rules: RulesInfo) -> "Rules":
        """The rules of the profile."""
        own = {name: getattr(rules, name) for name in RULES}
        booking = {name: getattr(rules.booking, name) for name in BOOKING_RULES}
        travel = rules.booking.travel
        booking["travel"] = TravelRules.of(travel) if travel else None
        return cls(**own, booking=BookingRules(**booking))


RULES = (
    "greeting",
    "receptionist_name",
    "mode",
    "emergency_number",
    "voice",
    "max_call_minutes",
    "ring_staff_seconds",
)
BOOKING_RULES = (
    "instant",
    "minimum_notice_minutes",
    "horizon_days",
    "daily_limit",
    "cancellation_window_minutes",
    "offer_minutes",
    "slot_minutes",
    "waitlist",
)


@strawberry.type
class BusinessProfile:
    """Where, what, who, when, and how to answer; read as it stands, part by part."""

    @strawberry.field(extensions=[Needs("business:read")])
    async def locations(self, info: Info) -> list[Location]:
        """Places of business, the oldest first."""
        repository = Locations(await info.context.read(READ))
        rows = await repository.page(repository.all().order_by("created_at", "id"))
        return [Location.of(row) for row in rows]

    @strawberry.field(extensions=[Needs("business:read")])
    async def services(self, info: Info) -> list[Service]:
        """What can be booked, the oldest first."""
        repository = Services(await info.context.read(READ))
        rows = await repository.page(repository.all().order_by("created_at", "id"))
        return [Service.of(row) for row in rows]

    @strawberry.field(extensions=[Needs("business:read")])
    async def resources(self, info: Info) -> list[Resource]:
        """Who and what appointments occupy, the oldest first."""
        repository = Resources(await info.context.read(READ))
        rows = await repository.page(repository.all().order_by("created_at", "id"))
        return [Resource.of(row) for row in rows]

    @strawberry.field(extensions=[Needs("business:read")])
    async def closures(self, info: Info) -> list[Closure]:
        """Days with other hours that are not over."""
        uow = await info.context.read(READ)
        repository = Closures(uow)
        coming = repository.all().filter(ends_on__gte=uow.now.date())
        rows = await repository.page(coming.order_by("starts_on", "id"))
        return [Closure.of(row) for row in rows]

    @strawberry.field(extensions=[Needs("business:read")])
    async def transfer_targets(self, info: Info) -> list[TransferTarget]:
        """Those a caller may be put through to, the one to try first in front."""
        repository = TransferTargets(await info.context.read(READ))
        return [TransferTarget.of(row) for row in await repository.page(repository.in_order())]

    @strawberry.field(extensions=[Needs("business:read")])
    async def intakes(self, info: Info) -> list[Intake]:
        """Questions the business wants answered."""
        repository = Intakes(await info.context.read(READ))
        rows = await repository.page(repository.all().order_by("id"))
        return [Intake.of(row) for row in rows]

    @strawberry.field(extensions=[Needs("business:read")])
    async def rules(self, info: Info) -> Rules:
        """How the receptionist answers and books."""
        return Rules.of(await versions.current_rules(await info.context.read(READ)))


@strawberry.type
class BusinessFields:
    """What a tenant's receptionist knows of it."""

    @strawberry.field(extensions=[Needs("business:read")])
    def business_profile(self, info: Info) -> BusinessProfile:
        """The business as its receptionist knows it."""
        info.context.scope.require(READ)
        return BusinessProfile()

"""What people are told of their visits: rules, what was planned and sent, and the answers."""

from datetime import datetime, time
from uuid import UUID

import strawberry

from api.graphql.appointments import Appointment
from api.graphql.contacts import Contact, contact_of
from api.graphql.context import Info
from api.graphql.enums import (
    OutreachRefusal,
    OutreachRoute,
    ReminderKind,
    ReminderOccasion,
    ReminderReply,
    ReminderState,
)
from api.graphql.ids import Node, write_id
from api.graphql.pagination import Connection, Listing, Order, Paged
from api.graphql.places import Service
from domain.appointments.repository import Appointments
from domain.business.repository import Services
from domain.reminders import models, rulebook
from domain.reminders.repository import Reminders
from domain.reminders.rules import time_of
from plugins.graphql_kit import Needs

RULES, READ = rulebook.READ, "appointments:read"


@strawberry.type
class ReminderRule(Node):
    """That people are told of visits in one way: of one service, or of all without rules."""

    service_key: strawberry.Private[UUID | None]
    kind: ReminderKind
    route: OutreachRoute
    minutes_before: int | None = strawberry.field(
        description="How long before a visit; null for confirmations, which go at once."
    )
    words: str = strawberry.field(
        description="What it says; `{business}`, `{name}`, `{place}`, `{service}` and `{when}` are"
        " filled in. What Deskbell says by itself, if empty."
    )
    quiet_from: time = strawberry.field(
        description="Nobody is reminded between these hours of their own clock."
    )
    quiet_until: time
    active: bool
    created_at: datetime

    @classmethod
    def of(cls, row: models.ReminderRule) -> "ReminderRule":
        """The rule of a row."""
        return cls(
            id=write_id("ReminderRule", row.id),
            service_key=row.service_id,
            kind=row.kind,
            route=row.route,
            minutes_before=row.minutes_before,
            words=row.words,
            quiet_from=time_of(row.quiet_from),
            quiet_until=time_of(row.quiet_until),
            active=row.active,
            created_at=row.created_at,
        )

    @strawberry.field(extensions=[Needs("business:read")])
    async def service(self, info: Info) -> Service | None:
        """Visits of which service; null for all that have no rules of their own."""
        if self.service_key is None:
            return None
        row = await info.context.row(Services, "business:read", self.service_key)
        return Service.of(row) if row else None


@strawberry.type
class Reminder(Node):
    """One letter or text about one visit."""

    appointment_key: strawberry.Private[UUID]
    contact_key: strawberry.Private[UUID]
    occasion: ReminderOccasion
    route: OutreachRoute
    state: ReminderState
    starts_at: datetime = strawberry.field(description="When the visit begins, as it says.")
    due_at: datetime
    refusal: OutreachRefusal | None = strawberry.field(description="Why it does not go out.")
    rule: str | None = strawberry.field(
        description="The row of law behind that: rule/jurisdiction@version."
    )
    reply: ReminderReply | None = strawberry.field(description="What was answered last.")
    replied_at: datetime | None
    settled_at: datetime | None

    @classmethod
    def of(cls, row: models.Reminder) -> "Reminder":
        """The letter or text of a row."""
        return cls(
            id=write_id("Reminder", row.id),
            appointment_key=row.appointment_id,
            contact_key=row.contact_id,
            occasion=row.occasion,
            route=row.route,
            state=row.state,
            starts_at=row.starts_at,
            due_at=row.due_at,
            refusal=row.refusal,
            rule=row.law or None,
            reply=row.reply,
            replied_at=row.replied_at,
            settled_at=row.settled_at,
        )

    @strawberry.field(extensions=[Needs(READ)])
    async def appointment(self, info: Info) -> Appointment | None:
        """The visit that it is about."""
        row = await info.context.row(Appointments, READ, self.appointment_key)
        return Appointment.of(row) if row else None

    @strawberry.field(extensions=[Needs("contacts:read")])
    async def contact(self, info: Info) -> Contact | None:
        """Whom it goes to."""
        return await contact_of(info, self.contact_key)


@strawberry.type
class ReminderFields:
    """What a tenant tells people of their visits."""

    @strawberry.field(extensions=[Needs(RULES)])
    async def reminder_rules(self, info: Info) -> list[ReminderRule]:
        """What people are told, how and when; the oldest rule first."""
        rows = await rulebook.rules(await info.context.read(RULES))
        return [ReminderRule.of(row) for row in rows]

    @strawberry.field(graphql_type=Connection[Reminder], extensions=[Paged(), Needs(READ)])
    async def reminders(self, info: Info, state: ReminderState | None = None) -> Listing:
        """Letters and texts about visits, those due last in front."""
        repository = Reminders(await info.context.read(READ))
        rows = repository.all()
        if state is not None:
            rows = rows.filter(state=state)
        return Listing(repository, rows, Order("due_at"), Reminder.of)

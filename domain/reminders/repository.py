"""Rules and reminders as one unit of work sees them."""

from datetime import datetime
from uuid import UUID

from domain.outreach.agreements.models import Route
from domain.reminders.models import Reminder, ReminderRule, ReminderState
from domain.repository import Repository


class ReminderRules(Repository[ReminderRule]):
    """What a business wants people to be told of their visits."""

    model = ReminderRule
    noun = "reminder rule"

    async def listed(self) -> list[ReminderRule]:
        """All of them, the oldest first."""
        return await self.page(self.all().order_by("created_at", "id"))

    async def begun_since(self, version: int) -> list[ReminderRule]:
        """Those that starters made after a version of the receptionist."""
        return await self.page(self.all().filter(starter_version__gte=version).order_by("id"))


class Reminders(Repository[Reminder]):
    """Letters and texts about visits."""

    model = Reminder
    noun = "reminder"

    async def of_visit(self, appointment_id: UUID) -> list[Reminder]:
        """All about one visit, in the order they were planned; held."""
        found = self.all().filter(appointment_id=appointment_id)
        return await self.page(found.order_by("id").select_for_update())

    async def of_rule(self, rule_id: UUID) -> list[Reminder]:
        """Those that one rule has planned and that have not gone out; held."""
        found = self.all().filter(rule_id=rule_id, state=ReminderState.PLANNED)
        return await self.page(found.order_by("id").select_for_update())

    async def of_outbound(self, outbound_id: UUID) -> Reminder | None:
        """The one that a text was asked for, held."""
        found = self.all().filter(outbound_id=outbound_id)
        return await self.maybe(found.select_for_update())

    async def wrong_proofs(self, appointment_id: UUID) -> int:
        """How often somebody with a letter of a visit could not say whose it is."""
        found = self.all().filter(appointment_id=appointment_id)
        return sum(each.wrong_proofs for each in await self.page(found))

    async def replied_between(self, start: datetime, end: datetime, most: int) -> list[Reminder]:
        """Those answered after one instant and up to another, the first in front."""
        found = self.all().filter(replied_at__gt=start, replied_at__lte=end)
        return await self.page(found.order_by("replied_at", "id").limit(most))

    async def answerable(self, contact_id: UUID, route: Route, now: datetime) -> Reminder | None:
        """The one that somebody got last about a visit that has yet to begin."""
        found = self.all().filter(
            contact_id=contact_id,
            route=route,
            state=ReminderState.SENT,
            starts_at__gt=now,
        )
        return await self.maybe(found.order_by("-settled_at", "-id"))

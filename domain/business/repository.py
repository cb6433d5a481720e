"""The business profile's tables as one unit of work sees them."""

from datetime import date, timedelta
from uuid import UUID

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from domain.business.models import (
    CallingRules,
    Closure,
    Intake,
    Location,
    ReceptionistVersion,
    Resource,
    Service,
    ServiceResource,
)
from domain.repository import Repository

# Days in a row that may come again each year.
LONGEST_REPEATED = 200


class Locations(Repository[Location]):
    """Places of business."""

    model = Location
    noun = "location"


class Services(Repository[Service]):
    """What can be booked."""

    model = Service
    noun = "service"

    async def named(self, name: str) -> Service | None:
        """The service of a name, however it is written."""
        return await self.maybe(self.all().filter(name__iexact=name.strip()))


class Resources(Repository[Resource]):
    """Who and what appointments occupy."""

    model = Resource
    noun = "resource"

    async def named(self, name: str) -> Resource | None:
        """The resource of a name, however it is written."""
        return await self.maybe(self.all().filter(name__iexact=name.strip()))


class ServiceResources(Repository[ServiceResource]):
    """Who provides what."""

    model = ServiceResource
    noun = "assignment"

    async def of(self, service_id: UUID) -> list[ServiceResource]:
        """Who provides one service."""
        return await self.page(self.all().filter(service_id=service_id).order_by("id"))


class Closures(Repository[Closure]):
    """Days with other hours."""

    model = Closure
    noun = "closure"

    def still_in_force(self, since: date) -> QuerySet[Closure]:
        """Those with a day since a date, or that come again."""
        last = timedelta(days=LONGEST_REPEATED)
        again = Q(repeat__isnull=False) & (
            Q(repeats_until__isnull=True) | Q(repeats_until__gte=since - last)
        )
        return self.all().filter(Q(ends_on__gte=since) | again)


class Intakes(Repository[Intake]):
    """Questions to ask."""

    model = Intake
    noun = "intake"


class Rulebook(Repository[CallingRules]):
    """The one row of rules."""

    model = CallingRules
    noun = "set of rules"


class ReceptionistVersions(Repository[ReceptionistVersion]):
    """Profiles as they once were."""

    model = ReceptionistVersion
    noun = "receptionist version"

    async def newest(self) -> ReceptionistVersion | None:
        """The version made last."""
        return await self.maybe(self.all().order_by("-number"))

    async def numbered(self, number: int) -> ReceptionistVersion | None:
        """The version of a number."""
        return await self.maybe(self.all().filter(number=number))

"""The business profile's tables as one unit of work sees them."""

from uuid import UUID

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


class Locations(Repository[Location]):
    """Places of business."""

    model = Location
    noun = "location"


class Services(Repository[Service]):
    """What can be booked."""

    model = Service
    noun = "service"


class Resources(Repository[Resource]):
    """Who and what appointments occupy."""

    model = Resource
    noun = "resource"


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

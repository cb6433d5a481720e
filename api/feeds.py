"""Calendars to subscribe to: the visits of a member of staff, under a link that is a secret."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain.appointments.repository import Appointments, Reservations
from domain.business.repository import Resources
from domain.calendars import feeds
from domain.errors import NotFound
from domain.marks import ids_in, marked
from domain.work import UnitOfWork, UnitsOfWork
from integrations.caldav.events import feed_of
from plugins.calendar_sync import entry_of
from tenants.service import job_scope

PATH = "/calendar-feeds"
JOB = NOUN = "calendar feed"
# What was last week is looked up now and then; what was before that is history.
BEFORE = timedelta(days=7)


@dataclass(frozen=True)
class FeedLinks:
    """Makes links and reads them again; each is good until it is closed."""

    public_url: str
    secret: bytes = field(repr=False)

    def url(self, tenant_id: UUID, feed_id: UUID) -> str:
        """The link of one feed."""
        return f"{self.public_url}{PATH}/{marked(self.secret, NOUN, tenant_id, feed_id)}.ics"

    def read(self, token: str) -> tuple[UUID, UUID]:
        """The tenant and the feed of a link. Raises `NotFound`."""
        ids = ids_in(self.secret, NOUN, token, 2)
        if ids is None:
            raise NotFound("There is no such link")
        tenant_id, feed_id = ids
        return tenant_id, feed_id


@dataclass(frozen=True)
class Feeding:
    """Serves feeds to calendar programs, which cannot sign in."""

    unit_of_work: UnitsOfWork
    links: FeedLinks

    def routes(self) -> list[Route]:
        """`/calendar-feeds/<token>.ics`."""
        return [Route(f"{PATH}/{{token}}.ics", self.feed, methods=["GET"])]

    async def feed(self, request: Request) -> Response:
        """The visits of last week and those to come. Raises `NotFound`."""
        tenant_id, feed_id = self.links.read(request.path_params["token"])
        scope = await job_scope(tenant_id, JOB)
        async with self.unit_of_work(scope, read_only=True) as uow:
            text = await _text(uow, feed_id)
        headers = {"Cache-Control": "private, max-age=60"}
        return Response(text, media_type="text/calendar; charset=utf-8", headers=headers)


async def _text(uow: UnitOfWork, feed_id: UUID) -> str:
    resource = await Resources(uow).get(await feeds.resource_of(uow, feed_id))
    ids = await Reservations(uow).visits_of(resource.id, uow.now - BEFORE)
    visits = sorted(await Appointments(uow).many(ids), key=lambda visit: visit.starts_at)
    entries = [(await entry_of(uow, visit), visit.updated_at, 0) for visit in visits]
    return feed_of(entries, resource.name)

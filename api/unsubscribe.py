"""One click that stops advertising (RFC 8058): no sign-in, no cookie, no question."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from domain.work import UnitsOfWork
from tenants.records.marketing import unsubscribe
from tenants.records.marketing.links import PATH, UnsubscribeLinks
from tenants.service import job_scope

# Programs that look through letters open links; only a post stops anything.
ASK = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>No more news</title>'
    '<form method="post"><button>No more news</button></form></html>'
)
DONE = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>No more news</title>'
    "<p>You will get no more news.</p></html>"
)


@dataclass(frozen=True)
class Unsubscribing:
    """Serves the links of leaflets."""

    unit_of_work: UnitsOfWork
    links: UnsubscribeLinks

    def routes(self) -> list[Route]:
        """`/unsubscribe/<token>`."""
        where = f"{PATH}/{{token}}"
        return [
            Route(where, self.ask, methods=["GET"]),
            Route(where, self.stop, methods=["POST"]),
        ]

    async def ask(self, request: Request) -> Response:
        """A page with one button. Raises `NotFound` for a link that was made up."""
        self.links.read(request.path_params["token"])
        return HTMLResponse(ASK)

    async def stop(self, request: Request) -> Response:
        """Stop it, at once; a second time changes nothing. Raises `NotFound`."""
        tenant_id, user_id = self.links.read(request.path_params["token"])
        async with self.unit_of_work(await job_scope(tenant_id, "unsubscribe")) as uow:
            await unsubscribe(uow, user_id)
        return HTMLResponse(DONE)

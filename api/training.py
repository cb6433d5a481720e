"""Downloading files of anonymised conversations, sealed to the key of the business."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.links import SignedLinks, Use
from api.recordings import ScopeOf, let_in
from domain.clock import Clock
from domain.recordings.ports import ObjectStore
from domain.scope import Scope
from domain.training import service
from domain.work import UnitsOfWork

PATH = "/training/{token}"
LASTS = timedelta(minutes=15)
USE = Use("training file", PATH, LASTS, ("export",))


class TrainingLinks:
    """Makes and reads links to files."""

    def __init__(self, secret: str, *, clock: Clock, public_url: str) -> None:
        self.links = SignedLinks(USE, secret, clock=clock, public_url=public_url)

    def url(self, scope: Scope, export_id: UUID) -> str:
        """Where the scope's actor can download a file for a while."""
        return self.links.make(scope, export=export_id.hex)


@dataclass(frozen=True)
class TrainingFiles:
    """The route that answers links."""

    unit_of_work: UnitsOfWork
    store: ObjectStore
    links: TrainingLinks
    scope_of: ScopeOf

    def routes(self) -> list[Route]:
        """`GET` and `HEAD /training/{token}`."""
        return [Route(PATH, self.download, methods=["GET"])]

    async def download(self, request: Request) -> Response:
        """The file that the link names; that somebody took it is on record before it leaves."""
        named = self.links.links.named(request.path_params["token"])
        scope = await let_in(request, named, self.scope_of)
        id = UUID(named.names["export"])
        async with self.unit_of_work(scope, read_only=True) as uow:
            file = await service.download(uow, id)
        headers = {
            "Cache-Control": "private, no-store",
            "Content-Disposition": f'attachment; filename="training-{id}.jsonl.age"',
            "Content-Length": str(file.bytes),
        }
        # At most a few thousand conversations as text: it is held whole.
        body = b"" if request.method == "HEAD" else await self.store.get(file.place)
        return Response(body, headers=headers, media_type="application/octet-stream")

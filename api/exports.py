"""Downloading what was exported: short-lived signed links, every download on record."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from api.links import SignedLinks, Use
from api.recordings import ScopeOf, begun, let_in
from domain.clock import Clock
from domain.exports import service
from domain.exports.models import ExportFormat
from domain.exports.service import Download
from domain.exports.writer import ExportWriter
from domain.scope import Scope
from domain.sync.models import SyncKind
from domain.work import UnitsOfWork

PATH = "/exports/{token}"
# Long enough to begin; a download that has begun goes on.
LASTS = timedelta(minutes=15)
USE = Use("export", PATH, LASTS, ("export", "kind"))
MEDIA_TYPES = {ExportFormat.CSV: "text/csv", ExportFormat.JSONL: "application/jsonl"}


class ExportLinks:
    """Makes and reads links to files."""

    def __init__(self, secret: str, *, clock: Clock, public_url: str) -> None:
        self.links = SignedLinks(USE, secret, clock=clock, public_url=public_url)

    def url(self, scope: Scope, export_id: UUID, kind: SyncKind) -> str:
        """Where the scope's actor can download a file for a while."""
        return self.links.make(scope, export=export_id.hex, kind=kind)


@dataclass(frozen=True)
class Downloads:
    """The route that answers links."""

    unit_of_work: UnitsOfWork
    writer: ExportWriter
    links: ExportLinks
    scope_of: ScopeOf

    def routes(self) -> list[Route]:
        """`GET` and `HEAD /exports/{token}`."""
        return [Route(PATH, self.download, methods=["GET"])]

    async def download(self, request: Request) -> Response:
        """The file that the link names; that somebody took it is on record before it leaves."""
        named = self.links.links.named(request.path_params["token"])
        scope = await let_in(request, named, self.scope_of)
        kind, id = SyncKind(named.names["kind"]), UUID(named.names["export"])
        async with self.unit_of_work(scope, read_only=True) as uow:
            file = await service.download(uow, id, kind)
        headers, media_type = _headers(file), MEDIA_TYPES[file.format]
        if request.method == "HEAD":
            return Response(headers=headers, media_type=media_type)
        body = await begun(self.writer.read(file))
        return StreamingResponse(body, headers=headers, media_type=media_type)


def _headers(file: Download) -> dict[str, str]:
    name = f"{file.kind}.{file.format}"
    return {
        "Cache-Control": "private, no-store",
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Length": str(file.length.bytes),
    }

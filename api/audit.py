"""The audit trail as a file: `GET /audit.csv`, written while it is read."""

from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from api.auth import Authenticator
from domain import audit
from domain.errors import InvalidInput, Unauthenticated
from domain.work import UnitsOfWork

PATH = "/audit.csv"
MEDIA_TYPE = "text/csv"
HEADERS = {
    "Cache-Control": "private, no-store",
    "Content-Disposition": 'attachment; filename="audit.csv"',
}


@dataclass(frozen=True)
class AuditExport:
    """The route that gives the trail out."""

    unit_of_work: UnitsOfWork
    authenticator: Authenticator

    def routes(self) -> list[Route]:
        """`GET /audit.csv?action=&actor=&from=&to=`."""
        return [Route(PATH, self.export, methods=["GET"])]

    async def export(self, request: Request) -> Response:
        """The trail of whoever asks; that they took it is on record before it leaves."""
        scope = await self.authenticator.scope_of(request)
        if scope is None:
            raise Unauthenticated("Sign in first")
        search = _search(request)
        if request.method == "HEAD":
            return Response(headers=HEADERS, media_type=MEDIA_TYPE)
        lines = await audit.export(self.unit_of_work, scope, search)
        return StreamingResponse(lines, headers=HEADERS, media_type=MEDIA_TYPE)


def _search(request: Request) -> audit.Search:
    asked = request.query_params
    return audit.Search(
        action=asked.get("action"),
        actor=asked.get("actor"),
        since=_moment(request, "from"),
        until=_moment(request, "to"),
    )


def _moment(request: Request, name: str) -> datetime | None:
    """A moment with its offset. Raises `InvalidInput`."""
    written = request.query_params.get(name)
    if written is None:
        return None
    try:
        moment = datetime.fromisoformat(written)
    except ValueError as problem:
        raise InvalidInput.at(name, "Write it as 2026-11-16T15:00:00Z") from problem
    if moment.tzinfo is None:
        raise InvalidInput.at(name, "Write it with its offset, such as Z or %2B01:00")
    return moment

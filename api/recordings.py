"""Listening to recordings: short-lived signed links, answered in ranges, every listen on record."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from api.access import access_of
from api.links import Named, SignedLinks, Use
from api.problems import problem
from domain import recordings
from domain.clock import Clock
from domain.errors import DomainError, Forbidden, NotFound
from domain.keyring.errors import KeyDestroyed
from domain.recordings.errors import Deleted
from domain.recordings.ports import ObjectStore
from domain.recordings.sound import Sound
from domain.scope import Actor, ActorKind, Scope
from domain.work import UnitsOfWork
from tenants.api_keys import service as api_keys
from tenants.apps import standing as apps
from tenants.grants.service import guest_now
from tenants.service import job_scope
from tenants.sessions import scope_at

# Long enough to listen to a call twice, short enough that a link in a log is worth nothing.
LIFETIME = timedelta(minutes=30)
PATH = "/recordings/{token}"
LISTEN = "recordings:listen"
# They are there by a grant, which may have ended since the link was made.
GUESTS = frozenset({ActorKind.OPERATOR, ActorKind.ORGANIZATION})
USE = Use("recording", PATH, LIFETIME, ("recording",))
# One range with digits a file could have; anything else may be answered whole (RFC 9110, 14.2).
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")

ScopeOf = Callable[[UUID, Actor], Awaitable[Scope]]
"""What somebody of a tenant may do at this moment. Raises `Forbidden`."""


class RangeNotSatisfiable(DomainError):
    """The recording is shorter than what was asked for; `size` is in bytes."""

    code = "RANGE_NOT_SATISFIABLE"

    def __init__(self, size: int) -> None:
        super().__init__(f"The recording has {size} bytes")
        self.size = size


@dataclass(frozen=True)
class Claim:
    """What a link lets somebody hear."""

    tenant_id: UUID
    recording_id: UUID
    actor: Actor


class RecordingLinks:
    """Makes and reads links to recordings."""

    def __init__(self, secret: str, *, clock: Clock, public_url: str) -> None:
        self._links = SignedLinks(USE, secret, clock=clock, public_url=public_url)

    def url(self, scope: Scope, recording_id: UUID) -> str:
        """Where the scope's actor can hear a recording for a while. Raises `Forbidden`."""
        scope.require(LISTEN)
        return self._links.make(scope, recording=recording_id.hex)

    def read(self, token: str) -> Claim:
        """What a link says. Raises `LinkInvalid` and `LinkExpired`."""
        named = self._links.named(token)
        return Claim(named.tenant_id, UUID(named.names["recording"]), named.actor)


async def let_in(request: Request, link: Named | Claim, scope_of: ScopeOf) -> Scope:
    """The scope of whoever a link was made for; that it was by a link is on record."""
    scope = await scope_of(link.tenant_id, link.actor)
    return replace(scope, access=access_of(request, "link"))


def whoever_may(unit_of_work: UnitsOfWork) -> ScopeOf:
    """Let members of staff, keys and apps listen as they are allowed to now, and nobody else."""

    async def scope_of(tenant_id: UUID, actor: Actor) -> Scope:
        found = await _scope_now(tenant_id, actor, unit_of_work.clock.now())
        if found is None:
            refused = Forbidden("Only members of staff, keys and apps may listen")
            looking = await job_scope(tenant_id, "recordings.listen")
            await unit_of_work.refuse(replace(looking, actor=actor), refused)
            raise refused
        return found

    return scope_of


async def _scope_now(tenant_id: UUID, actor: Actor, now: datetime) -> Scope | None:
    """What a link's actor may do at this moment; None if they are gone, or were never one."""
    if actor.kind is ActorKind.KEY:
        standing = await api_keys.by_id(tenant_id, UUID(actor.id), now)
        return standing.scope if standing else None
    if actor.kind is ActorKind.APP:
        return await apps.by_id(tenant_id, UUID(actor.id))
    if actor.kind in GUESTS:
        return await guest_now(tenant_id, UUID(actor.id), LISTEN, now)
    if actor.kind is not ActorKind.MEMBER:
        return None
    try:
        return await scope_at(tenant_id, UUID(actor.id))
    except NotFound:
        return None


@dataclass(frozen=True)
class Listening:
    """The route that answers links."""

    unit_of_work: UnitsOfWork
    store: ObjectStore
    links: RecordingLinks
    scope_of: ScopeOf

    def routes(self) -> list[Route]:
        """`GET` and `HEAD /recordings/{token}`."""
        return [Route(PATH, self.hear, methods=["GET"])]

    async def hear(self, request: Request) -> Response:
        """The recording that the link names, or the part of it that is asked for."""
        try:
            sound, span = await self._open(request)
        except RangeNotSatisfiable as refusal:
            response = problem(416, refusal.code, refusal.message)
            response.headers["Content-Range"] = f"bytes */{refusal.size}"
            return response
        except (KeyDestroyed, Deleted) as gone:
            return problem(410, gone.code, gone.message)
        start, stop = span or (0, sound.wav_bytes)
        headers = _headers(sound, start, stop, partial=span is not None)
        if request.method == "HEAD":
            return Response(headers=headers, media_type="audio/wav")
        body = await begun(sound.read(self.store, start, stop))
        return StreamingResponse(body, 206 if span else 200, headers, media_type="audio/wav")

    async def _open(self, request: Request) -> tuple[Sound, tuple[int, int] | None]:
        claim = self.links.read(request.path_params["token"])
        scope = await let_in(request, claim, self.scope_of)
        async with self.unit_of_work(scope) as uow:
            if request.method == "HEAD":
                return await recordings.sound(uow, claim.recording_id), None
            sound = await recordings.listen(uow, claim.recording_id)
            # A range that cannot be had undoes the entry: nothing will leave.
            return sound, _span(request, sound)


def byte_range(header: str, size: int) -> tuple[int, int] | None:
    """The bytes asked for, as start and stop (exclusive); None means all of them.

    Raises `RangeNotSatisfiable`.
    """
    asked = _RANGE.fullmatch(header.strip())
    if asked is None or asked.group() == "bytes=-":
        return None
    first, last = asked.groups()
    if not first:
        start, stop = max(0, size - int(last)), size
    else:
        start, stop = int(first), min(int(last) + 1, size) if last else size
        if last and int(last) < start:
            return None
    if start >= size:
        raise RangeNotSatisfiable(size)
    return start, stop


def _span(request: Request, sound: Sound) -> tuple[int, int] | None:
    asked = request.headers.get("Range", "")
    unchanged = request.headers.get("If-Range", _etag(sound)) == _etag(sound)
    return byte_range(asked, sound.wav_bytes) if unchanged else None


def _headers(sound: Sound, start: int, stop: int, *, partial: bool) -> dict[str, str]:
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-store",
        "Content-Length": str(stop - start),
        "ETag": _etag(sound),
    }
    if partial:
        headers["Content-Range"] = f"bytes {start}-{stop - 1}/{sound.wav_bytes}"
    return headers


def _etag(sound: Sound) -> str:
    return f'"{sound.sha256[:32]}"'


async def begun(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Wait for the first piece, so that what fails at once is still told as a problem."""
    first = await anext(pieces)

    async def whole() -> AsyncIterator[bytes]:
        yield first
        async for piece in pieces:
            yield piece

    return whole()

"""Which cookies a visitor lets us set, by kind; a browser's Global Privacy Control is a no (L35).

Without a choice only what is essential is set. What a visitor chose is kept in a cookie of theirs
and nowhere else.
"""

from dataclasses import dataclass

import orjson
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import Route

from domain.errors import InvalidInput

COOKIE = "deskbell_choices"
PATH = "/privacy/choices"
GPC_PATH = "/.well-known/gpc.json"
# A choice is asked for again after half a year.
LASTS = 182 * 24 * 3600
KINDS = ("analytics", "functional", "marketing")
# What counts as sharing with others; a browser that says no to that says no to these.
SHARED = frozenset({"marketing"})
# The day from which the signal has been honoured, as the specification wants it told.
HONOURED_SINCE = "2026-11-27"


@dataclass(frozen=True)
class Choices:
    """What a visitor allows beside what is essential."""

    allowed: frozenset[str] = frozenset()
    gpc: bool = False
    """Whether their browser asks not to sell or share what is known of them."""

    def allows(self, kind: str) -> bool:
        """Whether cookies of a kind may be set."""
        return kind in self.allowed and not (self.gpc and kind in SHARED)

    def told(self) -> dict[str, bool]:
        """The same as JSON; what is essential cannot be chosen."""
        return {"essential": True, **{kind: self.allows(kind) for kind in KINDS}, "gpc": self.gpc}


def choices_of(connection: HTTPConnection) -> Choices:
    """What whoever asks has chosen; a cookie with anything else in it says nothing."""
    written = connection.cookies.get(COOKIE, "").split(".")
    gpc = connection.headers.get("sec-gpc") == "1"
    return Choices(frozenset(written) & frozenset(KINDS), gpc)


def routes(*, secure: bool) -> list[Route]:
    """Where choices are told, made, and where support of the signal is declared."""

    async def told(request: Request) -> Response:
        """What counts for this visitor."""
        return _json(choices_of(request))

    async def choose(request: Request) -> Response:
        """Keep a choice. Raises `InvalidInput`."""
        wanted = _wanted(await request.body())
        made = Choices(wanted, choices_of(request).gpc)
        answer = _json(made)
        answer.set_cookie(
            COOKIE, ".".join(sorted(wanted)), max_age=LASTS, secure=secure, samesite="lax"
        )
        return answer

    async def gpc(_: Request) -> Response:
        """That the signal is honoured, for programs that look for it."""
        declared = orjson.dumps({"gpc": True, "lastUpdate": HONOURED_SINCE})
        return Response(declared, media_type="application/json")

    return [
        Route(PATH, told, methods=["GET"]),
        Route(PATH, choose, methods=["POST"]),
        Route(GPC_PATH, gpc, methods=["GET"]),
    ]


def _wanted(body: bytes) -> frozenset[str]:
    try:
        given = orjson.loads(body)
    except orjson.JSONDecodeError as problem:
        raise InvalidInput("Send JSON: the kinds, each true or false") from problem
    if not isinstance(given, dict) or not set(given) <= set(KINDS):
        raise InvalidInput(f"Choose among {', '.join(KINDS)}")
    return frozenset(kind for kind, allowed in given.items() if allowed is True)


def _json(choices: Choices) -> Response:
    return Response(
        orjson.dumps(choices.told()),
        media_type="application/json",
        headers={"Cache-Control": "no-store", "Vary": "Cookie, Sec-GPC"},
    )

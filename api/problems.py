"""What went wrong, told over plain HTTP as `application/problem+json` (RFC 9457)."""

import logging
import secrets
from typing import Any

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from domain.errors import (
    Conflict,
    DomainError,
    Forbidden,
    InvalidInput,
    LimitReached,
    NotFound,
    RateLimited,
    Unauthenticated,
    Unavailable,
)

log = logging.getLogger(__name__)

# The first class that fits decides, so the general ones stand last.
STATUS: dict[type[DomainError], int] = {
    InvalidInput: 422,
    Conflict: 409,
    LimitReached: 402,
    NotFound: 404,
    Forbidden: 403,
    Unauthenticated: 401,
    RateLimited: 429,
    Unavailable: 503,
    DomainError: 400,
}


class BadRequest(DomainError):
    """The bytes are not what this route takes."""

    code = "BAD_REQUEST"


def problem(status: int, code: str, title: str, **details: Any) -> Response:
    """A response that names a problem: a status, our own code and words for people."""
    body = {"status": status, "code": code, "title": title, **details}
    return Response(orjson.dumps(body), status, media_type="application/problem+json")


def told(error: DomainError) -> Response:
    """The response to a request that failed with a domain error."""
    status = next(status for kind, status in STATUS.items() if isinstance(error, kind))
    response = problem(status, error.code, error.message, **_details(error))
    if isinstance(error, RateLimited):
        response.headers["Retry-After"] = str(max(1, round(error.retry_after)))
    return response


def incident(error: BaseException) -> str:
    """Log something unexpected under a number that support can find; return the number."""
    number = secrets.token_hex(6)
    log.error("Unexpected failure %s", number, exc_info=error, extra={"incident": number})
    return number


def _details(error: DomainError) -> dict[str, Any]:
    if isinstance(error, InvalidInput):
        fields = [{"path": p.path, "message": p.message, "code": p.code} for p in error.problems]
        return {"fields": fields}
    return {}


async def on_domain_error(request: Request, error: Exception) -> Response:
    """Answer a domain error that a route did not handle."""
    assert isinstance(error, DomainError)
    return told(error)


async def on_http_error(request: Request, error: Exception) -> Response:
    """Answer what the router itself refuses: an unknown path, a wrong method."""
    assert isinstance(error, HTTPException)
    response = problem(error.status_code, "HTTP_ERROR", error.detail)
    response.headers.update(error.headers or {})
    return response


async def on_anything_else(request: Request, error: Exception) -> Response:
    """Answer a fault of ours: its text stays here, its number goes out."""
    return problem(500, "INTERNAL", "Something went wrong on our side", incident=incident(error))


HANDLERS: dict[Any, Any] = {
    DomainError: on_domain_error,
    HTTPException: on_http_error,
    Exception: on_anything_else,
}

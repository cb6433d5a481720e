"""The token that a program sends: in the `Authorization` header, or in a websocket's first words.

A browser never adds that header by itself, so what carries it needs no proof against forged
requests.
"""

from collections.abc import Mapping

from starlette.requests import HTTPConnection

SCHEME = "bearer "
# Where a websocket's own `authorization` is kept; a browser cannot set headers on one.
SAID = "deskbell.authorization"


def bearer_of(connection: HTTPConnection) -> str | None:
    """The token of a request or socket; None if it brings none."""
    said = connection.headers.get("Authorization") or connection.scope.get(SAID, "")
    scheme, token = said[: len(SCHEME)], said[len(SCHEME) :]
    return token.strip() if scheme.lower() == SCHEME else None


def listen_to(connection: HTTPConnection, parameters: Mapping[str, object] | None) -> None:
    """Keep what a websocket says of itself in its `connection_init`."""
    said = (parameters or {}).get("authorization")
    if isinstance(said, str):
        connection.scope[SAID] = said

"""By which way a request came: what the audit trail keeps beside the name of whoever sent it."""

from starlette.requests import HTTPConnection

from domain.scope import Access

# Whoever must account for looking says why in this header.
PURPOSE = "Deskbell-Purpose"


def access_of(connection: HTTPConnection, via: str) -> Access:
    """The way of a request; `via` is what let it in, such as `session:…`."""
    client = connection.client
    return Access(
        via=via,
        address=client.host if client else "",
        agent=_words(connection.headers.get("User-Agent", "")),
        purpose=_words(connection.headers.get(PURPOSE, "")),
    )


def _words(header: str) -> str:
    """A header without what does not belong into a line of text."""
    return "".join(letter for letter in header if letter.isprintable())

"""What an app may be called, where its answers may go, and how long its tokens are good."""

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from domain.errors import FieldProblem, InvalidInput
from tenants.members.custom_roles import checked
from tenants.roles import FOR_PEOPLE, known
from tenants.tokens import hashed

ACCESS_PREFIX = "dba_"
REFRESH_PREFIX = "dbr_"
CODE_PREFIX = "dbc_"
SECRET_PREFIX = "dbs_"  # noqa: S105  # how secrets begin
LONGEST_NAME = 100
LONGEST_DESCRIPTION = 500
LONGEST_URI = 2000
MOST_URIS = 10
MOST_APPS = 100
# Those that registered themselves at one business: enough to notice that something is wrong.
MOST_REGISTERED = 10_000
LONGEST_OVERLAP = timedelta(days=30)
# As RFC 6749 advises, and much less than its ten minutes: a program redeems a code at once.
CODE_LASTS = timedelta(minutes=1)
ACCESS_LASTS = timedelta(hours=1)
# A refresh token that nobody uses ends sooner than what was agreed to.
REFRESH_IDLE = timedelta(days=30)
GRANT_LASTS = timedelta(days=365)
# Two processes of one app may meet. Whoever holds a secret of its own is given that much.
REUSE_FORGIVEN = timedelta(seconds=10)
# What is over is remembered so long, so that its reuse is still noticed.
REMEMBERED = timedelta(days=30)
NOTED_EVERY = timedelta(minutes=1)
LOOPBACK = frozenset({"127.0.0.1", "[::1]", "localhost"})


@dataclass(frozen=True)
class Lifetimes:
    """How long what an app is given is good."""

    access: timedelta = ACCESS_LASTS
    idle: timedelta = REFRESH_IDLE
    grant: timedelta = GRANT_LASTS


def same(given: str, hashes: Iterable[str | None]) -> bool:
    """Whether a secret is one of those that were hashed; takes as long either way."""
    told = hashed(given)
    return sum(hmac.compare_digest(told, each or "") for each in hashes) > 0


def askable(permissions: Iterable[str]) -> frozenset[str]:
    """Permissions that an app can ask for, with the one that all need. Raises `InvalidInput`."""
    given = frozenset(map(str, permissions))
    if reserved := sorted(given & FOR_PEOPLE):
        problems = [FieldProblem("permissions", each, "FOR_PEOPLE_ONLY") for each in reserved]
        raise InvalidInput(f"Only people may hold {', '.join(reserved)}", *problems)
    return checked(given) - FOR_PEOPLE


def allowed(*each: Iterable[str]) -> frozenset[str]:
    """What everybody involved allows, and a program may hold."""
    return frozenset.intersection(*map(known, each)) - FOR_PEOPLE


def addresses(uris: Sequence[str]) -> list[str]:
    """Where browsers may be sent back to. Raises `InvalidInput`."""
    if len(uris) > MOST_URIS:
        raise InvalidInput.at("redirect_uris", f"Use at most {MOST_URIS}")
    problems = [
        FieldProblem("redirect_uris", f"{uri[:200]}: {wrong}", "REDIRECT_URI")
        for uri in uris
        if (wrong := _wrong_with(uri))
    ]
    if problems:
        raise InvalidInput("Some redirect URIs cannot be used", *problems)
    return list(dict.fromkeys(uris))


def _wrong_with(uri: str) -> str | None:
    """Why nobody may be sent there; https, the machine itself, or a scheme of the app's own."""
    try:
        parts = urlsplit(uri)
        port = parts.port
    except ValueError:
        return "not a URI"
    if len(uri) > LONGEST_URI or not uri.isascii() or not uri.isprintable() or " " in uri:
        return "not a URI"
    if parts.fragment or "#" in uri or "@" in parts.netloc or "*" in uri or "\\" in uri:
        return "no fragment, no user and no wildcard"
    if parts.scheme == "https" and parts.hostname:
        return None
    if parts.scheme == "http":
        host = parts.netloc.rpartition(":")[0] if port else parts.netloc
        return None if host in LOOPBACK else "http is for loopback addresses only"
    # RFC 8252, 7.1: a reversed domain name of one's own, so that no two apps share it.
    return None if "." in parts.scheme else "use https, or a scheme like com.example.app"


def is_forgiven(used_at: datetime, now: datetime, *, confidential: bool) -> bool:
    """Whether a used refresh token came back so soon that its own app may have sent it twice.

    Without a secret there is no telling an app from whoever stole its token.
    """
    return confidential and now - used_at <= REUSE_FORGIVEN

"""When tokens are renewed, and what a connection may hold."""

from collections.abc import Iterable
from datetime import datetime, timedelta

# Enough to find a telephone, and to prove to the service who one is.
VISIT_LASTS = timedelta(minutes=15)
# A token that is used now must live until the request that carries it has arrived.
MARGIN = timedelta(seconds=60)
# So long before a token ends the timer renews it: retries of an hour's outage still help.
AHEAD = timedelta(minutes=10)
# Longer than one request for tokens may take: whoever holds the lease and died is passed over.
LEASE = timedelta(seconds=30)
MOST_CONNECTIONS = 50
# Microsoft names what it allowed with or without it.
GRAPH = "https://graph.microsoft.com/"


def margin(refreshed_at: datetime, expires_at: datetime) -> timedelta:
    """How long before its end a token counts as old: short-lived ones are used for half a life."""
    return min(MARGIN, (expires_at - refreshed_at) / 2)


def renew_at(refreshed_at: datetime, expires_at: datetime) -> datetime:
    """When the timer renews tokens."""
    return expires_at - min(AHEAD, (expires_at - refreshed_at) / 2)


def missing(asked: Iterable[str], given: Iterable[str]) -> list[str]:
    """What was asked for and not allowed; a service that names nothing gave everything."""
    # Zoho writes the same words in other letters.
    allowed = {each.removeprefix(GRAPH).casefold() for each in given}
    # Services leave out of the list what only makes them name the person, or give a refresh token.
    unlisted = {"openid", "email", "profile", "offline_access"}
    if not allowed:
        return []
    return sorted(each for each in {*asked} - unlisted if each.casefold() not in allowed)

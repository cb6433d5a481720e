"""What an endpoint may ask for, when it is left in peace, and when it is given up."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NewType

from domain.errors import FieldProblem, InvalidInput
from plugins.pace import Pace

NAME = "webhooks"
SENDS = f"{NAME}:send"

# Seconds for one attempt: fifteen for the request, the rest for what is read and written around it.
PATIENCE = 40.0
# Doubling from five seconds to six hours, with jitter: given up after some three days.
PACE = Pace(first_retry=timedelta(seconds=5), longest_retry=timedelta(hours=6), most_attempts=28)
# An endpoint that fails so often in a row is spared by all its deliveries but one.
FAILURES_UNTIL_PAUSE = 5
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
# Longer than the retries of one delivery, so that a bad weekend ends nothing.
FAILING_UNTIL_OFF = timedelta(days=5)

MOST_ENDPOINTS = 50
MOST_EVENTS = 50
MOST_BODY = 256 * 1024
# What the log keeps of a request or an answer.
MOST_KEPT = 16 * 1024
LONGEST_PAYLOAD = 10_000
LONGEST_OVERLAP = timedelta(days=7)
# Rows that one replay may touch; more are replayed in several steps.
MOST_REPLAYED = 1000

PATTERN = re.compile(r"\*|[a-z_]+\.(\*|[a-z_]+)")

PayloadDocument = NewType("PayloadDocument", str)
"""A GraphQL document that has been validated against the schema of events."""


@dataclass(frozen=True)
class Health:
    """How an endpoint has answered lately."""

    failures: int = 0
    failing_since: datetime | None = None
    paused_until: datetime | None = None

    def after_failure(self, now: datetime) -> "Health":
        """One more failure; from the fifth in a row on there is a pause, each twice the last."""
        failures = self.failures + 1
        since = self.failing_since or now
        beyond = failures - FAILURES_UNTIL_PAUSE
        if beyond < 0:
            return Health(failures, since, None)
        pause = min(FIRST_PAUSE * (1 << min(beyond, 16)), LONGEST_PAUSE)
        return Health(failures, since, now + pause)

    def probing(self, now: datetime) -> "Health":
        """A pause is over and one delivery goes ahead; the others wait until it has come back."""
        return Health(self.failures, self.failing_since, now + timedelta(seconds=PATIENCE))

    def is_spent(self, now: datetime) -> bool:
        """Whether it has failed for so long that nobody seems to be there."""
        return self.failing_since is not None and now - self.failing_since >= FAILING_UNTIL_OFF


def chosen(events: Iterable[str], known: frozenset[str]) -> list[str]:
    """A choice of events, sorted: names, `call.*` or `*`. Raises `InvalidInput`."""
    wanted = sorted(set(events))
    problems = [
        FieldProblem("events", f"There is no event {name!r}", "UNKNOWN_EVENT")
        for name in wanted
        if not PATTERN.fullmatch(name) or not any(matches(name, each) for each in known)
    ]
    if problems:
        raise InvalidInput("Some events do not exist", *problems)
    if not 0 < len(wanted) <= MOST_EVENTS:
        raise InvalidInput.at("events", f"Choose 1 to {MOST_EVENTS} events")
    return wanted


def matches(pattern: str, event: str) -> bool:
    """Whether a choice covers an event."""
    if pattern.endswith("*"):
        return event.startswith(pattern[:-1])
    return pattern == event


def readable(permissions: Iterable[str]) -> list[str]:
    """What an endpoint may take over of the rights of whoever makes it: looking, and only that."""
    return sorted(permission for permission in permissions if permission.endswith(":read"))

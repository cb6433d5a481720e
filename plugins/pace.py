"""How patient delivery is: leases, retries, and when it gives up."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

JITTER_STEPS = 1024


@dataclass(frozen=True)
class Tolerance:
    """How many failures in a row rest a plugin, and for how long."""

    failures: int
    first_rest: timedelta
    longest_rest: timedelta

    def rest(self, rests: int) -> timedelta:
        """Each time twice as long, after so many before."""
        return min(self.first_rest * (1 << min(rests, 20)), self.longest_rest)


# Of what is told, which can wait; and of what somebody waits for.
OF_DELIVERIES = Tolerance(8, timedelta(seconds=30), timedelta(minutes=15))
OF_ANSWERS = Tolerance(5, timedelta(seconds=10), timedelta(minutes=5))


@dataclass(frozen=True)
class Pace:
    """The times of the delivery road; tests run it in milliseconds."""

    poll: timedelta = timedelta(milliseconds=500)
    """How long the relay rests when nothing is due and nobody nudges it."""
    queue_lease: timedelta = timedelta(seconds=60)
    """How long a delivery may wait in the queue; longer than a usual backlog, or it is resent."""
    grace: timedelta = timedelta(seconds=10)
    """What is added to a handler's timeout before its attempt counts as lost."""
    first_retry: timedelta = timedelta(seconds=2)
    longest_retry: timedelta = timedelta(hours=1)
    most_attempts: int = 16
    """With these pauses a delivery is given up after some four hours."""

    def pause(self, attempt: int, delivery_id: UUID) -> timedelta:
        """How long to wait after the attempt of this number: doubling, with jitter.

        The jitter takes up to half away. It comes from the delivery's own random bits, so that
        deliveries spread while each of them stays predictable.
        """
        doubled = min(self.first_retry * (1 << min(attempt - 1, 30)), self.longest_retry)
        spread = (delivery_id.int >> attempt) % JITTER_STEPS / JITTER_STEPS
        return doubled * (1 - spread / 2)

    def gives_up(self, attempts: int) -> bool:
        """Whether that many attempts end a round; a replay begins another one."""
        return attempts % self.most_attempts == 0

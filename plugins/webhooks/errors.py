"""What can go wrong with endpoints, for whoever keeps them and on the way to them."""

from domain.errors import Conflict, LimitReached
from plugins.errors import Hopeless


class TooManyEndpoints(LimitReached):
    """A tenant has only so many endpoints."""

    code = "TOO_MANY_ENDPOINTS"

    def __init__(self, limit: int) -> None:
        super().__init__(f"There are {limit} endpoints already", limit=limit, used=limit)


class TooManyToReplay(LimitReached):
    """More happened in that time than is sent again at once."""

    code = "TOO_MANY_TO_REPLAY"

    def __init__(self, limit: int) -> None:
        super().__init__(
            f"More than {limit} events happened; choose a shorter time", limit=limit, used=limit + 1
        )


class EndpointDisabled(Conflict):
    """The endpoint is off."""

    code = "WEBHOOK_DISABLED"

    def __init__(self) -> None:
        super().__init__("This endpoint is off; switch it on first")


class ManagedByApp(Conflict):
    """The endpoint is an app's: the tenant ends it by ending what it agreed to."""

    code = "WEBHOOK_OF_APP"

    def __init__(self) -> None:
        super().__init__("This endpoint is kept by an app; disconnect the app instead")


class WasDisabled(Hopeless):
    """The endpoint was off when it was its turn."""


class PayloadTooLarge(Hopeless):
    """What the subscriber asked for is longer than a request may be."""


class ReceiverGone(Hopeless):
    """The receiver answered 410: it does not want to be told any more."""


class ReceiverRefused(Exception):
    """The receiver answered with another status than success."""

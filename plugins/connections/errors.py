"""What can go wrong with connected accounts."""

from domain.errors import Conflict, Forbidden, LimitReached, NotFound


class UnknownProvider(NotFound):
    """The deployment is no client of a service of this name."""

    def __init__(self, provider: str) -> None:
        super().__init__(f"There is no service {provider!r} to connect to")


class OnlyPeopleConnect(Forbidden):
    """Only a person with a browser can allow us something elsewhere."""

    def __init__(self) -> None:
        super().__init__("Sign in as a person to connect an account")


class TooManyConnections(LimitReached):
    """A business has only so many connected accounts."""

    code = "TOO_MANY_CONNECTIONS"

    def __init__(self, limit: int) -> None:
        super().__init__(f"There are {limit} connections already", limit=limit, used=limit)


class AccountJustConnected(Conflict):
    """The same account was connected in another window at the same moment."""

    code = "ACCOUNT_JUST_CONNECTED"

    def __init__(self) -> None:
        super().__init__("This account has just been connected; look again")


class NotConnected(Conflict):
    """No account at this service is connected."""

    code = "NOT_CONNECTED"

    def __init__(self) -> None:
        super().__init__("Connect an account first")


class NeedsConsent(Conflict):
    """The service ended what was allowed."""

    code = "NEEDS_CONSENT"

    def __init__(self) -> None:
        super().__init__("This account has to be connected again")


class VisitRefused(Conflict):
    """Somebody came back from a service, but nothing was connected; `reason` is a word."""

    code = "CONNECTION_REFUSED"

    def __init__(self, reason: str, return_to: str = "/") -> None:
        super().__init__("The account was not connected")
        self.reason = reason
        self.return_to = return_to

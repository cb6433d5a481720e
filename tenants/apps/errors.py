"""What can go wrong with apps and their tokens."""

from domain.errors import Conflict, LimitReached, Unauthenticated


class TokenRefused(Unauthenticated):
    """The token opens nothing.

    Whether it is malformed, unknown, over, revoked, or meant for something else is not said.
    """

    code = "TOKEN_REFUSED"

    def __init__(self) -> None:
        super().__init__("This token is not good here")


class PublicApp(Conflict):
    """The app cannot keep a secret, and so has none."""

    code = "PUBLIC_APP"

    def __init__(self) -> None:
        super().__init__("An app that cannot keep a secret has none to change")


class ConsentOutdated(Conflict):
    """What was agreed to is not what would be granted now."""

    code = "CONSENT_OUTDATED"

    def __init__(self) -> None:
        super().__init__("Something has changed since this page was opened: open it again")


class TooManyApps(LimitReached):
    """A business has as many apps as it may."""

    code = "TOO_MANY_APPS"

    def __init__(self, limit: int) -> None:
        super().__init__(f"There are {limit} apps already", limit=limit, used=limit)

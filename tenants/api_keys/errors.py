"""What can go wrong with API keys."""

from domain.errors import Conflict, Unauthenticated


class KeyRefused(Unauthenticated):
    """The key opens nothing; whether it is unknown, over, or used elsewhere is not said."""

    code = "KEY_REFUSED"

    def __init__(self) -> None:
        super().__init__("This key is not good here")


class KeyOver(Conflict):
    """The key was revoked or has expired."""

    code = "KEY_OVER"

    def __init__(self) -> None:
        super().__init__("This key was revoked or has expired: make another")

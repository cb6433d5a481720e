"""What can go wrong with tenants and the people who run them."""

from domain.errors import Conflict, Unauthenticated


class SlugTaken(Conflict):
    """Another tenant has this short name."""

    code = "SLUG_TAKEN"

    def __init__(self, slug: str) -> None:
        super().__init__(f"The short name {slug!r} is taken")
        self.slug = slug


class EmailTaken(Conflict):
    """Somebody signs in with this address already."""

    code = "EMAIL_TAKEN"

    def __init__(self) -> None:
        super().__init__("Somebody signs in with this address already")


class WrongCredentials(Unauthenticated):
    """The address or the password is wrong; which one is not said."""

    code = "WRONG_CREDENTIALS"

    def __init__(self) -> None:
        super().__init__("The e-mail address or the password is wrong")


class SessionEnded(Unauthenticated):
    """The session is unknown, expired or revoked."""

    code = "SESSION_ENDED"

    def __init__(self) -> None:
        super().__init__("Sign in again")

"""What can go wrong with tenants and the people who run them."""

from domain.errors import Conflict, Forbidden, LimitReached, Unauthenticated


class SlugTaken(Conflict):
    """Another tenant has this short name."""

    code = "SLUG_TAKEN"

    def __init__(self, slug: str) -> None:
        super().__init__(f"The short name {slug!r} is taken")
        self.slug = slug


class OperatorThere(Conflict):
    """A deployment has one operator."""

    code = "OPERATOR_THERE"

    def __init__(self) -> None:
        super().__init__("There is an operator already")


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


class EmailUnverified(Unauthenticated):
    """The password is right, but nobody has proved yet that they read the mail of that address."""

    code = "EMAIL_UNVERIFIED"

    def __init__(self) -> None:
        super().__init__("Follow the link in the letter that we sent you")


class TokenInvalid(Unauthenticated):
    """The token of a letter is unknown, expired or used."""

    code = "TOKEN_INVALID"

    def __init__(self) -> None:
        super().__init__("This link does not work any more; ask for another one")


class WrongCode(Unauthenticated):
    """The code or passkey is wrong, expired or used; which one is not said."""

    code = "WRONG_CODE"

    def __init__(self) -> None:
        super().__init__("The code or passkey is wrong, or was used before")


class SignUpClosed(Forbidden):
    """This deployment opens businesses itself."""

    code = "SIGN_UP_CLOSED"

    def __init__(self) -> None:
        super().__init__("Businesses are opened by the operator")


class NobodySignedIn(Forbidden):
    """Only a person with a session can do that: no key, no app."""

    code = "NO_SESSION"

    def __init__(self) -> None:
        super().__init__("Only a person who has signed in can do that")


class SsoRequired(Unauthenticated):
    """The password is right, but every business of this person wants its own provider's word."""

    code = "SSO_REQUIRED"

    def __init__(self) -> None:
        super().__init__("Sign in through your business's identity provider")


class NotBySso(Forbidden):
    """What is a person's own stays closed to a session that their business vouched for."""

    code = "SSO_SESSION"

    def __init__(self) -> None:
        super().__init__("Sign in with your own password to do that")


class MfaNotEnrolled(Conflict):
    """There is no second factor to ask for."""

    code = "MFA_NOT_ENROLLED"

    def __init__(self) -> None:
        super().__init__("Set up a second factor first")


class AlreadyEnrolled(Conflict):
    """There is an authenticator app already."""

    code = "ALREADY_ENROLLED"

    def __init__(self) -> None:
        super().__init__("Remove the authenticator app that is there first")


class TooManyPasskeys(LimitReached):
    """A person has as many passkeys as they may."""

    code = "TOO_MANY_PASSKEYS"

    def __init__(self, *, limit: int, used: int) -> None:
        super().__init__("Remove a passkey first", limit=limit, used=used)

"""What can go wrong at the rights desk."""

from domain.errors import Conflict, LimitReached


class RequestClosed(Conflict):
    """It was fulfilled, refused or withdrawn: another request can be made."""

    code = "REQUEST_CLOSED"

    def __init__(self, state: str) -> None:
        super().__init__(f"This request is {state}")
        self.state = state


class NotVerified(Conflict):
    """Nobody has proved yet that they are who they say."""

    code = "NOT_VERIFIED"

    def __init__(self) -> None:
        super().__init__("Verify first who asks")


class VerificationRefused(Conflict):
    """Wrong, used, expired, tried too often or for no request: which of them is not said."""

    code = "VERIFICATION_REFUSED"

    def __init__(self) -> None:
        super().__init__("That code is not valid, or not any more")


class TooManyCodes(LimitReached):
    """Whoever asks for code after code is guessing, or is not reached."""

    code = "TOO_MANY_CODES"


class NotExtendable(Conflict):
    """The law gives no more time, or it has been given already, or it is too late to ask."""

    code = "NOT_EXTENDABLE"

    def __init__(self, why: str) -> None:
        super().__init__(why)


class NobodyOnFile(Conflict):
    """It is not known whose data is meant."""

    code = "NOBODY_ON_FILE"

    def __init__(self) -> None:
        super().__init__("Say first which contact asks, or refuse because nothing is held")


class NoAddress(Conflict):
    """There is no address on file to which a code could go."""

    code = "NO_ADDRESS"

    def __init__(self) -> None:
        super().__init__("There is no such address on file")

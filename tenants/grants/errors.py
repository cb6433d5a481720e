"""What can go wrong with grants."""

from domain.errors import Conflict, Forbidden, NotFound


class NotAHouse(Forbidden):
    """Only an organisation, or the operator, does that."""

    code = "NOT_A_HOUSE"

    def __init__(self) -> None:
        super().__init__("Only those who look after other businesses can do that")


class GrantOver(Conflict):
    """The grant was revoked or has expired."""

    code = "GRANT_OVER"

    def __init__(self) -> None:
        super().__init__("This grant was revoked or has expired")


class GrantThere(Conflict):
    """The house has a grant of this business already."""

    code = "GRANT_THERE"

    def __init__(self) -> None:
        super().__init__("They have a grant already: change that one")


class OnlyTheOwner(Forbidden):
    """Only an owner lends what callers said, and what is known of them."""

    code = "ONLY_THE_OWNER"

    def __init__(self) -> None:
        super().__init__("Only an owner can lend recordings, transcripts and people's data")


class AccessInvitationInvalid(NotFound):
    """No open invitation has this token: unknown, used, revoked and expired look the same."""

    code = "ACCESS_INVITATION_INVALID"

    def __init__(self) -> None:
        super().__init__("This invitation is not good any more: ask for another")

"""What can go wrong with members, roles and invitations."""

from collections.abc import Iterable

from domain.errors import Conflict, Forbidden, NotFound
from tenants.roles import Permission


class LastOwner(Conflict):
    """Nobody would own the business any more."""

    code = "LAST_OWNER"

    def __init__(self) -> None:
        super().__init__("A business needs an owner: make somebody else one first")


class BeyondOwnRights(Conflict):
    """Nobody gives, or takes away, more than they may do themselves."""

    code = "BEYOND_OWN_RIGHTS"

    def __init__(self, missing: Iterable[str]) -> None:
        self.missing = sorted(map(Permission, missing))
        super().__init__(f"You do not hold {', '.join(self.missing)} yourself")


class RoleNameTaken(Conflict):
    """Another role of the business has that name."""

    code = "ROLE_NAME_TAKEN"

    def __init__(self, name: str) -> None:
        super().__init__(f"There is a role {name!r} already")
        self.name = name


class RoleInUse(Conflict):
    """Somebody has the role, or is invited to it."""

    code = "ROLE_IN_USE"

    def __init__(self, members: int, invitations: int) -> None:
        super().__init__("Give those who have this role another one first")
        self.members = members
        self.invitations = invitations


class AlreadyMember(Conflict):
    """They work for the business already."""

    code = "ALREADY_MEMBER"

    def __init__(self) -> None:
        super().__init__("This person is a member already")


class AlreadyInvited(Conflict):
    """There is an open invitation to that address."""

    code = "ALREADY_INVITED"

    def __init__(self) -> None:
        super().__init__("This address is invited already: send the letter again, or revoke it")


class InvitationClosed(Conflict):
    """The invitation was accepted or revoked."""

    code = "INVITATION_CLOSED"

    def __init__(self) -> None:
        super().__init__("This invitation was accepted or revoked")


class NotTheOwner(Forbidden):
    """Only an owner gives the business to somebody else."""

    code = "NOT_THE_OWNER"

    def __init__(self) -> None:
        super().__init__("You do not own this business any more")


class InvitationInvalid(NotFound):
    """No open invitation has this token: unknown, used, revoked and expired look the same."""

    code = "INVITATION_INVALID"

    def __init__(self) -> None:
        super().__init__("This invitation is not good any more: ask for another")

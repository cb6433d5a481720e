"""What can go wrong with a policy."""

from domain.errors import Conflict


class PolicyApplies(Conflict):
    """A version that applies cannot be taken back: adopt another one."""

    code = "POLICY_APPLIES"

    def __init__(self) -> None:
        super().__init__("This policy applies already: adopt another one instead")

"""What can go wrong with answering a letter about a visit."""

from domain.errors import Conflict


class VisitLinkSpent(Conflict):
    """The link was good once: the visit is over or off, or the link was used."""

    code = "VISIT_LINK_SPENT"

    def __init__(self) -> None:
        super().__init__("This link has been used, or the visit is over")


class ProofWanted(Conflict):
    """Whoever holds the link has to say whose it is, before anything is shown."""

    code = "PROOF_WANTED"

    def __init__(self, *, wrong: bool) -> None:
        super().__init__("Say first whose letter it is")
        self.wrong = wrong

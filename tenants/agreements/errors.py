"""What stands in the way where health data is protected."""

from domain.errors import Conflict


class AgreementMissing(Conflict):
    """There is no business associate agreement in force with whoever runs this deployment."""

    code = "AGREEMENT_MISSING"

    def __init__(self) -> None:
        super().__init__("Record the business associate agreement first")


class AgreementNeeded(Conflict):
    """Health data is kept here under this agreement, or is about to be."""

    code = "AGREEMENT_NEEDED"

    def __init__(self) -> None:
        super().__init__("HIPAA mode rests on this agreement: turn it off first")


class DispositionMissing(Conflict):
    """Health data is here, and nobody has said what becomes of it; `rows` says how much."""

    code = "DISPOSITION_MISSING"

    def __init__(self, rows: int) -> None:
        super().__init__("Say what becomes of the health data: returned, destroyed, or why neither")
        self.rows = rows

"""What can go wrong with demands of authorities."""

from domain.errors import Conflict
from tenants.records.legal.models import LegalStage


class WrongDemandStage(Conflict):
    """That cannot be done with a demand as it stands."""

    code = "WRONG_DEMAND_STAGE"

    def __init__(self, stage: LegalStage) -> None:
        super().__init__(f"This demand is {stage}")
        self.stage = stage


class SecondPersonNeeded(Conflict):
    """Whoever took a demand in cannot be the one who agrees to answer it."""

    code = "SECOND_PERSON_NEEDED"

    def __init__(self) -> None:
        super().__init__("Somebody else has to decide than whoever took it in")

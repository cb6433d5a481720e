"""What can go wrong in an organisation."""

from domain.errors import Conflict, LimitReached


class NotOpenedHere(Conflict):
    """The tenant was there before the organisation, which does not decide how it stands."""

    code = "NOT_OPENED_HERE"

    def __init__(self) -> None:
        super().__init__("An organisation suspends only what it has opened")


class WrongStage(Conflict):
    """The change of many tenants is not at the stage from which that can be done."""

    code = "WRONG_STAGE"

    def __init__(self, status: str) -> None:
        super().__init__(f"This change is {status}")
        self.status = status


class TooManyTenants(LimitReached):
    """More tenants than one change can have."""

    code = "TOO_MANY_TENANTS"

    def __init__(self, *, limit: int, used: int) -> None:
        super().__init__(f"Change at most {limit} tenants at once", limit=limit, used=used)


class SavedMeanwhile(Conflict):
    """Somebody else saved a version of the template at the same moment."""

    code = "SAVED_MEANWHILE"

    def __init__(self) -> None:
        super().__init__("Somebody else saved this template just now: look again")

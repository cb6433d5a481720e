"""What can go wrong with alerts, freezing and incidents."""

from domain.errors import Conflict


class IncidentOver(Conflict):
    """The incident is over; another one can be opened."""

    code = "INCIDENT_OVER"

    def __init__(self) -> None:
        super().__init__("This incident is closed: open another one")


class NotYourself(Conflict):
    """Somebody wanted to freeze their own membership."""

    code = "NOT_YOURSELF"

    def __init__(self) -> None:
        super().__init__("You cannot freeze yourself: end your sessions instead")

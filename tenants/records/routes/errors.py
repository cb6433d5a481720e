"""What can go wrong with routes."""

from domain.errors import Conflict


class RouteOutside(Conflict):
    """A recipient keeps data outside the region in which the business keeps its own."""

    code = "ROUTE_OUTSIDE"

    def __init__(self, recipient: str, country: str, region: str) -> None:
        where = country or "a country that nobody has named"
        super().__init__(f"{recipient} keeps data in {where}, outside {region}: accept it first")
        self.recipient = recipient
        self.country = country
        self.region = region

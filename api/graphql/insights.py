"""What many businesses did together, for the operator."""

import datetime

import strawberry

from api.graphql.enums import Measure
from api.graphql.scalars import BigInt
from tenants.insights.rules import Figure


@strawberry.type
class Insight:
    """A sum over many businesses in one month, in which none of them can be made out."""

    month: datetime.date = strawberry.field(description="Its first day.")
    country: str = strawberry.field(description="ISO 3166; `ZZ` for small countries together.")
    measure: Measure
    businesses: int = strawberry.field(description="At least how many; rounded down to fives.")
    total: BigInt = strawberry.field(description="Rounded to tens.")

    @classmethod
    def of(cls, figure: Figure) -> "Insight":
        """The figure as it was kept."""
        return cls(
            month=figure.month,
            country=figure.region,
            measure=figure.measure,
            businesses=figure.businesses,
            total=BigInt(figure.total),
        )

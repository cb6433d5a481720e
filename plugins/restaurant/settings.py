"""What a restaurant sets."""

from pydantic import BaseModel, ConfigDict, Field, model_validator

MOST_SEATS = 100


class Table(BaseModel):
    """A kind of table, as it is booked."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    seats: int = Field(ge=1, le=MOST_SEATS)
    service: str = Field(description="The name of the service.")


class Settings(BaseModel):
    """The restaurant plugin of one tenant."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    tables: tuple[Table, ...] = Field(
        (
            Table(seats=2, service="Table for two"),
            Table(seats=4, service="Table for four"),
            Table(seats=6, service="Table for six"),
        ),
        min_length=1,
        max_length=20,
    )
    largest_party: int = Field(
        6, ge=1, le=MOST_SEATS, description="Larger parties speak with a person."
    )
    host: str = Field("Host", max_length=60)

    @model_validator(mode="after")
    def _tables_suffice(self) -> "Settings":
        if max(table.seats for table in self.tables) < self.largest_party:
            raise ValueError("No table seats the largest party that is booked")
        return self

    def table(self, party: int) -> Table:
        """The smallest table at which a party can sit."""
        fitting = (table for table in self.tables if table.seats >= party)
        return min(fitting, key=lambda table: table.seats)

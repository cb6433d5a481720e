"""What a garage sets."""

from pydantic import BaseModel, ConfigDict, Field


class Settings(BaseModel):
    """The automotive plugin of one tenant."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    towing: str = Field(
        "Towing", max_length=60, description="The telephone for cars that must not be driven."
    )
    tow_in: str = Field(
        "Tow-in inspection",
        max_length=100,
        description="The service that is booked for a car which comes on a truck.",
    )
    not_serviced: tuple[str, ...] = Field(
        (), max_length=50, description="Makes or kinds of vehicles that you do not work on."
    )

"""What a practice sets."""

from pydantic import BaseModel, ConfigDict, Field


class Settings(BaseModel):
    """The healthcare plugin of one tenant."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    on_call: str = Field(
        "On call", max_length=60, description="The telephone that is rung for what cannot wait."
    )
    emergency_number: str = Field(
        "911", pattern=r"^[0-9]{2,6}$", description="What callers are told to dial."
    )
    accepts_new: bool = Field(
        True, description="Whether people who have never been here can book by telephone."
    )
    first_visit: str = Field(
        "New patient exam", max_length=100, description="The service that new patients begin with."
    )
    first_visit_for: tuple[str, ...] = Field(
        ("Cleaning", "Exam"),
        max_length=30,
        description="Services in whose place a new patient is booked for the first visit.",
    )
    asks_insurance: bool = True
    carriers: tuple[str, ...] = Field(
        (),
        max_length=60,
        description="Insurance companies you bill; of others the team is told. Empty: nothing is"
        " compared.",
    )

    def bills(self, carrier: str) -> bool:
        """Whether an insurance company is among those one bills; all are, if none is named."""
        said = carrier.casefold()
        return not self.carriers or any(each.casefold() in said for each in self.carriers)

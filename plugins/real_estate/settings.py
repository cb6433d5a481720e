"""What an estate agent sets."""

from pydantic import BaseModel, ConfigDict, Field


class Listing(BaseModel):
    """A home that is for sale or to let."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=3, max_length=80, description="As callers name it: 12 Oak Street.")
    available: bool = Field(True, description="False, once it is under contract.")


class Settings(BaseModel):
    """The real estate plugin of one tenant."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    listings: tuple[Listing, ...] = Field((), max_length=200)
    agent: str = Field("Agent on duty", max_length=60)

    def listing(self, name: str) -> Listing | None:
        """A listing by its name."""
        return next((each for each in self.listings if each.name == name), None)

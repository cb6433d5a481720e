"""What a home service business sets."""

from pydantic import BaseModel, ConfigDict, Field, field_validator

MOST_AREAS = 500


class Settings(BaseModel):
    """The home services plugin of one tenant."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    postcodes: tuple[str, ...] = Field(
        (), max_length=MOST_AREAS, description="ZIP codes you go to, or how they begin: 10001, 112."
    )
    on_call: str = Field(
        "On call", max_length=60, description="The telephone that is rung for emergencies."
    )

    @field_validator("postcodes")
    @classmethod
    def _are_postcodes(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        plain = tuple("".join(each.upper().split()) for each in given)
        if not all(each.isalnum() for each in plain):
            raise ValueError("A ZIP code is letters and digits, or the beginning of one")
        return plain

    def serves(self, postcode: str) -> bool:
        """Whether this is where the business goes; everywhere, if it names no place."""
        return not self.postcodes or postcode.startswith(self.postcodes)

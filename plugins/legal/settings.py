"""What a law office sets; whom it acts for and against is sealed."""

from pydantic import BaseModel, ConfigDict, Field, SecretStr

MOST_CHARACTERS = 100_000


class Settings(BaseModel):
    """The legal plugin of one tenant."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    parties: SecretStr = Field(
        SecretStr(""),
        max_length=MOST_CHARACTERS,
        description="People and companies whom the office acts for or against, one a line. They"
        " are sealed, and never shown again.",
    )
    matters: tuple[str, ...] = Field(
        ("family law", "employment", "injury", "real estate", "wills and estates"),
        min_length=2,
        max_length=30,
        description="What the office takes on.",
    )
    urgent: str = Field("Attorney on call", max_length=60)

    @property
    def names(self) -> tuple[str, ...]:
        """The parties."""
        lines = self.parties.get_secret_value().splitlines()
        return tuple(line.strip() for line in lines if line.strip())

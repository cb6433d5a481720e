"""What a shop sets."""

from pydantic import BaseModel, ConfigDict, Field


class Settings(BaseModel):
    """The parcels plugin of one shop."""

    model_config = ConfigDict(extra="forbid")

    keep_days: int = Field(
        default=14, ge=1, le=90, title="Days", description="How long a parcel waits"
    )

"""What a practice sets to have its book at Open Dental read and written."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, SecretStr


class Settings(BaseModel):
    """Where the API answers, the two keys, and how the practice reads its own book."""

    model_config = ConfigDict(extra="forbid")

    developer_key: SecretStr
    """The key of whoever runs this, from Open Dental's portal for developers."""
    customer_key: SecretStr
    """The key that was made for the practice, and that it has added to its API."""
    base_url: Annotated[str, Field(pattern=r"^https?://", max_length=500)] = (
        "https://api.opendental.com/api/v1"
    )
    seconds_between_requests: Annotated[float, Field(ge=0, le=60)] = 1.0
    """1 as documented; 0.5 for an enterprise key; 0 for a service at the practice."""
    blockouts_are_busy: bool = True
    """Whether blockouts of an operatory take its time."""
    keeps_to_schedules: bool = False
    """Whether providers are there only in the blocks of their schedules."""

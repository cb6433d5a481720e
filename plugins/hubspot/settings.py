"""What a tenant sets to have its HubSpot told."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

OurField = Literal["full_name", "language", "source"]
TheirField = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,99}$")]
Stage = Annotated[str, Field(min_length=1, max_length=100)]


class Settings(BaseModel):
    """Which account, what is told there, and into which fields."""

    model_config = ConfigDict(extra="forbid")

    account: UUID | None = None
    """Which of several connected accounts; the oldest, if none is named."""
    calls: bool = True
    leads: bool = True
    tasks: bool = True
    """Whether a task is made for each message."""
    pipeline: Stage = "default"
    stage: Stage = "appointmentscheduled"
    link: Annotated[str, Field(pattern=r"^(https://.*\{call_id\}.*)?$", max_length=300)] = ""
    """Where you look at a call, such as https://portal.example/calls/{call_id}."""
    fields: dict[OurField, TheirField] = {}
    """What else of a contact goes into which field there."""

"""What a tenant sets to have an audience at Mailchimp kept."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

MergeTag = Annotated[str, Field(pattern=r"^([A-Z][A-Z0-9_]{0,9})?$")]
Tag = Annotated[str, Field(min_length=1, max_length=100)]


class Settings(BaseModel):
    """Which audience, and what stands there of whoever asked for letters."""

    model_config = ConfigDict(extra="forbid")

    account: UUID | None = None
    """Which of several connected accounts; the oldest, if none is named."""
    audience: Annotated[str, Field(pattern=r"^[A-Za-z0-9]{0,40}$")] = ""
    """The id of the audience, one of `audiences`. Nothing is told before one is chosen."""
    confirm: bool = False
    """Whether Mailchimp writes to everybody first, and sends letters to who confirms."""
    first_name: MergeTag = "FNAME"
    """The field of the first name there; none, if empty."""
    last_name: MergeTag = "LNAME"
    tags: Annotated[list[Tag], Field(max_length=20)] = []
    """What everybody is tagged with who is put there."""

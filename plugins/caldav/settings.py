"""What a tenant sets to have its calendars read and written by CalDAV."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, SecretStr


class Settings(BaseModel):
    """Where the account is and what opens it; use an app password where the service has them."""

    model_config = ConfigDict(extra="forbid")

    url: Annotated[str, Field(pattern=r"^https?://", max_length=500)]
    """https://caldav.icloud.com, https://caldav.fastmail.com/dav/, https://cloud.example/remote.php/dav"""
    username: Annotated[str, Field(min_length=1, max_length=200)]
    password: SecretStr
    addresses: tuple[str, ...] = ()
    """The owner's own e-mail addresses: invitations that they declined take no time."""
    tentative_is_busy: bool = True
    """Whether what is not certain yet takes time."""

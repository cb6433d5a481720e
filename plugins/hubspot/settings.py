"""What a tenant sets to have its HubSpot told."""

from typing import Annotated

from pydantic import Field, SecretStr

from plugins.customer_file import FileSettings

Stage = Annotated[str, Field(min_length=1, max_length=100)]


class Settings(FileSettings):
    """Where deals begin, by the ids that HubSpot shows."""

    pipeline: Stage = "default"
    stage: Stage = "appointmentscheduled"
    hook_secret: SecretStr = SecretStr("")
    """The client secret of the private app there that tells of changes; empty, if none does."""

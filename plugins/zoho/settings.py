"""What a tenant sets to have its Zoho CRM told."""

from typing import Annotated

from pydantic import Field

from plugins.customer_file import FileSettings


class Settings(FileSettings):
    """Where deals begin, and when they are expected to close."""

    stage: Annotated[str, Field(min_length=1, max_length=120)] = "Qualification"
    """The name of a stage, as Zoho shows it."""
    days_to_close: Annotated[int, Field(ge=0, le=3650)] = 30
    """Zoho wants to know when a deal will be closed."""

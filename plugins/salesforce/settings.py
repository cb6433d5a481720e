"""What a tenant sets to have its Salesforce told."""

from typing import Annotated

from pydantic import Field

from plugins.customer_file import FileSettings


class Settings(FileSettings):
    """Where opportunities begin, and when they are expected to close."""

    stage: Annotated[str, Field(min_length=1, max_length=255)] = "Prospecting"
    """The name of a stage, as Salesforce shows it."""
    days_to_close: Annotated[int, Field(ge=0, le=3650)] = 30
    """Salesforce wants to know when an opportunity will be closed."""

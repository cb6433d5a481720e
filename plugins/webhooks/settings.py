"""What a tenant sets once for all its webhooks."""

from pydantic import BaseModel, ConfigDict


class Settings(BaseModel):
    """Nothing: endpoints have their own mutations, because each has secrets and a state."""

    model_config = ConfigDict(extra="forbid")

"""What a business sets once for all its tools."""

from pydantic import BaseModel, ConfigDict


class Settings(BaseModel):
    """Nothing: tools have their own mutations, because each has a secret and a history."""

    model_config = ConfigDict(extra="forbid")

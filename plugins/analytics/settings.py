"""What a tenant sets to have its figures kept by day, and put into a bucket of its own."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator


class Settings(BaseModel):
    """From how many conversations on a figure is told, and where files are put."""

    model_config = ConfigDict(extra="forbid")

    smallest: Annotated[int, Field(ge=3, le=100)] = 5
    """Fewer conversations than this are told together with others only."""
    days_back: Annotated[int, Field(ge=1, le=60)] = 30
    """How many days that are over are made, when it is switched on and after a gap."""
    bucket: Annotated[str, Field(pattern=r"^([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])?$")] = ""
    """The name of your bucket; without one, the figures are here only."""
    endpoint: Annotated[str, Field(pattern=r"^(https?://[^?#]+)?$", max_length=300)] = ""
    """Where it is, unless at Amazon: https://….r2.cloudflarestorage.com, https://minio.example"""
    region: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,40}$")] = "us-east-1"
    prefix: Annotated[str, Field(pattern=r"^([A-Za-z0-9._=-]+/)*$", max_length=200)] = ""
    """What the names of files begin with, such as reception/; empty, or with / at its end."""
    access_key_id: Annotated[str, Field(max_length=200)] = ""
    secret_access_key: SecretStr | None = None

    @model_validator(mode="after")
    def _is_open(self) -> Self:
        if self.bucket and not (self.access_key_id and self.secret_access_key):
            raise ValueError("A bucket needs access_key_id and secret_access_key")
        return self

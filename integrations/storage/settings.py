"""What an operator says about where objects are kept."""

from pydantic import BaseModel, Field


class StorageSettings(BaseModel):
    """One store, named by its URL."""

    url: str
    """`file:///folder`, `s3://bucket/prefix`, `gs://bucket/prefix` or `az://container/prefix`."""
    options: dict[str, str] = Field(default_factory=dict, repr=False)
    """What the store's own environment variables (`AWS_…`, `GOOGLE_…`, `AZURE_…`) leave open."""
    timeout_seconds: int = Field(default=10, ge=1)
    """How long one attempt may take."""
    retry_seconds: int = Field(default=20, ge=0)
    """How long to keep trying; a recorder can wait 40 s before it must let go of sound."""

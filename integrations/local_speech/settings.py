"""What an operator may choose about the speech that runs on this machine."""

import os
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field


class LocalSpeechSettings(BaseModel):
    """Folders, processes and limits of embedded speech."""

    model_config = ConfigDict(frozen=True)

    model_folder: Path = Field(description="Where verified weights are kept, about 210 MB.")
    given_models: Path | None = Field(
        default=None, description="The operator's own copy of the weights; checked all the same."
    )
    # One inference keeps one core busy, so more processes than cores only wait for each other.
    processes: int = Field(
        default_factory=lambda: os.cpu_count() or 1,
        ge=1,
        description="Inference processes; each does one job at a time and takes about 400 MB.",
    )
    threads: int = Field(default=1, ge=1, description="Threads of one inference.")
    voice: str = Field(
        default="joe", description="The voice of a tenant that chose none: joe or espeak."
    )
    queue_limit: int = Field(default=64, ge=1, description="Jobs that may wait at once.")
    deadline: float = Field(default=8.0, gt=0, description="Seconds a caller may wait for a job.")
    stuck_after: float = Field(
        default=40.0, gt=0, description="Seconds after which a running job's process is replaced."
    )
    cache_bytes: int = Field(
        default=64 * 2**20, ge=0, description="Memory for spoken clauses, in bytes."
    )

"""The operator's key at Stripe, and which business is paid on which account, at which price."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr, TypeAdapter


class Till(BaseModel):
    """Where one business is paid: its connected account, and a price that says how much."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    account: str = Field(pattern=r"^acct_\w+$")
    price: str = Field(pattern=r"^price_\w+$")
    """One that lets the customer choose fits every visit."""


_TILLS = TypeAdapter(dict[str, Till])


@dataclass(frozen=True)
class StripeSettings:
    """A key of the platform, and the tills by the short name of their business."""

    secret_key: SecretStr
    tills: Mapping[str, Till] = field(default_factory=dict)
    timeout_seconds: float = 6.0

    @classmethod
    def read(cls, secret_key: SecretStr, path: Path) -> "StripeSettings":
        """Read the file of tills. Raises `ValueError` for one that is wrong."""
        return cls(secret_key, _TILLS.validate_json(path.read_bytes()))

"""What a tenant sets to have its diaries read and written by FHIR."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from domain.errors import InvalidInput
from integrations.fhir import key_of

SCOPES = " ".join(
    (
        "system/Practitioner.rs",
        "system/Schedule.rs",
        "system/Slot.rs",
        "system/Appointment.cruds",
        "system/Patient.cruds",
    )
)


class Settings(BaseModel):
    """Where the practice's system is, and by what it knows us (SMART backend services)."""

    model_config = ConfigDict(extra="forbid")

    base_url: Annotated[str, Field(pattern=r"^https?://", max_length=500)]
    """The FHIR R4 base, such as https://ehr.example/fhir/r4"""
    client_id: Annotated[str, Field(min_length=1, max_length=200)]
    key_id: Annotated[str, Field(min_length=1, max_length=200)]
    """The name (`kid`) of the public key that is registered there."""
    private_key: SecretStr
    """As PEM or JWK: P-384 (ES384), or RSA of 2048 bits or more (RS384)."""
    token_url: Annotated[str, Field(pattern=r"^(https?://.*)?$", max_length=500)] = ""
    """Where tokens are given, if the server does not say that itself."""
    scopes: Annotated[str, Field(min_length=1, max_length=1000)] = SCOPES
    tentative_is_busy: bool = True
    """Whether what is not certain yet takes time."""

    @field_validator("private_key")
    @classmethod
    def _is_a_key(cls, value: SecretStr) -> SecretStr:
        try:
            key_of(value.get_secret_value())
        except InvalidInput as problem:
            raise ValueError(problem.message) from None
        return value

"""What a deployment has to say to take calls through Vonage."""

from pathlib import Path

from pydantic import BaseModel, Field, SecretStr


class VonageSettings(BaseModel):
    """One Vonage application."""

    application_id: str
    private_key: SecretStr
    """PEM text (PKCS 8) of the application's key."""
    signature_secret: SecretStr
    """The account's signature secret: signs every webhook."""
    api_host: str = "api.nexmo.com"
    """Used when a call names no region."""
    trusted_hosts: tuple[str, ...] = (".nexmo.com", ".vonage.com")
    """Hosts that may receive our credentials; a leading dot stands for any subdomain."""
    timeout_seconds: int = Field(default=5, ge=1)
    ca_file: Path | None = None
    """Certificates to trust instead of the system's."""

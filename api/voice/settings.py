"""What a deployment says about live calls."""

from pydantic import BaseModel, Field, SecretStr


class VoiceSettings(BaseModel):
    """How the carrier finds us: by one address, however many media processes there are."""

    public_url: str
    """For webhooks, such as https://voice.example.com."""
    media_url: str
    """For websockets, such as wss://voice.example.com."""
    token_secret: SecretStr = Field(min_length=32)

"""What a deployment says about live calls."""

from pydantic import BaseModel, Field, SecretStr


class VoiceSettings(BaseModel):
    """The media process. One process owns its calls, so both addresses must lead to it."""

    public_url: str
    """Where the carrier reaches this process, such as https://voice.example.com."""
    media_url: str
    """The same for websockets, such as wss://voice.example.com."""
    token_secret: SecretStr = Field(min_length=32)
    max_calls: int = Field(default=3, ge=0)
    """Calls at once; two cores carry three with local speech."""

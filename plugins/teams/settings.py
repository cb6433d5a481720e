"""Which addresses are channels of Teams."""

from urllib.parse import urlsplit

from pydantic import SecretStr, field_validator

from plugins.team_chat import ChannelSettings

# Workflows ("When a Teams webhook request is received") and the older connectors.
HOSTS = (".logic.azure.com", ".api.powerplatform.com", ".webhook.office.com")


class Settings(ChannelSettings):
    """The Teams plugin of one tenant."""

    @field_validator("webhook_url")
    @classmethod
    def _is_of_teams(cls, url: SecretStr) -> SecretStr:
        address = urlsplit(url.get_secret_value())
        if address.scheme != "https" or not (address.hostname or "").endswith(HOSTS):
            raise ValueError("That is not the address of a webhook of Microsoft Teams")
        return url

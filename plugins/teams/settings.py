"""Which channel is told, and about what."""

from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from plugins.report import Topic

# Workflows ("When a Teams webhook request is received") and the older connectors.
HOSTS = (".logic.azure.com", ".api.powerplatform.com", ".webhook.office.com")


class Settings(BaseModel):
    """The Teams plugin of one tenant."""

    model_config = ConfigDict(extra="forbid")

    webhook_url: SecretStr = Field(
        title="Webhook URL",
        description="The address of a webhook of the channel, made under Workflows",
    )
    about: set[Topic] = Field(
        default=set(Topic), title="About", description="Which conversations the channel is told of"
    )

    @field_validator("webhook_url")
    @classmethod
    def _is_of_teams(cls, url: SecretStr) -> SecretStr:
        address = urlsplit(url.get_secret_value())
        if address.scheme != "https" or not (address.hostname or "").endswith(HOSTS):
            raise ValueError("That is not the address of a webhook of Microsoft Teams")
        return url

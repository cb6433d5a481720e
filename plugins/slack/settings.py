"""Which addresses are channels of Slack."""

from pydantic import SecretStr, field_validator

from plugins.team_chat import ChannelSettings

HOSTS = ("https://hooks.slack.com/", "https://hooks.slack-gov.com/")


class Settings(ChannelSettings):
    """The Slack plugin of one tenant."""

    @field_validator("webhook_url")
    @classmethod
    def _is_of_slack(cls, url: SecretStr) -> SecretStr:
        if not url.get_secret_value().startswith(HOSTS):
            raise ValueError("An incoming webhook of Slack begins with https://hooks.slack.com/")
        return url

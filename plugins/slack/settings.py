"""Which channel is told, and about what."""

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from plugins.report import Topic

HOSTS = ("https://hooks.slack.com/", "https://hooks.slack-gov.com/")


class Settings(BaseModel):
    """The Slack plugin of one tenant."""

    model_config = ConfigDict(extra="forbid")

    webhook_url: SecretStr = Field(
        title="Webhook URL", description="The address of an incoming webhook of your workspace"
    )
    about: set[Topic] = Field(
        default=set(Topic), title="About", description="Which conversations the channel is told of"
    )

    @field_validator("webhook_url")
    @classmethod
    def _is_of_slack(cls, url: SecretStr) -> SecretStr:
        if not url.get_secret_value().startswith(HOSTS):
            raise ValueError("An incoming webhook of Slack begins with https://hooks.slack.com/")
        return url

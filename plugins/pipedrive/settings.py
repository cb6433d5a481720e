"""What a tenant sets to have its Pipedrive told."""

from pydantic import SecretStr

from plugins.customer_file import FileSettings


class Settings(FileSettings):
    """Leads begin in the inbox of leads: nothing has to be chosen."""

    hook_secret: SecretStr = SecretStr("")
    """The password of the webhook there that tells of changes; empty, if none does."""

"""What a tenant sets to have its Pipedrive told."""

from plugins.customer_file import FileSettings


class Settings(FileSettings):
    """Leads begin in the inbox of leads: nothing has to be chosen."""

"""The services of which the deployment is a client: known ones, and any that an operator names.

What the operator was given at each stands in one JSON file, by name:
`{"google": {"client_id": "…", "client_secret": "…"}, "acme": {"title": "Acme", …}}`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr, TypeAdapter

from integrations.oauth import Provider
from plugins.connections.errors import UnknownProvider

# What each is asked for is what its calendar needs: times, entries of ours, and which there are.
KNOWN: Mapping[str, dict[str, object]] = {
    "google": {
        "title": "Google",
        "authorize_url": "https://accounts.google.com/o/oauth2/v2/auth",
        "token_url": "https://oauth2.googleapis.com/token",
        "revoke_url": "https://oauth2.googleapis.com/revoke",
        "scopes": (
            "openid",
            "email",
            "https://www.googleapis.com/auth/calendar.events",
            "https://www.googleapis.com/auth/calendar.calendarlist.readonly",
        ),
        # It gives a refresh token only to those who ask for one, and only when it asks the person.
        "extra": {"access_type": "offline", "prompt": "consent"},
    },
    "hubspot": {
        "title": "HubSpot",
        "authorize_url": "https://app.hubspot.com/oauth/authorize",
        "token_url": "https://api.hubapi.com/oauth/v1/token",
        "api_url": "https://api.hubapi.com",
        # Contacts, their deals and what was said with them; and one field of our own for each.
        "scopes": (
            "oauth",
            "crm.objects.contacts.read",
            "crm.objects.contacts.write",
            "crm.objects.deals.read",
            "crm.objects.deals.write",
            "crm.schemas.contacts.write",
            "crm.schemas.deals.write",
        ),
    },
    "microsoft": {
        "title": "Microsoft 365",
        "authorize_url": "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
        "token_url": "https://login.microsoftonline.com/common/oauth2/v2.0/token",
        "scopes": ("openid", "email", "offline_access", "Calendars.ReadWrite"),
        "extra": {"prompt": "select_account"},
    },
}


class Client(BaseModel):
    """What an operator states of one service; for a known one the first two suffice."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    client_id: str = Field(min_length=1)
    client_secret: SecretStr
    title: str = Field(min_length=1)
    authorize_url: str = Field(pattern=r"^https?://")
    token_url: str = Field(pattern=r"^https?://")
    scopes: tuple[str, ...] = Field(min_length=1)
    revoke_url: str = ""
    account_url: str = ""
    api_url: str = ""
    extra: dict[str, str] = {}

    def provider(self, name: str) -> Provider:
        """The service, as it is asked."""
        stated = self.model_dump(exclude={"client_secret"})
        return Provider(name=name, client_secret=self.client_secret.get_secret_value(), **stated)


_STATED = TypeAdapter(dict[str, dict[str, object]])


@dataclass(frozen=True)
class Providers:
    """The services to which accounts can be connected."""

    all: Mapping[str, Provider] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path | None) -> "Providers":
        """From an operator's file; none without one. Raises `ValueError` for a wrong one."""
        if path is None:
            return cls()
        stated = _STATED.validate_python(json.loads(path.read_text()))
        return cls(
            {
                name: Client.model_validate({**KNOWN.get(name, {}), **words}).provider(name)
                for name, words in sorted(stated.items())
            }
        )

    def named(self, name: str) -> Provider:
        """One of them. Raises `UnknownProvider`."""
        if name not in self.all:
            raise UnknownProvider(name)
        return self.all[name]

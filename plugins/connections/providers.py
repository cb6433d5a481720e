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
        "api_url": "https://www.googleapis.com/calendar/v3",
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
            "crm.schemas.contacts.read",
            "crm.schemas.contacts.write",
            "crm.schemas.deals.write",
        ),
    },
    "mailchimp": {
        "title": "Mailchimp",
        "authorize_url": "https://login.mailchimp.com/oauth2/authorize",
        "token_url": "https://login.mailchimp.com/oauth2/token",
        # Which data centre the account is in, whose address is asked from then on.
        "account_url": "https://login.mailchimp.com/oauth2/metadata",
        "account_scheme": "OAuth",
        # It has none: whoever is let in may do what the person may. Tokens do not end.
        "scopes": (),
        "secret_in_body": True,
    },
    "microsoft": {
        "title": "Microsoft 365",
        "authorize_url": "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
        "token_url": "https://login.microsoftonline.com/common/oauth2/v2.0/token",
        "api_url": "https://graph.microsoft.com/v1.0",
        "scopes": ("openid", "email", "offline_access", "Calendars.ReadWrite"),
        "extra": {"prompt": "select_account"},
    },
    "pipedrive": {
        "title": "Pipedrive",
        "authorize_url": "https://oauth.pipedrive.com/oauth/authorize",
        "token_url": "https://oauth.pipedrive.com/oauth/token",
        "revoke_url": "https://oauth.pipedrive.com/oauth/revoke",
        "api_url": "https://api.pipedrive.com",
        # The app states them there, too. Persons, what was said with them, and their leads.
        "scopes": ("contacts:full", "activities:full", "leads:full"),
    },
    "salesforce": {
        "title": "Salesforce",
        "authorize_url": "https://login.salesforce.com/services/oauth2/authorize",
        "token_url": "https://login.salesforce.com/services/oauth2/token",
        "revoke_url": "https://login.salesforce.com/services/oauth2/revoke",
        # Each organisation has an address of its own, which comes with the tokens.
        "scopes": ("api", "refresh_token", "openid"),
    },
    "zoho": {
        "title": "Zoho CRM",
        "authorize_url": "https://accounts.zoho.com/oauth/v2/auth",
        "token_url": "https://accounts.zoho.com/oauth/v2/token",
        "revoke_url": "https://accounts.zoho.com/oauth/v2/token/revoke",
        "account_url": "https://accounts.zoho.com/oauth/user/info",
        "api_url": "https://www.zohoapis.com",
        "scopes": (
            "AaaServer.profile.READ",
            "ZohoCRM.coql.READ",
            "ZohoCRM.modules.contacts.ALL",
            "ZohoCRM.modules.calls.ALL",
            "ZohoCRM.modules.deals.ALL",
            "ZohoCRM.modules.tasks.ALL",
            "ZohoCRM.settings.fields.ALL",
            "ZohoSearch.securesearch.READ",
        ),
        "extra": {"access_type": "offline", "prompt": "consent"},
        "scopes_by": ",",
        "secret_in_body": True,
        # https://www.zoho.com/accounts/protocol/oauth/multi-dc.html
        "data_centres": (
            "https://accounts.zoho.com",
            "https://accounts.zoho.eu",
            "https://accounts.zoho.in",
            "https://accounts.zoho.com.au",
            "https://accounts.zoho.jp",
            "https://accounts.zohocloud.ca",
            "https://accounts.zoho.sa",
            "https://accounts.zoho.uk",
            "https://accounts.zoho.com.cn",
        ),
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
    scopes: tuple[str, ...]
    revoke_url: str = ""
    account_url: str = ""
    account_scheme: str = "Bearer"
    api_url: str = ""
    extra: dict[str, str] = {}
    scopes_by: str = " "
    secret_in_body: bool = False
    data_centres: tuple[str, ...] = ()

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

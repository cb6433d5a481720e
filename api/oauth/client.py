"""An app as authlib sees it: a client."""

from dataclasses import dataclass
from datetime import datetime

from authlib.oauth2.rfc6749 import ClientMixin

from domain.scope import TenantFacts, TenantStatus
from tenants.apps import rules
from tenants.apps.models import App

BASIC, NONE, POST = "client_secret_basic", "none", "client_secret_post"
AUTH_METHODS = [NONE, BASIC, POST]


@dataclass(frozen=True)
class Client(ClientMixin):  # type: ignore[misc]  # authlib has no types
    """An app, who publishes it, and the moment at which it asks."""

    app: App
    home: TenantFacts
    now: datetime

    @property
    def client_id(self) -> str:
        """The public name of the app."""
        return str(self.app.id)

    @property
    def is_served(self) -> bool:
        """Whether other businesses may still be asked for it."""
        return self.home.status is TenantStatus.ACTIVE

    def is_proved_by(self, secret: str | None) -> bool:
        """Whether it is the app that asks; one that can keep no secret only names itself."""
        if not self.app.confidential:
            return secret is None
        earlier = self.app.previous_until is not None and self.app.previous_until > self.now
        hashes = [self.app.secret_hash, self.app.previous_hash if earlier else None]
        return secret is not None and rules.same(secret, hashes)

    def wanted(self, scope: str | None) -> frozenset[str] | None:
        """The permissions of a scope, all of the app's if it is absent; None if one is not its."""
        if not scope:
            return frozenset(self.app.permissions)
        asked = frozenset(scope.split())
        known = frozenset(self.app.permissions)
        return asked | (known & {"tenant:read"}) if asked <= known else None

    def get_client_id(self) -> str:
        """For authlib."""
        return self.client_id

    def get_default_redirect_uri(self) -> None:
        """Every request names its own."""

    def get_allowed_scope(self, scope: str | None) -> str | None:
        """The scope of a request in full; None, which authlib refuses, if it asks too much."""
        wanted = self.wanted(scope)
        return None if wanted is None else " ".join(sorted(wanted))

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        """Letter for letter."""
        return redirect_uri in self.app.redirect_uris

    def check_response_type(self, response_type: str) -> bool:
        """Codes are all there is."""
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        """What it can use to get tokens."""
        if grant_type == "client_credentials":
            return self.app.acts_at_home
        return bool(self.app.redirect_uris)

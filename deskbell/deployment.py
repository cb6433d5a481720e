"""Where this deployment's servers are: what the operator named, or what is embedded."""

import hashlib
import hmac
from dataclasses import dataclass, field

from pydantic import SecretStr

from deskbell.embedded import Progress, silent
from deskbell.home import Home
from deskbell.roles import Databases, databases
from deskbell.settings import Settings
from domain.encryption import DataKey

NAME = "deskbell"


@dataclass(frozen=True)
class Deployment:
    """Settings with every gap filled."""

    settings: Settings
    home: Home
    databases: Databases
    redis_url: str = field(repr=False)
    admin_url: str | None = field(default=None, repr=False)
    """A role that may create roles and databases; None where they are made by hand."""
    keyring_admin_url: str | None = field(default=None, repr=False)

    def master_key(self) -> DataKey:
        """The key above all keys."""
        return self.home.master_key(self.settings.master_key_file)

    def secret(self, purpose: str) -> bytes:
        """A secret for one purpose: signing sessions, links, call tokens."""
        given = _text(self.settings.secret_key).encode() or self.home.secret_key()
        return hmac.digest(given, purpose.encode(), hashlib.sha256)


def find(settings: Settings, progress: Progress = silent) -> Deployment:
    """Find or start what this deployment stands on."""
    home = Home(settings.home)
    embedded = home.start_servers(progress) if _needs_embedded(settings) else None
    redis_url = _text(settings.redis_url) or (embedded.redis_url if embedded else "")
    if _roles_are_made_by_hand(settings):
        return Deployment(settings, home, _made_by_hand(settings), redis_url)
    admin = _text(settings.database_url) or (embedded.database_url if embedded else "")
    keyring = _text(settings.keyring_url) or admin
    made = databases(admin, keyring, home.folder, NAME)
    return Deployment(settings, home, made, redis_url, admin, keyring)


def _needs_embedded(settings: Settings) -> bool:
    named = settings.database_url is not None or _roles_are_made_by_hand(settings)
    return not named or settings.redis_url is None


def _roles_are_made_by_hand(settings: Settings) -> bool:
    """One URL is enough to tell: no process needs them all."""
    return any((settings.owner_url, settings.runtime_url, settings.system_url))


def _made_by_hand(settings: Settings) -> Databases:
    """The roles of an operator who makes them; a process is given only the URLs of its own."""
    return Databases(
        owner=_text(settings.owner_url),
        runtime=_text(settings.runtime_url),
        system=_text(settings.system_url),
        keyring_owner=_text(settings.keyring_owner_url),
        keyring_runtime=_text(settings.keyring_runtime_url),
        keyring_system=_text(settings.keyring_system_url),
    )


def _text(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""

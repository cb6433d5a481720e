"""What single sign-on believes, and whom it lets in. No I/O."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from domain.errors import InvalidInput
from tenants.models import Role
from tenants.sso.ports import Named

LONGEST_DOMAIN = 253
LONGEST_NAME = 100
LONGEST_ADDRESS = 254
LONGEST_PATH = 300
LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
ADDRESS = re.compile(r"[^@\s,\"<>()]+@[^@\s,\"<>()]+")
# Where everybody may have an address, no business can speak for all of them.
PUBLIC_MAIL = frozenset(
    {
        *("aol.com", "fastmail.com", "gmail.com", "gmx.com", "gmx.de", "gmx.net", "googlemail.com"),
        *("hey.com", "hotmail.co.uk", "hotmail.com", "icloud.com", "live.com", "mac.com"),
        *("mail.com", "mail.ru", "me.com", "msn.com", "outlook.com", "pm.me", "proton.me"),
        *("protonmail.com", "qq.com", "t-online.de", "web.de", "yahoo.co.uk", "yahoo.com"),
        *("yandex.com", "yandex.ru", "ymail.com", "zoho.com", "163.com", "126.com"),
    }
)
# That a second factor was asked for, in the words of RFC 8176 and of those who came before it.
MFA_METHODS = frozenset({"mfa"})
MFA_CONTEXTS = frozenset(
    {
        "http://schemas.openid.net/pape/policies/2007/06/multi-factor",
        "https://refeds.org/profile/mfa",
        "phr",
        "phrh",
        "urn:okta:loa:2fa:any",
    }
)
CHALLENGE_AT = "_deskbell-challenge"


class Refusal(Exception):
    """Somebody is not let in; `reason` is a word for the tenant's audit trail."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def domain_named(written: str) -> str:
    """A domain as it is compared: small letters, in ASCII. Raises `InvalidInput`."""
    try:
        domain = written.strip().rstrip(".").lower().encode("idna").decode()
    except UnicodeError as problem:
        raise InvalidInput.at("domain", "That is not a domain") from problem
    labels = domain.split(".")
    numbers = labels[-1].isdecimal()
    if len(domain) > LONGEST_DOMAIN or len(labels) < 2 or numbers or not all(map(_label, labels)):
        raise InvalidInput.at("domain", "That is not a domain")
    if domain in PUBLIC_MAIL:
        raise InvalidInput.at("domain", "Anybody may have an address there", "PUBLIC_DOMAIN")
    return domain


def record_of(domain: str) -> str:
    """The name at which a domain's TXT record is looked for."""
    return f"{CHALLENGE_AT}.{domain}"


def domain_of(email: str) -> str:
    """The domain of an address, as it is compared."""
    return email.rpartition("@")[2].strip().lower()


def address_in(named: Named, *, trust_email: bool) -> str:
    """The address that a provider vouches for. Raises `Refusal`."""
    email = named.email.strip().lower()
    if not email.isascii() or len(email) > LONGEST_ADDRESS or not ADDRESS.fullmatch(email):
        raise Refusal("no_email")
    # Word for word: "false" would be true.
    if named.email_verified is not True and not trust_email:
        raise Refusal("email_unverified")
    return email


def name_in(named: Named, email: str) -> str:
    """What to call a newcomer."""
    plain = "".join(letter for letter in named.name if letter.isprintable()).strip()
    return plain[:LONGEST_NAME] or email.partition("@")[0][:LONGEST_NAME]


def is_vouched(named: Named) -> bool:
    """Whether the provider says that it asked for a second factor."""
    return bool(MFA_METHODS & set(named.amr)) or named.acr in MFA_CONTEXTS


def proved_at(named: Named, now: datetime) -> datetime | None:
    """When somebody last proved who they are; a provider may let them in for weeks without."""
    return min(named.auth_time, now) if named.auth_time else None


def role_in(named: Named, claim: str, roles: Mapping[str, str]) -> Role | None:
    """The role that a provider's claim stands for, the first that fits; None if none does."""
    given = _words(named.claims.get(claim)) if claim else ()
    for value, role in roles.items():
        if value in given:
            return Role(role)
    return None


def path_back(wanted: str | None) -> str:
    """A path of our own to go on at; anything else leads to the front page."""
    ours = wanted and re.fullmatch(r"/(?![/\\])[!-\[\]-~]*", wanted)
    return wanted if ours and wanted and len(wanted) <= LONGEST_PATH else "/"


def _label(label: str) -> bool:
    return LABEL.fullmatch(label) is not None


def _words(value: Any) -> tuple[str, ...]:
    """A claim's value as words: providers send one, or a list."""
    if isinstance(value, str):
        return (value,)
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()

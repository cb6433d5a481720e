"""How an organisation appears to its tenants."""

import re
from dataclasses import dataclass
from typing import Any

from domain.errors import InvalidInput
from domain.scope import TenantKind
from domain.work import UnitOfWork
from tenants.grants.service import of_a_house
from tenants.organizations.events import BrandingUpdated
from tenants.organizations.models import Branding
from tenants.organizations.repository import Brands
from tenants.sign_up import address_of

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
COLOUR_NAMES = {"primary", "accent", "background", "text"}
HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
LONGEST_NAME = 100
LONGEST_URL = 300


@dataclass(frozen=True)
class Appearance:
    """What to change; None leaves it as it is, and nothing at all clears it."""

    name: str | None = None
    logo_url: str | None = None
    colours: dict[str, str] | None = None
    support_email: str | None = None
    reply_to: str | None = None
    domain: str | None = None


async def update(uow: UnitOfWork, wanted: Appearance) -> Branding:
    """Let the organisation's tenants see it so. Raises `InvalidInput`."""
    uow.require("organization:write")
    of_a_house(uow, TenantKind.ORGANIZATION)
    given: dict[str, Any] = {k: v for k, v in vars(wanted).items() if v is not None}
    values = {name: _checked(name, value) for name, value in given.items()}
    brands = Brands(uow)
    row = await brands.maybe(brands.all().select_for_update())
    if row is None:
        row = await brands.add(id=uow.tenant_id, updated_at=uow.now, **values)
    else:
        await brands.save(row, updated_at=uow.now, **values)
    uow.record(BrandingUpdated(branding_id=row.id))
    return row


def _checked(name: str, value: Any) -> Any:
    if name == "colours":
        return _colours(value)
    value = value.strip()
    return CHECKS[name](value) if value else ""


def _colours(colours: dict[str, str]) -> dict[str, str]:
    for name, colour in colours.items():
        if name not in COLOUR_NAMES or not COLOUR.fullmatch(colour):
            raise InvalidInput.at("colours", "Name colours as #rrggbb", "INVALID")
    return colours


def _name(name: str) -> str:
    if len(name) > LONGEST_NAME:
        raise InvalidInput.at("name", f"Use at most {LONGEST_NAME} characters")
    return name


def _logo(url: str) -> str:
    if not url.startswith("https://") or len(url) > LONGEST_URL or any(map(str.isspace, url)):
        raise InvalidInput.at("logo_url", "Use an https:// address")
    return url


def _domain(domain: str) -> str:
    domain = domain.lower()
    if not HOST.fullmatch(domain):
        raise InvalidInput.at("domain", "Use a host name, such as desk.example.com")
    return domain


CHECKS = {
    "name": _name,
    "logo_url": _logo,
    "support_email": address_of,
    "reply_to": address_of,
    "domain": _domain,
}

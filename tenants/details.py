"""What a business is called and where it is: checked, and changed by those who run it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from domain.errors import InvalidInput
from domain.hours import known_zone
from domain.phone import known_region
from domain.texts.catalogue import languages
from domain.words import fitting
from domain.work import UnitOfWork
from tenants.events import TenantUpdated
from tenants.models import Tenant
from tenants.repository import Tenants

LOCALE = re.compile(r"([a-z]{2,3})(-[A-Z]{2})?")
LONGEST_NAME = 100


def known_locale(locale: str) -> str:
    """A locale such as `en-US` in whose language there are texts. Raises `InvalidInput`."""
    written = LOCALE.fullmatch(locale)
    if written is None or written[1] not in languages():
        spoken = ", ".join(languages())
        raise InvalidInput.at(
            "locale", f"{locale!r} is not a locale of {spoken}, such as en-US", "UNKNOWN_LOCALE"
        )
    return locale


CHECKS: dict[str, Callable[[str], str]] = {
    "name": lambda name: fitting("name", name, LONGEST_NAME),
    "timezone": known_zone,
    "locale": known_locale,
    "region": known_region,
}


@dataclass(frozen=True)
class Changes:
    """What an owner may change of a business; None leaves it as it is.

    Its currency is not among them: every price is a number of that currency.
    """

    name: str | None = None
    timezone: str | None = None
    locale: str | None = None
    region: str | None = None


def checked(details: Mapping[str, str | None]) -> dict[str, str]:
    """The details that are given, as they are stored. Raises `InvalidInput`."""
    return {
        name: check(value)
        for name, check in CHECKS.items()
        if (value := details.get(name)) is not None
    }


async def update(uow: UnitOfWork, changes: Changes) -> Tenant:
    """Change what is known of a business; a call that begins after it is pinned to a new version.

    The time zone is that of the business as a whole: its locations, and the visits that are
    booked there, keep their own. Raises `InvalidInput`.
    """
    uow.require("tenant:write")
    wanted = checked(vars(changes))
    tenants = Tenants(uow)
    tenant = await tenants.lock(uow.tenant_id)
    changed = {name: value for name, value in wanted.items() if getattr(tenant, name) != value}
    if changed:
        await tenants.save(tenant, **changed)
        uow.record(TenantUpdated(tenant_id=tenant.id, changed=tuple(changed)))
    return tenant

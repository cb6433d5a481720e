"""The vendors of a deployment: which there are follows from the settings, the rest is stated.

What an operator states of each stands in one JSON file (`DESKBELL_VENDORS_FILE`), by service:
`{"mail": {"name": "Mail Inc.", "country": "US", "transfer": "standard_clauses", …}}`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from deskbell.settings import Settings
from domain.personal import DataClass
from domain.privacy.purposes import Purpose
from domain.privacy.recipients import Recipient, TransferBasis

EVERYTHING = frozenset(DataClass) - {DataClass.NONE}
# Letters to staff, and what they are told of calls and chats where a business wants that.
IN_LETTERS = frozenset(
    {
        DataClass.ACCOUNT,
        DataClass.APPOINTMENT,
        DataClass.CALLER_IDENTITY,
        DataClass.CALL_METADATA,
        DataClass.INQUIRY,
        DataClass.TRANSCRIPT,
    }
)
ON_THE_LINE = frozenset({DataClass.CALLER_IDENTITY, DataClass.CALL_METADATA, DataClass.RECORDING})
IN_OBJECTS = frozenset({DataClass.AUDIT, DataClass.RECORDING})


class Service(StrEnum):
    """What a vendor can do for a deployment."""

    DATABASE = "database"
    FAULTS = "faults"
    KEYRING = "keyring"
    MACHINES = "machines"
    MAIL = "mail"
    PAYMENTS = "payments"
    STORAGE = "storage"
    TELEPHONY = "telephony"


class Terms(BaseModel):
    """What an operator states of one vendor."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = ""
    country: str = Field("", pattern=r"^([A-Z]{2})?$")
    transfer: TransferBasis = TransferBasis.UNKNOWN
    baa: bool = False
    task_only: bool = False
    no_training: bool = False


@dataclass(frozen=True)
class Use:
    """What a service is given, and what for."""

    words: str
    data: frozenset[DataClass]
    purpose: Purpose


USES: Mapping[Service, Use] = {
    Service.DATABASE: Use("database", EVERYTHING, Purpose.SERVICE),
    Service.FAULTS: Use("reports of faults", frozenset({DataClass.LOG}), Purpose.MONITORING),
    Service.KEYRING: Use(
        "database of wrapped keys", frozenset({DataClass.CREDENTIAL}), Purpose.SECURITY
    ),
    Service.MACHINES: Use("computers", EVERYTHING, Purpose.SERVICE),
    Service.MAIL: Use("e-mail", IN_LETTERS, Purpose.SERVICE_MESSAGES),
    Service.PAYMENTS: Use(
        "pages to pay at", frozenset({DataClass.CALL_METADATA}), Purpose.CALL_DELIVERY
    ),
    Service.STORAGE: Use(
        "store of recordings and sealed trails, encrypted", IN_OBJECTS, Purpose.CALL_DELIVERY
    ),
    Service.TELEPHONY: Use("telephone network", ON_THE_LINE, Purpose.CALL_ROUTING),
}
_STATED = TypeAdapter(dict[Service, Terms])


def vendors(settings: Settings) -> tuple[Recipient, ...]:
    """Every vendor that the settings make use of. Raises `ValueError` for a file that is wrong."""
    stated = _stated(settings)
    found = {**dict.fromkeys(stated, ""), Service.MACHINES: "", **_used(settings)}
    return tuple(
        _recipient(service, found[service], stated.get(service, Terms()))
        for service in sorted(found)
    )


def _stated(settings: Settings) -> dict[Service, Terms]:
    if settings.vendors_file is None:
        return {}
    return _STATED.validate_python(json.loads(settings.vendors_file.read_text()))


def _used(settings: Settings) -> dict[Service, str]:
    """The services that are somebody else's, with the name that the settings give them."""
    urls = {
        Service.DATABASE: settings.database_url or settings.runtime_url,
        Service.FAULTS: settings.sentry_dsn,
        Service.KEYRING: settings.keyring_url or settings.keyring_runtime_url,
        Service.MAIL: settings.smtp_url,
    }
    used = {
        service: urlsplit(url.get_secret_value()).hostname or ""
        for service, url in urls.items()
        if url is not None
    }
    if settings.storage_url and not settings.storage_url.startswith("file:"):
        used[Service.STORAGE] = settings.storage_url.partition(":")[0]
    if settings.vonage_application_id:
        used[Service.TELEPHONY] = "Vonage"
    if settings.stripe_tills_file is not None:
        used[Service.PAYMENTS] = "Stripe"
    return used


def _recipient(service: Service, known_as: str, terms: Terms) -> Recipient:
    use = USES[service]
    return Recipient(
        name=terms.name or known_as or "The operator's own",
        service=use.words,
        data=use.data,
        purpose=use.purpose,
        **terms.model_dump(exclude={"name"}),
    )

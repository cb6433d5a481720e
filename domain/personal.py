"""Personal data, labelled where it is declared.

Every column of every table says what kind of data it holds; every table that holds any says whose
it is and from when its age counts. Retention, export, erasure and redaction read these labels, so
there is no list of tables to keep by hand.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from tortoise.fields.base import Field
from tortoise.models import Model

F = TypeVar("F", bound=Field)  # type: ignore[type-arg]  # a field of any value


class DataClass(StrEnum):
    """What kind of data a column holds. The promise each answers to is in brackets."""

    NONE = "none"
    ACCOUNT = "account"  # P001, P002
    APPOINTMENT = "appointment"  # P018
    AUDIT = "audit"
    BILLING = "billing"  # P004
    BUSINESS = "business"  # P006–P009
    CALL_METADATA = "call_metadata"  # P012, P013, P016, P020
    CALLER_IDENTITY = "caller_identity"  # P010, P011
    CONSENT = "consent"
    CREDENTIAL = "credential"  # P003: never exported
    DEVICE = "device"  # P026
    INQUIRY = "inquiry"  # P019, P021
    LEAD = "lead"  # P034
    LOCATION = "location"  # P028
    LOG = "log"  # P027
    MARKETING = "marketing"  # P024
    RECORDING = "recording"  # P014
    SUPPORT = "support"  # P022
    SURVEY = "survey"  # P023
    TRANSCRIPT = "transcript"  # P015, P017
    USAGE = "usage"  # P025


class Source(StrEnum):
    """Where a fact about a person came from."""

    CALLER = "caller"
    INTEGRATION = "integration"
    LEAD_PARTNER = "lead_partner"
    OWNER = "owner"
    PUBLIC_DATABASE = "public_database"


@dataclass(frozen=True)
class Personal:
    """Whose data a table holds, and how old it is.

    `subject` is the column, or the path of columns through other tables, that leads to a contact
    or a user: `contact_id`, `conversation_id.contact_id`, or `id` for the person's own row.
    `derived_from` is the table from whose rows this one's are made, or the column that leads there:
    where a row names nobody itself it is theirs whom that is about, and it goes when that goes.
    `number` is the blind index by which rows are found whose path leads to nobody.
    """

    subject: str
    clock: str
    derived_from: str | None = None
    number: str | None = None


def labelled(field: F, data_class: DataClass, *, names: bool = False) -> F:
    """Say what kind of data a column holds, and whether it `names` somebody to whoever asks around.

    Nothing that names somebody stays in a row that is made anonymous, whatever kind it is of.
    """
    # Attributes, because Tortoise copies and compares fields by their constructor's words.
    field.data_class = data_class  # type: ignore[attr-defined]
    field.names = names  # type: ignore[attr-defined]
    return field


def fingerprints(field: F, column: str, name: str) -> F:
    """Say that a column finds equal values of a sealed one, and under which name they are keyed."""
    field.fingerprints = (column, name)  # type: ignore[attr-defined]
    return field


def fingerprinted(model: type[Model]) -> dict[str, tuple[str, str]]:
    """The columns of a table that are blind indexes: of which column, under which name."""
    return {
        name: field.fingerprints
        for name, field in model._meta.fields_map.items()
        if hasattr(field, "fingerprints")
    }


def labels(model: type[Model]) -> dict[str, DataClass | None]:
    """The label of each column of a table; None where it was forgotten."""
    return {
        name: getattr(field, "data_class", None)
        for name, field in model._meta.fields_map.items()
        if field.has_db_field
    }

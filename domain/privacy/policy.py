"""What a business promises of its callers' data, and an operator of its customers', as values.

The published policy and the running behaviour come from the same object: retention, consent,
redaction, deadlines and training all ask the profile, and nobody else knows a number.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from domain.personal import DataClass
from domain.privacy.periods import Period
from domain.privacy.purposes import Basis, Purpose


class Preset(StrEnum):
    """Archetypes of a policy, each after one that is published."""

    NINETY_DAYS = "ninety_days"
    """Recordings for ninety days, longer or shorter on request."""
    PLAN_BOUND = "plan_bound"
    """Recordings and transcripts for as long as the plan says, six to twelve months."""
    HEALTHCARE = "healthcare"
    """What patients say for seven years."""
    INACTIVITY = "inactivity"
    """Everything until an account has been inactive for a year; then archived, then gone."""
    MINIMAL = "minimal"
    """As short as the work allows; every question answered within thirty days."""


class Action(StrEnum):
    """What becomes of data whose time is over."""

    ANONYMISE = "anonymise"
    ARCHIVE = "archive"
    """Kept apart, sealed and out of reach, for a while; then deleted."""
    DELETE = "delete"


class Since(StrEnum):
    """From when a period is counted."""

    CLOSURE = "closure"
    """The day the account was closed; until then it is kept."""
    COLLECTED = "collected"
    """The moment the row's clock shows."""
    INACTIVITY = "inactivity"
    """The last sign of life of the account."""


class StorageMode(StrEnum):
    """How much of a conversation is kept at all."""

    EVERYTHING = "everything"
    NO_IDENTIFIERS = "no_identifiers"
    """What was said, without who said it."""
    METADATA_ONLY = "metadata_only"
    """That there was a call, and what came of it."""
    ZERO = "zero"
    """Nothing, once the conversation is over, but what the caller asked to be kept."""


class Destination(StrEnum):
    """Where words may go; each may see different kinds of data."""

    LOG = "log"
    MODEL = "model"
    NOTIFICATION = "notification"
    RECORD = "record"
    TRAINING = "training"
    WEBHOOK = "webhook"


class Sensitive(StrEnum):
    """Kinds of words that are masked for some destinations. Cards are masked for all, always."""

    BIRTH_DATE = "birth_date"
    HEALTH = "health"
    SOCIAL_SECURITY = "social_security"


# What each side answers for. A business never sets what the operator holds, nor the other way.
OF_CALLERS = frozenset(
    {
        DataClass.APPOINTMENT,
        DataClass.CALL_METADATA,
        DataClass.CALLER_IDENTITY,
        DataClass.CONSENT,
        DataClass.INQUIRY,
        DataClass.LEAD,
        DataClass.RECORDING,
        DataClass.SURVEY,
        DataClass.TRANSCRIPT,
    }
)
OF_CUSTOMERS = frozenset(
    {
        DataClass.ACCOUNT,
        DataClass.AUDIT,
        DataClass.BILLING,
        DataClass.DEVICE,
        DataClass.LOCATION,
        DataClass.LOG,
        DataClass.MARKETING,
        DataClass.SUPPORT,
        DataClass.USAGE,
    }
)

_IDENTIFYING = frozenset({DataClass.CALLER_IDENTITY})
_SAID = frozenset({DataClass.INQUIRY, DataClass.RECORDING, DataClass.SURVEY, DataClass.TRANSCRIPT})
# What a conversation leaves behind by itself, by how much a business wants to keep. What a caller
# asks for (a message, a visit) is kept in every mode, for it is the service.
NOT_KEPT: Mapping[StorageMode, frozenset[DataClass]] = {
    StorageMode.EVERYTHING: frozenset(),
    StorageMode.NO_IDENTIFIERS: _IDENTIFYING,
    StorageMode.METADATA_ONLY: _IDENTIFYING | _SAID,
    StorageMode.ZERO: _IDENTIFYING | _SAID | {DataClass.CALL_METADATA},
}


class Frozen(BaseModel):
    """Values that do not change: a change is another version."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Retention(Frozen):
    """For how long one kind of data is kept, why, and what becomes of it then."""

    keep: Period
    since: Since = Since.COLLECTED
    then: Action = Action.DELETE
    archived: Period | None = None
    """How long it lies in the archive before it is deleted."""
    purpose: Purpose
    basis: Basis

    @model_validator(mode="after")
    def _archive_ends(self) -> Self:
        if (self.then is Action.ARCHIVE) != (self.archived is not None):
            raise ValueError("Say how long it is archived if, and only if, it is archived")
        return self

    @property
    def longest(self) -> int:
        """The days after which nothing is left of it, in the archive or outside."""
        return self.keep.least_days + (self.archived.least_days if self.archived else 0)


Schedule = Mapping[DataClass, Retention]


class Deadline(Frozen):
    """By when something is to be done: days of the calendar, or days on which people work."""

    days: Annotated[int, Field(ge=1, le=366)]
    working: bool = False


class RecordingChoices(Frozen):
    """What a business wants of calls, within what the law allows: it can only be stricter."""

    enabled: bool = True
    always_ask: bool = False
    """Ask for a spoken yes even where an announcement would do."""
    transcript_on_decline: bool = False
    """Whether the words of somebody who refuses to be recorded are written down."""


class Contact(Frozen):
    """Somebody who answers for privacy."""

    name: Annotated[str, Field(max_length=100)] = ""
    email: Annotated[str, Field(max_length=254)] = ""

    @property
    def is_reachable(self) -> bool:
        """Whether a person can be written to."""
        return bool(self.name.strip()) and "@" in self.email


class Profile(Frozen):
    """What both sides of the house promise."""

    preset: Preset
    retention: Schedule
    privacy_contact: Contact = Contact()
    data_protection_officer: Contact = Contact()
    delete_within: Deadline
    """How soon a wish to be deleted is fulfilled."""
    answer_within: Deadline
    """How soon a question about privacy is answered."""
    tls_floor: Annotated[str, Field(pattern=r"1\.[23]")] = "1.3"


P = TypeVar("P", bound=Profile)


class PrivacyProfile(Profile):
    """What one business does with what it learns of its callers."""

    storage: StorageMode = StorageMode.EVERYTHING
    recording: RecordingChoices = RecordingChoices()
    minimum_age: Annotated[int, Field(ge=13, le=18)] = 18
    """Younger callers are handed to an adult, a person of the business, or a message."""
    forget_children: bool = True
    """Whether what a child said is erased by itself; otherwise, and where health is handled, the
    team has a task."""
    training: bool = False
    """Whether anonymised conversations may improve the receptionist; one of four conditions."""
    hipaa: bool = False
    region: Annotated[str, Field(max_length=12)] = ""
    """Where its data must stay: `US`, `EU`…; empty if it does not matter."""
    masked: Mapping[Destination, frozenset[Sensitive]] = Field(default_factory=dict)
    """What is masked in words that go there."""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        return _covers(self, OF_CALLERS)

    def keeps(self, data_class: DataClass) -> bool:
        """Whether a conversation may leave this kind of data behind at all."""
        return data_class not in NOT_KEPT[self.storage]

    @property
    def forgets_children(self) -> bool:
        """Whether it is; nothing in a record of health goes by a guess."""
        return self.forget_children and not self.hipaa

    def masks(self, destination: Destination) -> frozenset[Sensitive]:
        """What is masked in words that go there."""
        return self.masked.get(destination, frozenset())


class OperatorProfile(Profile):
    """What the operator does with what it learns of its customers and their staff."""

    inactive_after: Period = Period(days=365)
    """Without a sign-in or a call for so long, an account is inactive."""
    warn_before: tuple[int, ...] = (30, 7, 1)
    """Days before an account becomes inactive on which its owner is told."""
    reactivation: Period = Period(days=90)
    """For how long after it was closed an account can be taken up again."""
    backups: Period = Period(days=30)
    """After so long nothing that was deleted is in any backup."""
    notice_of_change: Period = Period(days=30)
    """How long before a change of policy takes effect customers hear of it."""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        return _covers(self, OF_CUSTOMERS)


def _covers(profile: P, classes: frozenset[DataClass]) -> P:
    if missing := sorted(classes - profile.retention.keys()):
        raise ValueError(f"Say how long to keep: {', '.join(missing)}")
    if foreign := sorted(profile.retention.keys() - classes):
        raise ValueError(f"Not yours to decide: {', '.join(foreign)}")
    return profile

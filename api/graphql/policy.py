"""What is promised of personal data: by a business of its callers, by the operator of customers."""

from datetime import datetime

import strawberry

from api.graphql.context import Info
from api.graphql.enums import (
    DataClass,
    LegalBasis,
    PolicyPreset,
    Purpose,
    RetentionAction,
    RetentionStart,
    SensitiveKind,
    StorageMode,
    WordsDestination,
)
from api.graphql.ids import Node, write_id
from api.graphql.pagination import Connection, Listing, Order, Paged
from domain.privacy import policy
from plugins.graphql_kit import Needs
from tenants.policy import models, service
from tenants.policy.profiles import promised
from tenants.policy.repository import PolicyVersions, of_operator

READ, WRITE = service.READ, service.WRITE
PERIOD = "Years, months and days, ISO 8601: `P7Y`, `P6M`, `P90D`."


@strawberry.type
class RetentionRule:
    """For how long one kind of data is kept, why, and what becomes of it then."""

    data_class: DataClass
    keep: str = strawberry.field(description=PERIOD)
    since: RetentionStart
    then: RetentionAction
    archived: str | None = strawberry.field(description="How long it lies in the archive.")
    purpose: Purpose
    basis: LegalBasis

    @classmethod
    def of(cls, data_class: DataClass, rule: policy.Retention) -> "RetentionRule":
        """The rule for a kind of data."""
        return cls(
            data_class=data_class,
            keep=str(rule.keep),
            since=rule.since,
            then=rule.then,
            archived=str(rule.archived) if rule.archived else None,
            purpose=rule.purpose,
            basis=rule.basis,
        )


@strawberry.type
class Deadline:
    """By when something is done: days of the calendar, or days on which people work."""

    days: int
    working: bool

    @classmethod
    def of(cls, deadline: policy.Deadline) -> "Deadline":
        """The deadline of a profile."""
        return cls(days=deadline.days, working=deadline.working)


@strawberry.type
class PrivacyContact:
    """Somebody who answers for privacy."""

    name: str
    email: str

    @classmethod
    def of(cls, contact: policy.Contact) -> "PrivacyContact":
        """The contact of a profile."""
        return cls(name=contact.name, email=contact.email)


@strawberry.type
class MaskedWords:
    """What is masked in words that go somewhere. Card numbers are masked everywhere, always."""

    destination: WordsDestination
    kinds: list[SensitiveKind]


@strawberry.type
class RecordingPolicy:
    """What a business wants of calls, within what the law allows."""

    enabled: bool
    always_ask: bool = strawberry.field(description="Whether a spoken yes is always asked for.")
    transcript_on_decline: bool


@strawberry.type
class CallerPolicy:
    """What a business promises of its callers' data alone."""

    storage: StorageMode
    recording: RecordingPolicy
    minimum_age: int
    forget_children: bool = strawberry.field(
        description="Whether what a child said is erased by itself; never where HIPAA binds."
    )
    training: bool
    hipaa: bool
    region: str
    masked: list[MaskedWords]

    @classmethod
    def of(cls, profile: policy.PrivacyProfile) -> "CallerPolicy":
        """The caller's side of a profile."""
        return cls(
            storage=profile.storage,
            recording=RecordingPolicy(**profile.recording.model_dump()),
            minimum_age=profile.minimum_age,
            forget_children=profile.forgets_children,
            training=profile.training,
            hipaa=profile.hipaa,
            region=profile.region,
            masked=[
                MaskedWords(destination=destination, kinds=sorted(kinds))
                for destination, kinds in sorted(profile.masked.items())
            ],
        )


@strawberry.type
class CustomerPolicy:
    """What an operator promises of its customers' accounts alone."""

    inactive_after: str = strawberry.field(description=PERIOD)
    warn_before: list[int] = strawberry.field(description="Days before an account is inactive.")
    reactivation: str = strawberry.field(description=PERIOD)
    backups: str = strawberry.field(description=PERIOD)
    notice_of_change: str = strawberry.field(description=PERIOD)

    @classmethod
    def of(cls, profile: policy.OperatorProfile) -> "CustomerPolicy":
        """The customers' side of a profile."""
        return cls(
            inactive_after=str(profile.inactive_after),
            warn_before=list(profile.warn_before),
            reactivation=str(profile.reactivation),
            backups=str(profile.backups),
            notice_of_change=str(profile.notice_of_change),
        )


@strawberry.type
class Policy:
    """A promise as a whole: what is kept, why, for how long, and who answers for it."""

    preset: PolicyPreset
    retention: list[RetentionRule]
    privacy_contact: PrivacyContact
    data_protection_officer: PrivacyContact
    delete_within: Deadline
    answer_within: Deadline
    tls_floor: str
    callers: CallerPolicy | None = strawberry.field(description="Null for an operator's policy.")
    customers: CustomerPolicy | None = strawberry.field(description="Null for a business's.")

    @classmethod
    def of(cls, profile: policy.Profile) -> "Policy":
        """The policy of a profile."""
        rules = sorted(profile.retention.items())
        callers = CallerPolicy.of(profile) if isinstance(profile, policy.PrivacyProfile) else None
        customers = (
            CustomerPolicy.of(profile) if isinstance(profile, policy.OperatorProfile) else None
        )
        return cls(
            preset=profile.preset,
            retention=[RetentionRule.of(data_class, rule) for data_class, rule in rules],
            privacy_contact=PrivacyContact.of(profile.privacy_contact),
            data_protection_officer=PrivacyContact.of(profile.data_protection_officer),
            delete_within=Deadline.of(profile.delete_within),
            answer_within=Deadline.of(profile.answer_within),
            tls_floor=profile.tls_floor,
            callers=callers,
            customers=customers,
        )


@strawberry.type
class PolicyVersion(Node):
    """A policy that was decided on: from when it applies, and by whom it was adopted."""

    number: int
    policy: Policy
    applies_from: datetime
    to_existing: bool = strawberry.field(
        description="Whether it also governs what was there before."
    )
    note: str
    adopted_by: str
    created_at: datetime
    withdrawn_at: datetime | None

    @classmethod
    def of(cls, row: models.PolicyVersion) -> "PolicyVersion":
        """The version of a row."""
        same = ("number", "applies_from", "to_existing", "note", "adopted_by", "created_at")
        return cls(
            id=write_id("PolicyVersion", row.id),
            policy=Policy.of(promised(row.profile)),
            withdrawn_at=row.withdrawn_at,
            **{name: getattr(row, name) for name in same},
        )


@strawberry.type
class PolicyFields:
    """What a tenant promises, and what it is promised itself."""

    @strawberry.field(extensions=[Needs(READ)])
    async def policy(self, info: Info) -> Policy:
        """The policy in force."""
        return Policy.of(await service.current(await info.context.read(READ)))

    @strawberry.field(extensions=[Needs(READ)])
    async def operator_policy(self, info: Info) -> Policy:
        """What whoever runs this deployment promises of accounts, usage and bills."""
        uow = await info.context.read(READ)
        uow.require(READ)
        return Policy.of(await of_operator(uow))

    @strawberry.field(graphql_type=Connection[PolicyVersion], extensions=[Paged(), Needs(READ)])
    async def policies(self, info: Info) -> Listing:
        """Every version, the newest in front."""
        uow = await info.context.read(READ)
        uow.require(READ)
        repository = PolicyVersions(uow)
        return Listing(repository, repository.all(), Order("created_at"), PolicyVersion.of)

"""Deciding what is promised: a draft, what it would do, and its adoption."""

from datetime import datetime
from typing import Annotated

import strawberry

from api.graphql.closing_errors import (
    AgreementMissingError,
    DispositionMissingError,
    HealthModeNeededError,
    PluginsUncoveredError,
)
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
from api.graphql.errors import (
    IdempotencyKeyReusedError,
    InvalidInputError,
    RequestInProgressError,
)
from api.graphql.ids import read_id
from api.graphql.inputs import plain
from api.graphql.people_errors import PolicyAppliesError
from api.graphql.policy import READ, WRITE, Policy, PolicyVersion, RetentionRule
from plugins.floors import floors
from plugins.graphql_kit import InUnitOfWork, Needs, once
from plugins.settings import all_covered
from tenants.policy import preview, service
from tenants.policy.repository import PolicyVersions


@strawberry.input
class RetentionRuleInput:
    """How one kind of data is to be kept; what is left out is as it was."""

    data_class: DataClass
    keep: strawberry.Maybe[str]
    since: strawberry.Maybe[RetentionStart]
    then: strawberry.Maybe[RetentionAction]
    archived: strawberry.Maybe[str | None]
    purpose: strawberry.Maybe[Purpose]
    basis: strawberry.Maybe[LegalBasis]


@strawberry.input
class DeadlineInput:
    """Days of the calendar, or days on which people work."""

    days: int
    working: bool = False


@strawberry.input
class PrivacyContactInput:
    """Somebody who answers for privacy."""

    name: str
    email: str


@strawberry.input
class RecordingPolicyInput:
    """What is wanted of calls; the law may still demand more."""

    enabled: bool = True
    always_ask: bool = False
    transcript_on_decline: bool = False


@strawberry.input
class MaskedWordsInput:
    """What is masked in words that go somewhere."""

    destination: WordsDestination
    kinds: list[SensitiveKind]


@strawberry.input
class PolicyChangesInput:
    """What changes; what is left out stays. A preset replaces everything but the people."""

    preset: strawberry.Maybe[PolicyPreset]
    retention: strawberry.Maybe[list[RetentionRuleInput]]
    privacy_contact: strawberry.Maybe[PrivacyContactInput]
    data_protection_officer: strawberry.Maybe[PrivacyContactInput]
    delete_within: strawberry.Maybe[DeadlineInput]
    answer_within: strawberry.Maybe[DeadlineInput]
    tls_floor: strawberry.Maybe[str]
    storage: strawberry.Maybe[StorageMode]
    recording: strawberry.Maybe[RecordingPolicyInput]
    minimum_age: strawberry.Maybe[int]
    forget_children: strawberry.Maybe[bool]
    training: strawberry.Maybe[bool]
    hipaa: strawberry.Maybe[bool]
    region: strawberry.Maybe[str]
    masked: strawberry.Maybe[list[MaskedWordsInput]]
    inactive_after: strawberry.Maybe[str]
    warn_before: strawberry.Maybe[list[int]]
    reactivation: strawberry.Maybe[str]
    backups: strawberry.Maybe[str]
    notice_of_change: strawberry.Maybe[str]


@strawberry.input
class PolicyDraftInput:
    """Another policy: what changes, from when, and whether for what is there already."""

    changes: PolicyChangesInput
    applies_from: datetime | None = None
    to_existing: bool = False


@strawberry.type
class PolicyEffect:
    """What a draft would do to one kind of data."""

    data_class: DataClass
    before: RetentionRule
    after: RetentionRule
    due: int = strawberry.field(description="Rows whose time is over as soon as it applies.")
    due_anyway: int = strawberry.field(description="Those of them that are over without it, too.")
    held: int = strawberry.field(description="Those of them that a legal hold keeps all the same.")
    oldest: datetime | None
    newest: datetime | None
    irreversible: bool = strawberry.field(
        description="Whether it destroys what would have been kept."
    )

    @classmethod
    def of(cls, effect: preview.Effect) -> "PolicyEffect":
        """The effect on a kind of data."""
        return cls(
            data_class=effect.data_class,
            before=RetentionRule.of(effect.data_class, effect.before),
            after=RetentionRule.of(effect.data_class, effect.after),
            due=effect.due.due,
            due_anyway=effect.anyway.due,
            held=effect.due.held,
            oldest=effect.due.oldest,
            newest=effect.due.newest,
            irreversible=effect.irreversible,
        )


@strawberry.type
class PolicyPreview:
    """What a draft would mean; nothing has changed."""

    policy: Policy
    applies_from: datetime
    effects: list[PolicyEffect]


PolicyPreviewResult = Annotated[
    PolicyPreview | InvalidInputError, strawberry.union("PolicyPreviewResult")
]


@strawberry.type
class PolicyDraftFields:
    """Trying a policy out."""

    @strawberry.field(extensions=[Needs(READ)])
    async def policy_preview(self, info: Info, draft: PolicyDraftInput) -> PolicyPreviewResult:
        """What a draft would do to what is there: how much, of which dates, what for ever."""
        uow = await info.context.read(READ)
        bounds = await floors(uow, info.context.registry)
        found = await service.preview(uow, _draft(draft), bounds)
        return PolicyPreview(
            policy=Policy.of(found.profile),
            applies_from=found.applies_from,
            effects=[PolicyEffect.of(effect) for effect in found.effects],
        )


@strawberry.input
class PolicyAdoptInput:
    """A policy to be promised, and why."""

    draft: PolicyDraftInput
    note: str = ""
    idempotency_key: str | None = None


@strawberry.type
class PolicyAdoptPayload:
    """The version that was decided on."""

    version: PolicyVersion


PolicyAdoptResult = Annotated[
    PolicyAdoptPayload
    | InvalidInputError
    | AgreementMissingError
    | DispositionMissingError
    | PluginsUncoveredError
    | HealthModeNeededError
    | IdempotencyKeyReusedError
    | RequestInProgressError,
    strawberry.union("PolicyAdoptResult"),
]


@strawberry.input
class PolicyWithdrawInput:
    """A version that does not apply yet."""

    id: strawberry.ID


@strawberry.type
class PolicyWithdrawPayload:
    """The version, taken back."""

    version: PolicyVersion


PolicyWithdrawResult = Annotated[
    PolicyWithdrawPayload | PolicyAppliesError, strawberry.union("PolicyWithdrawResult")
]


@strawberry.type
class PolicyMutations:
    """Deeds around what is promised."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def policy_adopt(self, info: Info, input: PolicyAdoptInput) -> PolicyAdoptResult:
        """Promise it, from now or from a day on; what was to come before is taken back."""
        uow, draft = info.context.uow, _draft(input.draft, input.note)
        conditions = (all_covered(info.context.registry),)
        bounds = await floors(uow, info.context.registry)
        row = await once(
            info,
            input,
            PolicyVersions,
            lambda: service.adopt(uow, draft, bounds, conditions),
        )
        return PolicyAdoptPayload(version=PolicyVersion.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def policy_withdraw(self, info: Info, input: PolicyWithdrawInput) -> PolicyWithdrawResult:
        """Take a policy back before it applies."""
        row = await service.withdraw(info.context.uow, read_id("PolicyVersion", input.id))
        return PolicyWithdrawPayload(version=PolicyVersion.of(row))


def _draft(given: PolicyDraftInput, note: str = "") -> service.Draft:
    changes = plain(given.changes)
    if "retention" in changes:
        changes["retention"] = {rule.pop("data_class"): rule for rule in changes["retention"]}
    if "masked" in changes:
        changes["masked"] = {each["destination"]: each["kinds"] for each in changes["masked"]}
    return service.Draft(changes, given.applies_from, given.to_existing, note)

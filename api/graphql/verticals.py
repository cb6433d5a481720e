"""What a plugin brings for a trade, and setting a business up by it."""

from typing import Annotated

import strawberry
from strawberry.scalars import JSON

from api.graphql.closing_errors import HealthModeNeededError, PluginsUncoveredError
from api.graphql.context import Info
from api.graphql.enums import DataClass
from api.graphql.errors import InvalidInputError, JustInstalledError
from domain.privacy.policy import PrivacyProfile
from plugins import starting
from plugins.graphql_kit import InUnitOfWork, Needs
from plugins.vertical import Floor, Vertical
from tenants.organizations.setup import stored

WRITE = "business:write"


@strawberry.type
class VerticalFloor:
    """For how long a trade has to keep something."""

    data_class: DataClass
    period: str = strawberry.field(description="As in ISO 8601: `P7Y`.")
    reason: str
    is_met: bool = strawberry.field(description="Whether the policy keeps it for long enough.")

    @classmethod
    def of(cls, floor: Floor, profile: PrivacyProfile) -> "VerticalFloor":
        """As it binds a business with a policy."""
        return cls(
            data_class=floor.data_class,
            period=str(floor.period),
            reason=floor.reason,
            is_met=floor.bound.allows(profile),
        )


@strawberry.type
class VerticalWording:
    """What a trade writes to people of their visits; a business may word it otherwise."""

    occasion: str = strawberry.field(description="`confirmation` or `reminder`.")
    words: str = strawberry.field(
        description="With the places {business}, {name}, {place}, {service} and {when}."
    )


@strawberry.type
class PluginVertical:
    """What a plugin brings for a trade."""

    starter: JSON = strawberry.field(description="How a fresh business is set up by it.")
    floors: list[VerticalFloor]
    wordings: list[VerticalWording]

    @classmethod
    def of(cls, vertical: Vertical, profile: PrivacyProfile) -> "PluginVertical":
        """What there is to see of a trade."""
        return cls(
            starter=JSON(stored(vertical.starter)),
            floors=[VerticalFloor.of(floor, profile) for floor in vertical.floors],
            wordings=[
                VerticalWording(occasion=occasion, words=words)
                for occasion, words in vertical.wordings.items()
            ],
        )


@strawberry.input
class StarterPreviewInput:
    """A plugin that brings a trade."""

    plugin: str


@strawberry.type
class StarterPreviewPayload:
    """What would be done; nothing has changed."""

    changes: list[str] = strawberry.field(description="Such as `service Cleaning: added`.")


StarterPreviewResult = Annotated[
    StarterPreviewPayload
    | InvalidInputError
    | JustInstalledError
    | HealthModeNeededError
    | PluginsUncoveredError,
    strawberry.union("StarterPreviewResult"),
]


@strawberry.input
class StarterApplyInput:
    """A plugin that brings a trade."""

    plugin: str


@strawberry.type
class StarterApplyPayload:
    """What was done, and how to take it back."""

    changes: list[str]
    version_before: int = strawberry.field(
        description="Give it to `receptionistRestore` to take everything back."
    )
    version_after: int


StarterApplyResult = Annotated[
    StarterApplyPayload
    | InvalidInputError
    | JustInstalledError
    | HealthModeNeededError
    | PluginsUncoveredError,
    strawberry.union("StarterApplyResult"),
]


@strawberry.input
class ReceptionistRestoreInput:
    """The number of a version of the receptionist."""

    version: int


@strawberry.type
class ReceptionistRestorePayload:
    """The version that is current now."""

    version: int


ReceptionistRestoreResult = Annotated[
    ReceptionistRestorePayload | InvalidInputError, strawberry.union("ReceptionistRestoreResult")
]


@strawberry.type
class VerticalMutations:
    """Deeds around trades."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def starter_preview(self, info: Info, input: StarterPreviewInput) -> StarterPreviewResult:
        """Look at what the starter of a trade would do."""
        uow, registry = info.context.uow, info.context.registry
        return StarterPreviewPayload(changes=await starting.preview(uow, registry, input.plugin))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def starter_apply(self, info: Info, input: StarterApplyInput) -> StarterApplyResult:
        """Set the business up as its trade usually is, and switch the plugin on."""
        done = await starting.apply(info.context.uow, info.context.registry, input.plugin)
        return StarterApplyPayload(
            changes=done.changes, version_before=done.before, version_after=done.after
        )

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def receptionist_restore(
        self, info: Info, input: ReceptionistRestoreInput
    ) -> ReceptionistRestoreResult:
        """Go back to an earlier version: services, questions, answers, rules and hours.

        Rules of reminders that starters made since are removed.
        """
        version = await starting.restore(info.context.uow, input.version)
        return ReceptionistRestorePayload(version=version)

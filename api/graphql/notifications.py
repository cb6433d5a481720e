"""What members want to hear of what happens, and when the daily letters go."""

from collections.abc import Mapping
from datetime import time
from typing import Annotated

import strawberry

from api.graphql.context import Info
from api.graphql.enums import News, NewsPace
from api.graphql.errors import InvalidInputError
from domain.reminders.rules import Quiet, minute_of, time_of
from plugins.graphql_kit import InUnitOfWork, Needs
from tenants import notifications
from tenants.notifications.rules import Choices

READ, WRITE = "account:read", "account:write"


@strawberry.type
class LetterChoice:
    """When one has a letter, or a push, about a kind of news."""

    news: News
    pace: NewsPace


@strawberry.type
class Notifications:
    """What one wants to hear, and how."""

    email: list[LetterChoice]
    team_chat: list[News] = strawberry.field(
        description="The news of which the team's chat tells one by name."
    )
    quiet_from: time = strawberry.field(
        description="Between these hours of the business one hears of what is urgent only."
    )
    quiet_until: time
    push: list[LetterChoice] = strawberry.field(
        description="When one's devices are pushed to; `DIGEST` is one push a day."
    )
    push_details: bool = strawberry.field(
        description="Whether pushes say who it was and what about; never where health data is"
        " protected."
    )

    @classmethod
    def of(cls, choices: Choices) -> "Notifications":
        """What a member has said."""
        return cls(
            email=_listed(choices.email),
            team_chat=sorted(choices.team_chat),
            quiet_from=time_of(choices.quiet.begins),
            quiet_until=time_of(choices.quiet.ends),
            push=_listed(choices.push),
            push_details=choices.push_details,
        )


@strawberry.type
class NotificationFields:
    """What the person who is signed in wants to hear."""

    @strawberry.field(extensions=[Needs(READ)])
    async def notifications(self, info: Info) -> Notifications:
        """What one wants to hear of what happens here, and how."""
        return Notifications.of(await notifications.own(await info.context.read(READ)))


@strawberry.type
class DigestFields:
    """The daily letters of a tenant."""

    @strawberry.field(extensions=[Needs("tenant:read")])
    async def digest_at(self, info: Info) -> time:
        """The time of day at which the daily letters go."""
        return time_of(await notifications.digest_minute(await info.context.read("tenant:read")))


@strawberry.input
class LetterChoiceInput:
    """When to have a letter, or a push, about a kind of news."""

    news: News
    pace: NewsPace


@strawberry.input
class NotificationsChooseInput:
    """What to hear otherwise than before; what is left out stays."""

    email: strawberry.Maybe[list[LetterChoiceInput]]
    team_chat: strawberry.Maybe[list[News]]
    quiet_from: strawberry.Maybe[time]
    quiet_until: strawberry.Maybe[time]
    push: strawberry.Maybe[list[LetterChoiceInput]]
    push_details: strawberry.Maybe[bool]


@strawberry.type
class NotificationsChoosePayload:
    """What one hears from now on."""

    notifications: Notifications


NotificationsChooseResult = Annotated[
    NotificationsChoosePayload | InvalidInputError, strawberry.union("NotificationsChooseResult")
]


@strawberry.input
class DigestTimeSetInput:
    """When the daily letters are to go, by the clock of the business."""

    at: time


@strawberry.type
class DigestTimeSetPayload:
    """When they go from now on."""

    at: time


DigestTimeSetResult = Annotated[
    DigestTimeSetPayload | InvalidInputError, strawberry.union("DigestTimeSetResult")
]


@strawberry.type
class NotificationMutations:
    """Deeds around what members hear."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def notifications_choose(
        self, info: Info, input: NotificationsChooseInput
    ) -> NotificationsChooseResult:
        """Say what one wants to hear, for oneself."""
        uow = info.context.uow
        before = (await notifications.own(uow)).quiet
        begins = minute_of(input.quiet_from.value) if input.quiet_from else before.begins
        ends = minute_of(input.quiet_until.value) if input.quiet_until else before.ends
        change = notifications.Change(
            email=_paces(input.email.value) if input.email else None,
            team_chat=frozenset(input.team_chat.value) if input.team_chat else None,
            quiet=Quiet(begins, ends),
            push=_paces(input.push.value) if input.push else None,
            push_details=input.push_details.value if input.push_details else None,
        )
        chosen = await notifications.choose(uow, change)
        return NotificationsChoosePayload(notifications=Notifications.of(chosen))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("tenant:write")])
    async def digest_time_set(self, info: Info, input: DigestTimeSetInput) -> DigestTimeSetResult:
        """Let the daily letters go at another time of day."""
        minute = await notifications.set_digest_minute(info.context.uow, minute_of(input.at))
        return DigestTimeSetPayload(at=time_of(minute))


def _listed(paces: Mapping[News, NewsPace]) -> list[LetterChoice]:
    return [LetterChoice(news=news, pace=paces[news]) for news in News]


def _paces(given: list[LetterChoiceInput]) -> Mapping[News, NewsPace]:
    return {each.news: each.pace for each in given}

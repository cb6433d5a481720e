"""Saying what one wants to hear, and finding those who are to hear of something."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.errors import Forbidden, InvalidInput
from domain.reminders.rules import A_DAY, Quiet
from domain.scope import ActorKind
from domain.work import UnitOfWork
from tenants.models import Membership, User
from tenants.notifications.events import NotificationsChosen
from tenants.notifications.models import News, NewsPace, NotificationChoice
from tenants.notifications.repository import DigestTimes, NotificationChoices
from tenants.notifications.rules import NEEDED, Choices, choices_of, next_time, quiet_ends
from tenants.repository import CustomRoles, Memberships, Users
from tenants.roles import ALWAYS, OF_ROLE, known

READ, WRITE, OF_BUSINESS = "account:read", "account:write", "tenant:write"
DIGEST = "digest.send"
# Six in the evening.
USUAL_MINUTE = 18 * 60


By = Callable[[Choices], Mapping[News, NewsPace]]


@dataclass(frozen=True)
class Change:
    """What a member wants otherwise than before; None leaves it."""

    email: Mapping[News, NewsPace] | None = None
    team_chat: frozenset[News] | None = None
    quiet: Quiet | None = None
    push: Mapping[News, NewsPace] | None = None
    push_details: bool | None = None


@dataclass(frozen=True)
class Reader:
    """A member who may be told of something, and what they want."""

    user: User
    choices: Choices


@dataclass(frozen=True)
class Audience:
    """Who is told now, and who when their quiet hours are over."""

    now: tuple[Reader, ...]
    later: tuple[tuple[Reader, datetime], ...]


async def own(uow: UnitOfWork) -> Choices:
    """What one wants to hear."""
    uow.require(READ)
    member = await _member(uow)
    return choices_of(await NotificationChoices(uow).of(member.user_id), member.role)


async def choose(uow: UnitOfWork, change: Change) -> Choices:
    """Say what one wants to hear, for oneself. Raises `InvalidInput`."""
    uow.require(WRITE)
    member, rows = await _member(uow), NotificationChoices(uow)
    row = await rows.of(member.user_id)
    before = choices_of(row, member.role)
    wanted = Choices(
        dict(before.email) | dict(change.email or {}),
        before.team_chat if change.team_chat is None else change.team_chat,
        change.quiet or before.quiet,
        dict(before.push) | dict(change.push or {}),
        before.push_details if change.push_details is None else change.push_details,
    )
    values = _values(uow, wanted)
    row = await rows.save(row, **values) if row else await _begin(uow, member, values)
    if wanted.has_digest:
        await _plan_digest(uow)
    uow.record(NotificationsChosen(choice_id=row.id, user_id=member.user_id))
    return wanted


async def digest_minute(uow: UnitOfWork) -> int:
    """At which minute of the day the daily letters go."""
    row = await DigestTimes(uow).maybe(DigestTimes(uow).all())
    return row.minute if row else USUAL_MINUTE


async def set_digest_minute(uow: UnitOfWork, minute: int) -> int:
    """Let the daily letters go at another time of day. Raises `InvalidInput`."""
    uow.require(OF_BUSINESS)
    _check_minute("at", minute)
    times = DigestTimes(uow)
    row = await times.maybe(times.all())
    values = {"minute": minute, "updated_at": uow.now}
    await (times.save(row, **values) if row else times.add(id=uow.tenant_id, **values))
    if any(reader.choices.has_digest for reader in await readers(uow)):
        await _plan_digest(uow)
    return minute


async def plan_next(uow: UnitOfWork) -> None:
    """Have the daily letters written again tomorrow, if anybody wants one."""
    if any(reader.choices.has_digest for reader in await readers(uow)):
        await _plan_digest(uow)


async def readers(uow: UnitOfWork) -> list[Reader]:
    """The members who may be told what people said, those who are shut out left out."""
    members = await Memberships(uow).page(Memberships(uow).all().filter(frozen_at=None))
    roles = {row.id: row for row in await CustomRoles(uow).page(CustomRoles(uow).all())}
    chosen = await NotificationChoices(uow).by_user()
    users = {user.id: user for user in await Users(uow).many([row.user_id for row in members])}
    found = []
    for member in sorted(members, key=lambda row: (row.created_at, row.id)):
        custom = roles.get(member.custom_role_id) if member.custom_role_id else None
        may = (known(custom.permissions) | ALWAYS) if custom else OF_ROLE.get(member.role)
        user = users.get(member.user_id)
        if user is not None and user.disabled_at is None and may and may >= NEEDED:
            found.append(Reader(user, choices_of(chosen.get(user.id), member.role)))
    return found


def by_letter(choices: Choices) -> Mapping[News, NewsPace]:
    """When somebody has a letter."""
    return choices.email


def by_push(choices: Choices) -> Mapping[News, NewsPace]:
    """When somebody's devices are pushed to."""
    return choices.push


async def audience(uow: UnitOfWork, news: News, *, urgent: bool, by: By = by_letter) -> Audience:
    """Who is told of something, now or later; what is urgent waits for nobody's morning."""
    now: list[Reader] = []
    later: list[tuple[Reader, datetime]] = []
    zone = uow.scope.tenant.timezone
    for reader in await readers(uow):
        if by(reader.choices)[news] is not NewsPace.IMMEDIATE:
            continue
        ends = None if urgent else quiet_ends(reader.choices.quiet, zone, uow.now)
        if ends is None:
            now.append(reader)
        else:
            later.append((reader, ends))
    return Audience(tuple(now), tuple(later))


async def named_in_chat(uow: UnitOfWork, news: News) -> list[str]:
    """Whom the team's chat names when it tells of something; nobody in their quiet hours."""
    zone = uow.scope.tenant.timezone
    return [
        reader.user.name
        for reader in await readers(uow)
        if news in reader.choices.team_chat
        and quiet_ends(reader.choices.quiet, zone, uow.now) is None
    ]


async def _member(uow: UnitOfWork) -> Membership:
    if uow.scope.actor.kind is not ActorKind.MEMBER:
        raise Forbidden("Only members hear of what happens")
    members = Memberships(uow)
    return await members.one(members.all().filter(user_id=UUID(uow.scope.actor.id)))


async def _begin(
    uow: UnitOfWork, member: Membership, values: dict[str, object]
) -> NotificationChoice:
    return await NotificationChoices(uow).add(user_id=member.user_id, **values)


async def _plan_digest(uow: UnitOfWork) -> None:
    at = next_time(await digest_minute(uow), uow.scope.tenant.timezone, uow.now)
    uow.schedule(DIGEST, at=at, key=DIGEST, payload={})


def _values(uow: UnitOfWork, wanted: Choices) -> dict[str, object]:
    _check_minute("quietFrom", wanted.quiet.begins)
    _check_minute("quietUntil", wanted.quiet.ends)
    return {
        "email": {news.value: pace.value for news, pace in wanted.email.items()},
        "team_chat": sorted(news.value for news in wanted.team_chat),
        "quiet_from": wanted.quiet.begins,
        "quiet_until": wanted.quiet.ends,
        "push": {news.value: pace.value for news, pace in wanted.push.items()},
        "push_details": wanted.push_details,
        "updated_at": uow.now,
    }


def _check_minute(path: str, minute: int) -> None:
    if not 0 <= minute < A_DAY:
        raise InvalidInput.at(path, "That is no time of day")

"""What a business wants people to be told of their visits."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from domain.business.events import say
from domain.business.repository import Services
from domain.errors import InvalidInput
from domain.outreach.agreements.models import Route
from domain.reminders.models import ReminderRule, RuleKind
from domain.reminders.planning import drop
from domain.reminders.repository import ReminderRules, Reminders
from domain.reminders.rules import A_DAY, Quiet, check_timing, check_words
from domain.words import within
from domain.work import UnitOfWork

READ, WRITE = "business:read", "business:write"
PART = "reminder_rule"
MOST_RULES = 100
LONGEST_WORDS = 1000
# Nine in the evening to eight in the morning.
AT_NIGHT = Quiet(21 * 60, 8 * 60)


@dataclass(frozen=True)
class NewRule:
    """What people are to be told, how, and when; of all services, if none is named."""

    kind: RuleKind
    route: Route
    minutes_before: int | None = None
    service_id: UUID | None = None
    words: str = ""
    quiet: Quiet = field(default=AT_NIGHT)
    starter_version: int | None = None
    """The version of the receptionist before the starter that makes it."""


async def rules(uow: UnitOfWork) -> list[ReminderRule]:
    """The rules there are, the oldest first."""
    uow.require(READ)
    return await ReminderRules(uow).listed()


async def add_rule(uow: UnitOfWork, new: NewRule) -> ReminderRule:
    """Let people be told. Raises `InvalidInput` and `NotFound`."""
    uow.require(WRITE)
    if new.route is Route.CALL:
        raise InvalidInput.at("route", "People are told by e-mail or by text")
    check_timing(new.kind, new.minutes_before)
    if new.service_id is not None:
        await Services(uow).get(new.service_id)
    if await ReminderRules(uow).all().count() >= MOST_RULES:
        raise InvalidInput.at("kind", f"There are {MOST_RULES} rules already")
    rule = await ReminderRules(uow).add(
        service_id=new.service_id,
        kind=new.kind,
        route=new.route,
        minutes_before=new.minutes_before,
        words=_words(new.words),
        **_quiet(new.quiet),
        starter_version=new.starter_version,
        created_at=uow.now,
    )
    say(uow, PART, rule.id, "added")
    return rule


async def change_rule(uow: UnitOfWork, id: UUID, **changes: Any) -> ReminderRule:
    """Change `minutes_before`, `words`, `quiet_from`, `quiet_until` or `active`.

    Raises `InvalidInput` and `NotFound`.
    """
    uow.require(WRITE)
    rule = await ReminderRules(uow).lock(id)
    if "minutes_before" in changes:
        check_timing(rule.kind, changes["minutes_before"])
    if "words" in changes:
        changes["words"] = _words(changes["words"])
    begins = changes.get("quiet_from", rule.quiet_from)
    changes |= _quiet(Quiet(begins, changes.get("quiet_until", rule.quiet_until)))
    await ReminderRules(uow).save(rule, **changes)
    say(uow, PART, id, "changed")
    return rule


async def remove_rule(uow: UnitOfWork, id: UUID) -> UUID:
    """Let people be told no more; what was planned by it is dropped. Raises `NotFound`."""
    uow.require(WRITE)
    rule = await ReminderRules(uow).lock(id)
    for row in await Reminders(uow).of_rule(id):
        await drop(uow, row)
    await ReminderRules(uow).remove(rule)
    say(uow, PART, id, "removed")
    return id


async def take_back(uow: UnitOfWork, version: int) -> None:
    """Remove what starters made since a version of the receptionist."""
    uow.require(WRITE)
    for rule in await ReminderRules(uow).begun_since(version):
        await remove_rule(uow, rule.id)


def _words(words: str) -> str:
    words = within("words", words, LONGEST_WORDS)
    check_words(words)
    return words


def _quiet(quiet: Quiet) -> dict[str, int]:
    for path, minute in (("quietFrom", quiet.begins), ("quietUntil", quiet.ends)):
        if not 0 <= minute < A_DAY:
            raise InvalidInput.at(path, "That is no time of day")
    return {"quiet_from": quiet.begins, "quiet_until": quiet.ends}

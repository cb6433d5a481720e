"""Asking the address of a tool: within its budget, once, or twice where that does no harm."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol
from uuid import UUID

from domain.clock import Clock
from integrations.http_out import AddressRefused, Answer, Asked, NoAnswer, Outbound, TooSlow
from plugins.custom_tools.answers import Unreadable, spoken
from plugins.custom_tools.definition import Definition
from plugins.custom_tools.errands import Errand, Result, finish, for_caller
from plugins.custom_tools.errors import ToolFailed, ToolGone
from plugins.custom_tools.models import ToolOutcome
from plugins.custom_tools.repository import CustomTools
from plugins.custom_tools.rules import MOST_ANSWER, MOST_ATTEMPTS, PASSING, WORTH_TRYING
from plugins.tools import ToolContext

NOT_FOUND = 404
SAID = frozenset({ToolOutcome.ANSWERED, ToolOutcome.NOTHING_FOUND})


class Told(Protocol):
    """What a caller answered."""

    @property
    def root(self) -> Mapping[str, str]:
        """By the keys of the questions."""


@dataclass(frozen=True)
class Tried:
    """What came of one attempt, and whether another one may go better."""

    result: Result
    may_pass: bool = False


async def use(tool_id: UUID, told: Told, context: ToolContext) -> str:
    """Use a tool for a caller; returns what to say.

    Raises `NotNow` and `AskAgain`; `ToolGone`, `ToolShut` and `ToolFailed`, which are
    `Unavailable`.
    """
    async with context.unit_of_work() as uow:
        # As it is now: it may have been changed, or deleted, since the conversation began.
        row = await CustomTools(uow).known(tool_id)
        if row is None or not row.enabled:
            raise ToolGone
        errand = await for_caller(uow, row, told.root, context.situation)
    result = await ask(errand, context.http, context.clock)
    async with context.unit_of_work() as uow:
        await finish(uow, errand, result)
    if result.outcome not in SAID:
        raise ToolFailed(result.error)
    return result.said


async def ask(errand: Errand, http: Outbound, clock: Clock) -> Result:
    """What the address answers; every failure is a result."""
    began, budget = clock.monotonic(), errand.made.budget_ms / 1000
    attempts, most = 0, MOST_ATTEMPTS if errand.made.repeatable else 1
    left, tried = budget, Tried(Result(ToolOutcome.FAILED), may_pass=True)
    while attempts < most and tried.may_pass and (attempts == 0 or left >= WORTH_TRYING):
        attempts += 1
        # One byte more than may be read tells that there was more.
        bounded = replace(http, patience=left, most=MOST_ANSWER + 1)
        tried = await _try(errand, bounded)
        left = budget - (clock.monotonic() - began)
    spent = round((clock.monotonic() - began) * 1000)
    return replace(tried.result, attempts=attempts, milliseconds=spent)


async def _try(errand: Errand, http: Outbound) -> Tried:
    try:
        answer = await http.ask(errand.made.url, Asked("POST", errand.headers, errand.body))
    except AddressRefused:
        return Tried(Result(ToolOutcome.REFUSED, error="AddressRefused"))
    except TooSlow:
        return Tried(Result(ToolOutcome.TOO_SLOW, error="TooSlow"))
    except NoAnswer:
        return Tried(Result(ToolOutcome.FAILED, error="NoAnswer"), may_pass=True)
    return _judged(errand.made, answer)


def _judged(made: Definition, answer: Answer) -> Tried:
    status = answer.status
    if status == NOT_FOUND and made.says_nothing_found:
        found = Result(ToolOutcome.NOTHING_FOUND, made.says_nothing_found, status)
        return Tried(found)
    if not answer.is_success:
        # A redirect is none either: where it leads nobody has agreed to.
        failed = Result(ToolOutcome.FAILED, status=status, error=f"Status {status}")
        return Tried(failed, may_pass=status in PASSING)
    try:
        return Tried(Result(ToolOutcome.ANSWERED, spoken(made, answer.body), status))
    except Unreadable as fault:
        return Tried(Result(ToolOutcome.UNREADABLE, status=status, error=fault.error))

"""What another policy would do to what is there: how much, of which dates, and what for ever."""

from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import add

from domain.personal import DataClass
from domain.privacy.holdings import holdings
from domain.privacy.policy import Action, Profile, Retention, Since
from domain.work import UnitOfWork
from tenants.policy.counting import Tally, count


@dataclass(frozen=True)
class Effect:
    """What becomes of one kind of data."""

    data_class: DataClass
    before: Retention
    after: Retention
    due: Tally
    """What would be due as soon as the policy applies."""
    due_anyway: int
    """How much of that is due under the policy in force as well."""

    @property
    def irreversible(self) -> bool:
        """Whether something is destroyed that would have been kept."""
        return self.due.rows > self.due_anyway and self.after.then is not Action.ARCHIVE


async def effects(
    uow: UnitOfWork, before: Profile, after: Profile, at: datetime, *, to_existing: bool
) -> list[Effect]:
    """What the policy `after` would do from a moment on, for each kind of data that it names."""
    found = []
    for data_class, rule in sorted(after.retention.items()):
        kept = before.retention[data_class]
        anyway = await _due(uow, data_class, kept, at)
        due = await _due(uow, data_class, rule, at) if to_existing and rule != kept else anyway
        found.append(Effect(data_class, kept, rule, due, anyway.rows))
    return found


async def _due(uow: UnitOfWork, data_class: DataClass, rule: Retention, at: datetime) -> Tally:
    # What counts from the end of an account is not due while there is one.
    if rule.since is not Since.COLLECTED:
        return Tally(0)
    until = rule.keep.before(at)
    held = [each for each in holdings() if data_class in each.columns]
    counted = [await count(uow, each, data_class, until) for each in held]
    return reduce(add, counted, Tally(0))
